"""How regular a series is: weeks in which it was held, of those in which it was due."""

from dataclasses import dataclass
from datetime import date

from simpul.activities.models import EventSeries, SeriesBreak
from simpul.activities.regularity import held_days, turns_of


@dataclass(frozen=True, slots=True)
class Regularity:
    """`turns` are first days of the weeks, fortnights or months due; `missed` those without an event held."""

    due: int
    held: int
    missed: tuple[date, ...]


def regularity(series: EventSeries, *, start: date, until: date) -> Regularity:
    """Of the days [start, until). A turn counts once however often it was held in it; what was held beyond the turns
    due does not make up for one missed.
    """
    breaks = [(row.valid_from, row.valid_until) for row in SeriesBreak.objects.filter(series=series)]
    turns = turns_of(series, breaks, start=start, until=until)
    days = held_days([series.pk], start=start, until=until).get(series.pk, [])
    held = [turn for turn in turns if any(turn.start <= day < turn.until for day in days)]
    missed = tuple(turn.start for turn in turns if turn not in held)
    return Regularity(len(turns), len(held), missed)
