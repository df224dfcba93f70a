"""The secrets of a link: the token in its address, the PIN said on the telephone, what the device keeps that opened it.

Each is given out once and kept as an HMAC under the ring, with what it belongs to bound in.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from simpul.kernel.ids import secret_token
from simpul.vault.blind import keyed_digests

PIN_LENGTH: Final = 6
# After each wrong PIN the next try waits; after the last of these the link is locked for good.
WAITS: Final = (timedelta(0), timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5))
# How long the device that opened it sees it before the PIN is asked again.
OPEN_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a link: which one, and the secret in the cookie of their device."""

    link_id: UUID
    secret: str


def new_token() -> str:
    return secret_token()


def new_pin() -> str:
    """Six digits, to be said aloud."""
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}}"


def typed_pin(text: str) -> str:
    """Without what people put between digits."""
    return "".join(c for c in text if c.isdigit())


def token_digests(token: str) -> list[str]:
    return keyed_digests("cases.referral_link", token)


def pin_digests(link_id: UUID, pin: str) -> list[str]:
    return keyed_digests("cases.referral_pin", f"{link_id} {pin}")


def device_digests(link_id: UUID, secret: str) -> list[str]:
    return keyed_digests("cases.referral_device", f"{link_id} {secret}")
