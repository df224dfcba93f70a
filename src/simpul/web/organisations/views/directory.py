"""The directory: who is registered, who was found at work, where, and who is not reached yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.at_work import at_work_since
from simpul.organisations.queries import directory as queries
from simpul.organisations.queries.listed import networks_to_choose_from
from simpul.territory.models import Area
from simpul.territory.queries import search_areas
from simpul.web import formats
from simpul.web.components import Link
from simpul.web.http import Request
from simpul.web.organisations.forms import DirectoryForm
from simpul.web.organisations.places import directory_map, gaps
from simpul.web.organisations.rows import directory_rows

MOST_NETWORKS = 60  # to choose from in a list; beyond, one comes from the network's own page


@require_safe
def directory(request: Request) -> HttpResponse:
    """A list, or a map with its table. Every narrowing stands in the address; nothing of it is personal."""
    today = local_date(timezone.now(), Zone.WIB)
    form = _form(request)
    search = form.search(today)
    area, kept = form.cleaned_data.get("wilayah"), form.kept()
    as_map = request.GET.get("tampilan") == "peta"
    context = {"form": form, "area": area, "kept": kept, "as_map": as_map, **_tabs(kept, as_map=as_map)}
    if as_map:
        counted = queries.directory(request.actor, search, limit=1, count_active_since=at_work_since(today))
        context |= {"map": directory_map(request.actor, search, area, kept), **_gaps(area, today)}
        context["finding"] = _finding(counted)
    else:
        context |= _list(request, search, area, kept)
    return render(request, "organisations/directory.html", context)


def _form(request: Request) -> DirectoryForm:
    opened = any(request.GET.get(name) for name in ("saring", "isu", "jenis", "jaringan", "aktif"))
    offered = networks_to_choose_from(request.actor, MOST_NETWORKS) if opened else []
    return DirectoryForm(request.GET, networks=offered if len(offered) <= MOST_NETWORKS else [])


def _tabs(kept: Mapping[str, str], *, as_map: bool) -> dict[str, Any]:
    path = reverse("organisations:directory")
    asked = urlencode(kept)
    tabs = [
        Link(_("List"), f"{path}?{asked}" if asked else path),
        Link(_("Map"), f"{path}?{urlencode({**kept, 'tampilan': 'peta'})}"),
    ]
    return {"tabs": tabs, "current": tabs[int(as_map)].href}


def _list(request: Request, search: queries.Search, area: Area | None, kept: Mapping[str, str]) -> dict[str, Any]:
    today = local_date(timezone.now(), Zone.WIB)
    after = request.GET.get("setelah", "")
    found = queries.directory(request.actor, search, after=after, count_active_since=at_work_since(today))
    finding = _finding(found)
    context = {"rows": directory_rows(request.actor, found.rows, today), "finding": finding, "narrowed": bool(kept)}
    context |= _onward(found, kept, after)
    context["share"] = f"{finding} {request.build_absolute_uri()}"
    # Who asks for a name, or has half the country before them, asks about no area: the map says it there.
    if not search.text and not found.more_than_total:
        context |= _gaps(area, today)
    if search.text and not found.rows:
        context["meant"] = search_areas(search.text, limit=5)
    return context


def _onward(found: queries.Listing, kept: Mapping[str, str], after: str) -> dict[str, str]:
    """Where the list goes on, and where it began."""
    first = reverse("organisations:directory") + (f"?{urlencode(kept)}" if kept else "")
    older = f"?{urlencode({**kept, 'setelah': found.next})}" if found.next else ""
    return {"first": first if after else "", "older": older}


def _finding(found: queries.Listing) -> str:
    """ "432 organisations registered · 207 confirmed active in the last 12 months"."""
    language = get_language() or "id"
    total = formats.number(found.total, language=language)
    if found.more_than_total:
        return _("More than %(n)s organisations registered") % {"n": total}
    words = ngettext("%(n)s organisation registered", "%(n)s organisations registered", found.total) % {"n": total}
    active = formats.number(found.active or 0, language=language)
    at_work = _("%(n)s confirmed active in the last 12 months") % {"n": active}
    return f"{words} · {at_work}"


def _gaps(area: Area | None, today: date) -> dict[str, Any]:
    if area and area.level == 4:
        return {}
    empty, total = gaps(area, at_work_since(today))
    return {"gaps": empty[:12], "gaps_more": max(0, len(empty) - 12), "gaps_count": len(empty), "gaps_of": total}
