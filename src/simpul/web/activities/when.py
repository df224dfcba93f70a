"""When an event is, in the words and the clock of its place."""

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.time import Zone, local_date
from simpul.web import formats


def hours(starts_at: datetime, ends_at: datetime, zone: Zone) -> str:
    """ "09.00–12.00 WITA"; "from 09.00 WITA" where the end is on another day."""
    language = get_language() or "id"
    if local_date(starts_at, zone) != local_date(ends_at, zone):
        return _("from %(clock)s") % {"clock": formats.clock(starts_at, zone, language=language)}
    begun = starts_at.astimezone(zone.info).strftime(f"%H{formats.tongue(language).clock}%M")
    return f"{begun}–{formats.clock(ends_at, zone, language=language)}"


def when(starts_at: datetime, ends_at: datetime, zone: Zone) -> str:
    """ "7 Februari 2025, 09.00–12.00 WITA", or "6–7 Februari 2025, mulai 09.00 WITA"."""
    language = get_language() or "id"
    days = formats.days(local_date(starts_at, zone), local_date(ends_at, zone), language=language)
    return f"{days}, {hours(starts_at, ends_at, zone)}"


def weekday(day: date) -> str:
    """ "Jumat"; in the language of the page."""
    return NAMES[formats.tongue(get_language() or "id") is formats.ENGLISH][day.weekday()]


def weekdays(first: date, last: date) -> str:
    """ "Kamis", or "Kamis–Jumat" of what is on more than one day and ends within a week."""
    return weekday(first) if first == last or (last - first).days > 6 else f"{weekday(first)}–{weekday(last)}"


NAMES: dict[bool, tuple[str, ...]] = {
    False: ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    True: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
