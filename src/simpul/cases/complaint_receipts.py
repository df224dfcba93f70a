"""Receipts: sixteen digits, and four words for who remembers words better. Kept as HMAC alone.

Both are computed from the random key (256 bits) that lies in the cookie of whoever is writing: the same form sent twice
shows the same receipt, and the server never keeps one. Digits carry 53 bits. Four of 2,048 words carry 44, which is
less, so they are a second secret, made only for who asks, and answered more slowly (docs/decisions).
"""

import hmac
import re
import secrets
from typing import Final

from simpul.kernel.text import fold_words
from simpul.kernel.words import WORDS
from simpul.vault.blind import keyed_digests

DIGITS: Final = 16
NUMBER_OF_WORDS: Final = 4
PURPOSE: Final = "cases.complaintsecret"
KEY_PURPOSE: Final = "cases.complaintdraft"
_BETWEEN: Final = re.compile(r"[\s\-.]")
_LISTED: Final = frozenset(WORDS)


def new_key() -> str:
    """For a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def key_digests(key: str) -> list[str]:
    """Under every key of the ring, the one to store first."""
    return keyed_digests(KEY_PURPOSE, key)


def digits_of(key: str, attempt: int = 0) -> str:
    """The sixteen digits of a draft. `attempt` gives others, should somebody else have the first."""
    return f"{_number(key, f'digits {attempt}') % 10**DIGITS:0{DIGITS}d}"


def words_of(key: str, attempt: int = 0) -> str:
    """The four words of a draft, with single spaces."""
    number, words = _number(key, f"words {attempt}"), []
    for _place in range(NUMBER_OF_WORDS):
        number, at = divmod(number, len(WORDS))
        words.append(WORDS[at])
    return " ".join(words)


def _number(key: str, purpose: str) -> int:
    return int.from_bytes(hmac.digest(key.encode(), f"simpul receipt {purpose}".encode(), "sha256"))


def new_digits() -> str:
    """For somebody trusted: of nobody's key."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def grouped(digits: str) -> str:
    """ "1234 5678 9012 3456", to be read aloud and written down."""
    return " ".join(digits[n : n + 4] for n in range(0, DIGITS, 4))


def plain(typed: str) -> str:
    """As it is digested, from digits with anything between them or words in any case. "" for what can't be either."""
    digits = _BETWEEN.sub("", typed)
    if len(digits) == DIGITS and digits.isascii() and digits.isdigit():
        return digits
    words = fold_words(typed).split()
    return " ".join(words) if len(words) == NUMBER_OF_WORDS and _LISTED.issuperset(words) else ""


def is_words(receipt: str) -> bool:
    return " " in receipt


def unlisted(typed: str) -> list[str]:
    """Which of four words are not in the list: the list is no secret, and a slip is found before it counts as wrong."""
    words = fold_words(typed).split()
    return [w for w in words if w not in _LISTED] if len(words) == NUMBER_OF_WORDS else []


def beginning(receipt: str) -> str:
    """What tells one receipt's tries from another's: its first four digits, or its first word."""
    return receipt.partition(" ")[0] if is_words(receipt) else receipt[:4]


def digests_of(receipt: str) -> list[str]:
    """Under every key of the ring, the one to store first. Takes what `plain` gave."""
    return keyed_digests(PURPOSE, receipt) if receipt else []


def fingerprint(receipt: str, purpose: str) -> str:
    """A short HMAC for what has to recognise a receipt without holding it: a pace, a turn in the queue."""
    return keyed_digests(purpose, receipt)[0]
