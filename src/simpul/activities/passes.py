"""The two secrets of a registration.

The *receipt* is drawn with the form and kept by whoever registers: it opens, changes and withdraws their registration.
The *pass* follows from it and stands in the QR code: ten letters that open nothing, say nothing of the event or the
person, and let somebody be found by those alone who receive people there. Only digests of both are stored.
"""

import hmac
import re
from hashlib import sha256
from typing import Final

from simpul.organisations.receipts import ALPHABET, new_receipt, plain_receipt
from simpul.vault.blind import keyed_digests

RECEIPT: Final = "activities.registration.receipt"
PASS: Final = "activities.registration.pass"  # noqa: S105 - a purpose, not a secret
LENGTH: Final = 10  # 49 bits, tried by signed-in organisers alone
_SHAPE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN: Final = re.compile(r"[\s\-.]")

__all__ = ["PASS", "RECEIPT", "new_receipt", "pass_digests", "pass_of"]


def pass_of(receipt: str) -> str:
    """The pass that belongs to a receipt, "7KM2P-QX4TA"; one can't go back from it. "" for what is no receipt."""
    plain = plain_receipt(receipt)
    if not plain:
        return ""
    drawn = int.from_bytes(hmac.digest(plain.encode(), PASS.encode(), sha256))
    letters = ""
    for _place in range(LENGTH):
        drawn, rest = divmod(drawn, len(ALPHABET))
        letters += ALPHABET[rest]
    return f"{letters[:5]}-{letters[5:]}"


def pass_digests(shown: str) -> list[str]:
    """Under every key of the ring, the one to store first; none for what can't be a pass."""
    plain = _BETWEEN.sub("", shown).upper()
    return keyed_digests(PASS, plain) if _SHAPE.fullmatch(plain) else []
