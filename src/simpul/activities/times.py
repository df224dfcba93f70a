"""When and where in time: the order of instants, the zone of a place, the dates on its wall."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Invalid
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

LONGEST: Final = timedelta(days=366)
A_MOMENT: Final = timedelta(microseconds=1)


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Invalid("ends_before_start" | "too_long", "ends_at"). ValueError for an instant without a zone of its own."""
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    if ends_at <= starts_at:
        message = _("It would end before it begins. Check the day, the hour and the zone.")
        raise Invalid("ends_before_start", "ends_at", message=message)
    if ends_at - starts_at > LONGEST:
        message = _("It would last longer than a year. Check the year, or make several events of it.")
        raise Invalid("too_long", "ends_at", message=message)


def zone_for(zone: str, area: Area | None, host: Organisation) -> Zone:
    """What was chosen; else that of the place, of the host's seat, of Jakarta. Invalid("unknown_choice", "zone")."""
    if zone:
        if zone not in list(Zone):
            raise Invalid("unknown_choice", "zone", message=_("Choose one of the list."))
        return Zone(zone)
    if area is not None:
        return area.zone
    return host.seat.zone if host.seat else Zone.WIB


def days_of(starts_at: datetime, ends_at: datetime, zone: Zone) -> tuple[date, date]:
    """Its first and last date. What ends at midnight does not reach into the day that begins then."""
    return local_date(starts_at, zone), local_date(ends_at - A_MOMENT, zone)
