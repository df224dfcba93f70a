"""The turns of a series: which weeks, fortnights or months it was due in.

A week runs from Monday to Sunday on the calendar of the series' own zone, and is told by its Monday: no turn is lost or
counted twice where a year ends within it. An event held in another zone falls on the date it has in the series' zone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from simpul.activities.kinds import Rhythm
from simpul.activities.models import Event, EventSeries
from simpul.kernel.time import Zone, local_date

A_DAY = timedelta(days=1)
Break = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Turn:
    """[start, until)."""

    start: date
    until: date


def turns_of(series: EventSeries, breaks: Sequence[Break], *, start: date, until: date) -> list[Turn]:
    """Turns that lie wholly within [start, until) and within the series' life, but for those on a day of which there
    was a break. The first and last turn of a series count whole, whatever day of it the series began on.
    """
    first = _turn_at(series, series.starts_on)
    if first is None:
        return []
    found, turn = [], first
    ends = series.ends_on
    while turn.until <= until and (ends is None or turn.start <= ends):
        if turn.start >= start and not any(_meet(turn, pause) for pause in breaks):
            found.append(turn)
        turn = _next(series, turn)
    return found


def _turn_at(series: EventSeries, day: date) -> Turn | None:
    if series.rhythm == Rhythm.MONTHLY:
        first = day.replace(day=1)
        return Turn(first, _next_month(first))
    days = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}.get(Rhythm(series.rhythm))
    if days is None:
        return None
    monday = day - timedelta(days=day.weekday())
    return Turn(monday, monday + timedelta(days=days))


def _next(series: EventSeries, turn: Turn) -> Turn:
    if series.rhythm == Rhythm.MONTHLY:
        return Turn(turn.until, _next_month(turn.until))
    return Turn(turn.until, turn.until + (turn.until - turn.start))


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _meet(turn: Turn, pause: Break) -> bool:
    return (pause[0] or date.min) < turn.until and turn.start < (pause[1] or date.max)


def held_days(
    series: Collection[UUID], *, start: date, until: date, as_of: datetime | None = None
) -> dict[UUID, list[date]]:
    """The days, in the zone of each series, on which its events were held, as far as it was known at `as_of`."""
    near = (start - A_DAY, until + A_DAY)  # two zones apart, a date may differ by one
    rows = Event.objects.filter(series__in=series, held_at__isnull=False, starts_on__range=near)
    if as_of is not None:
        rows = rows.filter(held_at__lte=as_of)
    found: dict[UUID, list[date]] = {}
    for key, starts_at, zone in rows.values_list("series_id", "starts_at", "series__zone"):
        found.setdefault(key, []).append(local_date(starts_at, Zone(zone)))
    return {key: list(_within(days, start, until)) for key, days in found.items()}


def _within(days: Iterable[date], start: date, until: date) -> Iterable[date]:
    return (day for day in sorted(days) if start <= day < until)
