"""Events that were held, how regular a series is, and what was published when."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from simpul.activities.models import Coverage, Event, EventSeries
from simpul.activities.queries.attendance import Tally, tally
from simpul.activities.queries.series import Regularity, regularity
from simpul.kernel.time import Period


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


def tally_of(event_id: UUID) -> Tally:
    """Who was at one event, by sex, age band, disability, stakeholder and area; people, never names."""
    return tally(Event.objects.get(pk=event_id))


def coverage_on_other_days(*, period: Period | None = None, as_of: datetime | None = None) -> QuerySet[Coverage]:
    """What was published on another day than that of the event it is about, with both dates (`event.starts_on`)."""
    rows = Coverage.objects.filter(event__in=held_events(period=period, as_of=as_of).values("pk"))
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    return rows.exclude(published_on=F("event__starts_on")).select_related("event")
