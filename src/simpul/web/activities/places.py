"""Where events take place, as a map of counts."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.queries.events import calendar_for, count_by_area
from simpul.kernel.actor import Actor
from simpul.territory.models import Area
from simpul.territory.queries import descendants_q
from simpul.web.activities.forms.calendar import CalendarForm
from simpul.web.activities.listing import AHEAD
from simpul.web.territory.maps import AreaMap, Level, map_of

LEVELS: Mapping[int, Level] = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


def events_map(actor: Actor, form: CalendarForm, since: date) -> tuple[AreaMap, int]:
    """From that day on, by where they are held, and how many there are with those that have no place. Three queries.

    By regency of the country or of a province, then by district, then by village.
    """
    area = form.area
    level = min(area.level + 1, 4) if area else 2
    inside = (area.code if area.level < 4 else area.code[:8]) if area else None
    until, narrowed = since + AHEAD, form.narrowing()
    counts = count_by_area(actor, level=level, first=since, until=until, narrowed=narrowed)
    total = calendar_for(actor, first=since, until=until, narrowed=narrowed).filter(cancelled_at=None).count()
    shown = Area.objects.filter(level=level, valid_until=None).order_by("name", "code")
    found = list(shown.filter(descendants_q(inside)) if inside else shown)
    drawn = map_of(
        found,
        "kegiatan",
        caption=_("Events by where they are held"),
        level=LEVELS[level],
        values={a.code: counts.get(a.code, 0) for a in found},
        unit=_("events"),
        within=inside,
        href=lambda a: _towards(a, form.kept()),
    )
    return drawn, total


def _towards(area: Area, kept: Mapping[str, str]) -> str:
    """One level further in on the map; a village opens as a list."""
    shown = "peta" if area.level < 4 else "daftar"
    return f"{reverse('activities:calendar')}?{urlencode({**kept, 'wilayah': area.code, 'tampilan': shown})}"
