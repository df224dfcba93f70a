"""A month as a wall calendar shows it: weeks from Sunday, days off in red, what happens on each day.

Plain values only: nothing here asks the database or the clock.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Generic, TypeVar

SHOWN: Final = 3  # in one day; the others are a page away
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 1)


E = TypeVar("E")  # has a first and a last day, `starts_on` and `ends_on`


@dataclass(frozen=True, slots=True)
class Day(Generic[E]):
    """`inside`: it is of the month shown; the others fill its first and last week and hold nothing.

    `more` are those of the day that are not among `events`.
    """

    on: date
    inside: bool
    today: bool
    off: bool
    events: Sequence[E]
    more: int


@dataclass(frozen=True, slots=True)
class Month(Generic[E]):
    first: date
    weeks: Sequence[Sequence[Day[E]]]

    @property
    def before(self) -> date | None:
        """The first day of the month before; None at the edge of the calendar."""
        return (self.first - timedelta(days=1)).replace(day=1) if self.first > EARLIEST else None

    @property
    def after(self) -> date | None:
        return next_month(self.first) if self.first < LATEST else None


def next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def month_named(text: str, today: date) -> date:
    """The first day of "2025-02"; of today's month where that is no month; the nearest there is in this calendar."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = today.replace(day=1)
    return min(max(found, EARLIEST), LATEST)


def month_of(first: date, events: Iterable[E], *, today: date, off: Collection[date] = ()) -> Month[E]:
    """`events` in the order they are to be shown; one of several days stands on each of them."""
    after = next_month(first)
    on: dict[date, list[E]] = {}
    for event in events:
        held: Any = event
        day = max(held.starts_on, first)
        while day <= held.ends_on and day < after:
            on.setdefault(day, []).append(event)
            day += timedelta(days=1)
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    count = -(-((after - start).days) // 7) * 7
    days = [_day(start + timedelta(days=n), first, on, today, off) for n in range(count)]
    return Month(first, [days[n : n + 7] for n in range(0, count, 7)])


def _day(day: date, first: date, on: dict[date, list[E]], today: date, off: Collection[date]) -> Day[E]:
    events = on.get(day, [])
    shown = events if len(events) <= SHOWN else events[: SHOWN - 1]
    inside = (day.year, day.month) == (first.year, first.month)
    return Day(day, inside, day == today, day in off, shown, len(events) - len(shown))
