"""The public calendar: a month, what comes, or where; and the same for a phone's own calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.listed import networks_to_choose_from
from simpul.territory.queries.holidays import holidays_between
from simpul.web import formats
from simpul.web.activities.forms.calendar import CalendarForm
from simpul.web.activities.grid import month_named, next_month
from simpul.web.activities.listing import coming, count_from, in_month, read_mark, sheet_of
from simpul.web.activities.places import events_map
from simpul.web.activities.rows import event_rows
from simpul.web.activities.when import NAMES
from simpul.web.components import Link
from simpul.web.http import Request

MOST_NETWORKS: Final = 60  # to choose from in a list; beyond, one comes from the network's own page
MONTH, LIST, MAP = "bulan", "daftar", "peta"


@require_safe
def calendar(request: Request) -> HttpResponse:
    """Every narrowing stands in the address; nothing of it is personal."""
    today = local_date(timezone.now(), Zone.WIB)
    form = _form(request)
    kept, asked = form.kept(), request.GET.get("tampilan", "")
    shown = asked if asked in {LIST, MAP} else MONTH
    draw = {MONTH: _month, LIST: _list, MAP: _map}[shown]
    context = {"form": form, "kept": kept, "shown": shown, "today": today, **_tabs(kept, shown), **_subscribing(kept)}
    context |= draw(request, form, today)
    context["share"] = f"{context['finding']} {request.build_absolute_uri()}"
    return render(request, "activities/calendar.html", context)


def _form(request: Request) -> CalendarForm:
    opened = any(request.GET.get(name) for name in ("saring", "jenis", "jaringan", "wilayah", "wilayah-teks"))
    offered = networks_to_choose_from(request.actor, MOST_NETWORKS) if opened else []
    return CalendarForm(request.GET, networks=offered if len(offered) <= MOST_NETWORKS else [])


def _tabs(kept: Mapping[str, str], shown: str) -> dict[str, Any]:
    names = {MONTH: _("Month"), LIST: _("List"), MAP: _("Map")}
    tabs = {one: Link(name, _address({**kept, "tampilan": one})) for one, name in names.items()}
    return {"tabs": list(tabs.values()), "current": tabs[shown].href}


def _address(asked: Mapping[str, str]) -> str:
    return f"{reverse('activities:calendar')}?{urlencode(asked)}"


def _subscribing(kept: Mapping[str, str]) -> dict[str, str]:
    """What the calendar shows, for a calendar of one's own: as long as it exists, with these filters."""
    feed = reverse("activities:feed")
    return {"feed": f"{feed}?{urlencode(kept)}" if kept else feed}


def _month(request: Request, form: CalendarForm, today: date) -> dict[str, Any]:
    first = month_named(request.GET.get("bulan", ""), today)
    found, more = in_month(request.actor, first, form.narrowing())
    off = holidays_between(first, next_month(first), form.area.code if form.area else None)
    sheet = sheet_of(first, found, today, off)
    name = _month_named(first)
    words = ngettext("%(n)s event in %(month)s", "%(n)s events in %(month)s", len(found))
    if more:
        words = _("More than %(n)s events in %(month)s")
    finding = words % {"n": formats.number(len(found), language=get_language() or "id"), "month": name}
    onward = {"before": sheet.before, "after": sheet.after}
    links = {to: _of_month(form, day) for to, day in onward.items() if day}
    names = {f"{to}_named": _month_named(day) for to, day in onward.items() if day}
    days = [NAMES[get_language() == "en"][n] for n in (6, 0, 1, 2, 3, 4, 5)]
    return {"weekdays": days, "month": sheet, "month_named": name, "finding": finding, "found": found, **links, **names}


def _month_named(first: date) -> str:
    return f"{formats.tongue(get_language() or 'id').months[first.month - 1]} {first.year}"


def _of_month(form: CalendarForm, first: date) -> str:
    return _address({**form.kept(), "bulan": f"{first:%Y-%m}"})


def _list(request: Request, form: CalendarForm, today: date) -> dict[str, Any]:
    since = form.since or today
    rows, onward = coming(request.actor, since, form.narrowing(), after=read_mark(request.GET.get("setelah", "")))
    day = formats.day(since, language=get_language() or "id")
    finding = _("What comes from %(day)s") % {"day": day}
    kept = {**form.kept(), "tampilan": LIST, "sejak": since.isoformat()}
    older = _address({**kept, "setelah": onward}) if onward else ""
    return {"rows": event_rows(rows, today), "older": older, "finding": finding}


def _map(request: Request, form: CalendarForm, today: date) -> dict[str, Any]:
    since = form.since or today
    shown, total = events_map(request.actor, form, since)
    words = ngettext("%(n)s event from %(day)s on", "%(n)s events from %(day)s on", total)
    language = get_language() or "id"
    named = {"n": formats.number(total, language=language), "day": formats.day(since, language=language)}
    elsewhere = total - count_from(shown)
    return {"map": shown, "finding": words % named, "elsewhere": elsewhere}
