"""Stretches of time in which somebody was there: joined to one another, and as many minutes as fall within another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

A_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """ValueError where it would end before it begins."""

    began_at: datetime
    ended_at: datetime

    def __post_init__(self) -> None:
        if self.began_at >= self.ended_at:
            raise ValueError("a stretch ends after it begins")

    def within(self, other: "Stretch") -> "Stretch | None":
        """What of it falls into the other; None where nothing does."""
        began, ended = max(self.began_at, other.began_at), min(self.ended_at, other.ended_at)
        return Stretch(began, ended) if began < ended else None


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """In their order, those that touch or overlap as one: two telephones at once are one hour, not two."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and one.began_at <= found[-1].ended_at:
            found[-1] = Stretch(found[-1].began_at, max(found[-1].ended_at, one.ended_at))
        else:
            found.append(one)
    return found


def minutes_in(stretches: Iterable[Stretch], window: Stretch) -> int:
    """To the nearest minute; 0 only where they were not there at all."""
    inside = [part for one in joined(stretches) if (part := one.within(window))]
    total = sum((part.ended_at - part.began_at for part in inside), timedelta())
    return max(1, round(total / A_MINUTE)) if total else 0
