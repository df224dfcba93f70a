"""Learning forums: the list and the map, and one forum with the way it has come."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from simpul.activities.queries.forums import cards_of, forum_for, forums_for
from simpul.activities.rules.forums import may_keep_forum
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.territory.queries import area_and_path, paths_of
from simpul.web.components import Link
from simpul.web.http import Request
from simpul.web.learning.forms.forums import WhereForm
from simpul.web.learning.forums import forums_map, listed, pictured

MOST: Final = 40
LIST, MAP = "daftar", "peta"


@require_safe
def index(request: Request) -> HttpResponse:
    area, path = _asked(request)
    form = WhereForm(request.GET, area, path)
    shown = MAP if request.GET.get("tampilan") == MAP else LIST
    rows = forums_for(request.actor, area_code=area.code if area else "")
    count = rows.count()
    words = ngettext("%(n)s learning forum", "%(n)s learning forums", count) % {"n": count}
    context = {"form": form, "area": area, "shown": shown, "finding": words, **_tabs(area, shown)}
    context |= {"map": forums_map(request.actor, area)} if shown == MAP else _list(request, rows)
    return render(request, "learning/forums.html", context)


def _asked(request: Request) -> tuple[Area | None, str]:
    """A code that is none narrows nothing: the picker says so beside it."""
    try:
        return area_and_path(request.GET["wilayah"]) if request.GET.get("wilayah") else (None, "")
    except NotFound:
        return None, ""


def _tabs(area: Area | None, shown: str) -> dict[str, Any]:
    kept = {"wilayah": area.code} if area else {}
    page = reverse("learning:forums")
    tabs = {one: Link(name, f"{page}?{urlencode({**kept, 'tampilan': one})}") for one, name in _names().items()}
    return {"tabs": list(tabs.values()), "current": tabs[shown].href}


def _names() -> dict[str, str]:
    return {LIST: _("List"), MAP: _("Map")}


def _list(request: Request, rows: Any) -> dict[str, Any]:
    """By name, forty at a time; `setelah` is the last of the page before."""
    ordered = rows.order_by("sort_key", "pk")
    if last := _last(request, rows):
        ordered = ordered.filter(sort_key__gte=last.sort_key).exclude(sort_key=last.sort_key, pk__lte=last.pk)
    found = list(ordered[: MOST + 1])
    cards = cards_of(request.actor, found[:MOST], local_date(timezone.now(), Zone.WIB))
    places = paths_of({f.seat_id: f.seat for f in found[:MOST] if f.seat}.values())
    more = {**request.GET.dict(), "setelah": str(found[MOST - 1].pk)} if len(found) > MOST else {}
    return {"rows": listed(cards, places), "more": f"?{urlencode(more)}" if more else ""}


def _last(request: Request, rows: Any) -> Organisation | None:
    try:
        key = UUID(request.GET.get("setelah", ""))
    except ValueError:
        return None
    found: Organisation | None = rows.filter(pk=key).first()
    return found


@require_safe
def forum(request: Request, forum_id: UUID) -> HttpResponse:
    found = forum_for(request.actor, forum_id)
    keeps = may_keep_forum(request.actor, found)
    context = pictured(request.actor, found, local_date(timezone.now(), Zone.WIB), keeps=keeps)
    return render(request, "learning/forum.html", {"forum": found, "keeps": keeps, **context})
