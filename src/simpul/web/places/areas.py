"""Who works here? The country, and every area of it down to the village."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.at_work import at_work_since
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.presence import (
    Presence,
    networks_in,
    organisations_in,
    presence_in,
    programmes_in,
)
from simpul.organisations.queries.service_points import service_points_for
from simpul.territory.models import Area
from simpul.territory.queries import areas_by_code, children, successors, surroundings
from simpul.web.components import Link
from simpul.web.http import Request
from simpul.web.places.forms import AreaSearch
from simpul.web.places.panels import Gaps, country_map, href_of, organisation_rows, parts_map, point_cards

POINTS = 6


@require_safe
def country(request: Request) -> HttpResponse:
    """The provinces. The plain totals count the hidden too (queries.counts); who is missing is asked of the listed."""
    form = AreaSearch(request.GET if "wilayah-teks" in request.GET else None)
    if form.is_valid():
        return redirect("places:area", form.cleaned_data["wilayah"].code)
    provinces = list(children(None))
    today = local_date(timezone.now(), Zone.WIB)
    there = presence_in(request.actor, [a.code for a in provinces], since=at_work_since(today))
    context = {
        "form": form,
        "map": country_map(provinces, count_by_area(request.actor, 1)),
        "gaps": Gaps.among(provinces, there),
        "share": _("Who works where: organisations by area on Simpul") + f" {request.build_absolute_uri()}",
    }
    return render(request, "places/country.html", context)


@require_safe
def area_page(request: Request, code: str) -> HttpResponse:
    """404 for a code that never was; one that has ended keeps its page."""
    around = surroundings(code)
    today = local_date(timezone.now(), around.here.zone)
    there = presence_in(request.actor, [code, *(a.code for a in around.parts)], since=at_work_since(today))
    context = {
        "area": around.here,
        "crumbs": [Link(_("Indonesia"), reverse("places:country")), *(Link(a.title, href_of(a)) for a in around.above)],
        "followers": _followers(around.here, today),
        "presence": there.get(code, Presence()),
        "map": parts_map(around.here, around.parts, there) if around.parts else None,
        "gaps": Gaps.among(around.parts, there),
        **_at_work(request, code, today),
        **_shared(request, around.here),
    }
    return render(request, "places/area.html", context)


def _shared(request: Request, here: Area) -> dict[str, object]:
    title = _("Who works in %(area)s, on Simpul") % {"area": here.title}
    return {"share": f"{title} {request.build_absolute_uri()}"}


def _followers(ended: Area, today: date) -> list[Area]:
    if ended.valid_until is None:
        return []
    found = areas_by_code(step.code for step in successors(ended.code, on=today) if step.code != ended.code)
    return list(found.values())


def _at_work(request: Request, code: str, today: date) -> dict[str, object]:
    points = service_points_for(request.actor, code, today=today)
    return {
        "organisations": organisation_rows(organisations_in(request.actor, code), since=at_work_since(today)),
        "networks": networks_in(request.actor, code, today),
        "programmes": programmes_in(request.actor, code, today),
        "points": point_cards(points[:POINTS]),
        "more_points": max(len(points) - POINTS, 0),
    }
