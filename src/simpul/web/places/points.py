"""Where to go for what: finding a service, reading about it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.service_points import service_point_for, service_points_for
from simpul.organisations.rules.organisations import may
from simpul.web.http import Request
from simpul.web.places.forms import FinderForm
from simpul.web.places.panels import point_cards, point_facts

MANAGE, VERIFY = "service_point.manage", "service_point.verify"


@require_safe
def finder(request: Request) -> HttpResponse:
    """What do you need, and where do you live?"""
    asked = "wilayah-teks" in request.GET or "wilayah" in request.GET
    form = FinderForm(request.GET if asked else None)
    context: dict[str, object] = {"form": form, "may_add": request.actor.may(MANAGE)}
    if form.is_valid():
        area, need = form.cleaned_data["wilayah"], form.cleaned_data["butuh"] or None
        today = local_date(timezone.now(), area.zone)
        found = service_points_for(request.actor, area.code, need, today=today)
        context |= {"area": area, "cards": point_cards(found)}
    return render(request, "places/finder.html", context)


@require_safe
def point(request: Request, key: UUID) -> HttpResponse:
    """404 for one out of sight. A secret address reaches only those who keep or check the entry."""
    found = service_point_for(request.actor, key, today=local_date(timezone.now(), Zone.WIB))
    owner = found.point.owner_organisation
    context = {
        **point_facts(request.actor, found),
        "may_change": may(request.actor, MANAGE, owner),
        "may_verify": may(request.actor, VERIFY, owner),
    }
    return render(request, "places/point.html", context)
