"""What `simpul check` asks of clocks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min

from simpul.deadlines.models import Clock
from simpul.kernel.health import Finding, probe
from simpul.kernel.time import Zone, local_date
from simpul.territory.queries import calendar_decided

LATE = timedelta(minutes=15)


@probe("deadlines.watched")
def clocks_are_watched(now: datetime) -> Iterator[Finding]:
    oldest = Clock.objects.filter(wake_at__lte=now).aggregate(at=Min("wake_at"))["at"]
    if oldest and now - oldest > LATE:
        since = f"deadlines wait to be looked at since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding.fail("deadlines", since, "Start `simpul worker`; if it runs, read its log.")
    else:
        yield Finding.ok("deadlines", "every deadline was looked at in time")


@probe("deadlines.calendar")
def calendars_are_decided(now: datetime) -> Iterator[Finding]:
    """Working days of a year without its decree are a guess; from October on the next year's should be there."""
    on = local_date(now, Zone.WIB)
    waiting = Clock.objects.filter(stopped_at=None, undecided_year__isnull=False)
    years = {year for year in waiting.order_by().values_list("undecided_year", flat=True).distinct() if year}
    asked = years | {on.year} | ({on.year + 1} if on.month >= 10 else set())
    remedy = "Enter its holidays and joint leave on /wilayah/libur/ from the decree of the three ministers."
    for year in sorted(year for year in asked if not calendar_decided(year)):
        yield Finding.warn("deadlines", f"the holidays of {year} are not decided: working days are a guess", remedy)
