"""Events that were held, how regular a series is, and what was published when."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from simpul.activities.kinds import Rhythm
from simpul.activities.models import Coverage, Event, EventSeries
from simpul.activities.queries.attendance import Tally, tally
from simpul.activities.queries.series import Regularity, regularity
from simpul.activities.regularity import Turn, held_days, turns_of
from simpul.kernel.time import Period

A_MONTH = timedelta(days=31)


def held_events(
    *, period: Period | None = None, as_of: datetime | None = None, area_code: str | None = None
) -> QuerySet[Event]:
    """By the local date on which they began; what was noted as held only after `as_of` was not known then."""
    rows = Event.objects.filter(held_at__isnull=False)
    if as_of is not None:
        rows = rows.filter(held_at__lte=as_of)
    if period and period.start:
        rows = rows.filter(starts_on__gte=period.start)
    if period and period.until:
        rows = rows.filter(starts_on__lt=period.until)
    if area_code:
        rows = rows.filter(area__code__within=area_code)
    return rows


def regularity_of(series_id: UUID, *, start: date, until: date) -> Regularity:
    """Turns held, of those due in [start, until); both are given, no percentage of it."""
    return regularity(EventSeries.objects.get(pk=series_id), start=start, until=until)


def turns_told(
    organisation_id: UUID, *, period: Period, as_of: datetime, seen: Q
) -> list[tuple[EventSeries, Turn, bool]]:
    """Turns of its series that were due and over within the period, each with whether it was held, as it was known at
    `as_of`; of series that somebody may know of (`seen`). The first turn of a series counts whole, on whatever day of
    it the series began. Three statements, however many series.
    """
    rows = EventSeries.objects.filter(seen, owner_organisation=organisation_id).exclude(rhythm=Rhythm.NONE)
    found = list(rows.order_by("starts_on", "id").prefetch_related("breaks"))
    until = period.until or as_of.date()
    begun = min((series.starts_on for series in found), default=until) - A_MONTH
    held = held_days([series.pk for series in found], start=period.start or begun, until=until, as_of=as_of)
    told = []
    for series in found:
        breaks = [(row.valid_from, row.valid_until) for row in series.breaks.all()]
        start = max(period.start or date.min, series.starts_on - A_MONTH)
        days = held.get(series.pk, [])
        turns = turns_of(series, breaks, start=start, until=until)
        told += [(series, turn, any(turn.start <= day < turn.until for day in days)) for turn in turns]
    return told


def held_of_series(network_id: UUID, *, period: Period | None = None, as_of: datetime | None = None) -> QuerySet[Event]:
    """Held events of the series that this organisation keeps."""
    rows = held_events(period=period, as_of=as_of).filter(series__owner_organisation=network_id)
    return rows.select_related("series")


def tally_of(event_id: UUID) -> Tally:
    """Who was at one event, by sex, age band, disability, stakeholder and area; people, never names."""
    return tally(Event.objects.get(pk=event_id))


def coverage_on_other_days(*, period: Period | None = None, as_of: datetime | None = None) -> QuerySet[Coverage]:
    """What was published on another day than that of the event it is about, with both dates (`event.starts_on`)."""
    rows = Coverage.objects.filter(event__in=held_events(period=period, as_of=as_of).values("pk"))
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    return rows.exclude(published_on=F("event__starts_on")).select_related("event")
