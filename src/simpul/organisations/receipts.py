"""Receipts: what somebody without an account shows to see how far their matter has come. Stored as HMAC only."""

import re
import secrets
from typing import Final

from simpul.vault.blind import keyed_digests

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read aloud or copied wrongly
LENGTH: Final = 16  # 78 bits: nobody guesses one, so nobody has to be counted who tries
_SHAPE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN: Final = re.compile(r"[\s\-.]")


def new_receipt() -> str:
    """ "K7MX-..." in groups of four, to be written down."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[n : n + 4] for n in range(0, LENGTH, 4))


def plain_receipt(typed: str) -> str:
    """As it is digested: capitals alone. "" for what can't be a receipt."""
    text = _BETWEEN.sub("", typed).upper()
    return text if _SHAPE.fullmatch(text) else ""


def receipt_digests(typed: str, purpose: str) -> list[str]:
    """Under every key of the ring, the one to store first; none for what can't be a receipt."""
    text = plain_receipt(typed)
    return keyed_digests(purpose, text) if text else []
