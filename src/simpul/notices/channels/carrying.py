"""What every channel is to the outbox: something that takes one parcel, or says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from simpul.accounts.models import User


@dataclass(frozen=True, slots=True)
class Parcel:
    """One person to be told. `key` stays the same however often it is tried."""

    key: UUID
    user: User
    text: str  # the one sentence, in their language
    urgent: bool
    now: datetime


class NotHandedOver(Exception):
    """It certainly did not arrive. `final`: trying again would not help. `closed`: nor would anybody else's now."""

    def __init__(self, code: str, *, final: bool = False, closed: bool = False) -> None:
        super().__init__(code)
        self.code, self.final, self.closed = code, final, closed


class Uncertain(Exception):
    """Nobody can say whether it arrived, and a second one would be read as a second one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Carrier(Protocol):
    """`repeatable`: the same key twice is told once, so that an attempt of unknown end may be repeated."""

    repeatable: bool

    def hand_over(self, parcel: Parcel, commit: Callable[[], None]) -> None:
        """Give it to the next server. NotHandedOver, Uncertain.

        One that is not repeatable calls `commit` right before the point of no return: it notes that this was reached,
        and lets nobody pass whose lease has run out.
        """
