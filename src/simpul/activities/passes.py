"""The two secrets of a registration.

The *receipt* is drawn with the form and kept by whoever registers: it opens, changes and withdraws their registration.
The *pass* follows from it and stands in the QR code: ten letters that open nothing, say nothing of the event or the
person, and let somebody be found by those alone who receive people there. Only digests of both are stored.

The pass has two: one under a key that never leaves the server, and one under a key of the event, which a telephone is
given together with the list of that event, so that it knows the names where there is no signal.
"""

import hmac
import re
from hashlib import sha256
from typing import Final
from uuid import UUID

from simpul.organisations.receipts import ALPHABET, new_receipt, plain_receipt
from simpul.vault.blind import keyed_digests

RECEIPT: Final = "activities.registration.receipt"
PASS: Final = "activities.registration.pass"  # noqa: S105 - a purpose, not a secret
LENGTH: Final = 10  # 49 bits, tried by signed-in organisers alone
_SHAPE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN: Final = re.compile(r"[\s\-.]")

DOOR: Final = "activities.door"

__all__ = ["PASS", "RECEIPT", "door_digest", "door_keys", "new_receipt", "pass_digests", "pass_of"]


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


def door_keys(event_id: UUID) -> list[str]:
    """The keys of an event's door, under every key of the ring: the current one first."""
    return keyed_digests(DOOR, str(event_id))


def door_digest(event_id: UUID, shown: str) -> str:
    """What a telephone computes from a pass and the key of the event's door. "" for what can't be a pass."""
    plain = _BETWEEN.sub("", shown).upper()
    if not _SHAPE.fullmatch(plain):
        return ""
    return hmac.digest(door_keys(event_id)[0].encode(), plain.encode(), sha256).hex()
