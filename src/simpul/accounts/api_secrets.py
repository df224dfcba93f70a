"""The secret of an API token: recognisable wherever it leaks, refused without a question where it was mistyped.

"simpul_", 40 random letters and digits (238 bits), and a checksum of 6 over all before it. Who scans public code for
leaked keys finds one by its shape, and knows by the checksum that it is no accident.
"""

import re
import secrets
import string
import zlib
from typing import Final

from simpul.vault.blind import keyed_digests

PREFIX: Final = "simpul_"
_ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM, _CHECK = 40, 6
_SHAPE = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_RANDOM + _CHECK}}}")


def new_secret() -> str:
    """Shown once, to its maker; only its HMAC is kept."""
    start = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return start + _checksum(start)


def is_whole(text: str) -> bool:
    """Whether it has the shape and the checksum of one of ours."""
    return bool(_SHAPE.fullmatch(text)) and text[-_CHECK:] == _checksum(text[:-_CHECK])


def secret_digests(secret: str) -> list[str]:
    """What to look it up by, under every key of the ring; the first is the one to store."""
    return keyed_digests("accounts.apitoken", secret)


def _checksum(start: str) -> str:
    value, letters = zlib.crc32(start.encode()), ""
    for _ in range(_CHECK):
        value, digit = divmod(value, len(_ALPHABET))
        letters = _ALPHABET[digit] + letters
    return letters
