"""A group's desk: whether somebody agrees before a case is closed, who reads how companions are, where it mediates."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.care_kinds import CheckinReaders
from simpul.cases.help_kinds import MediationGround
from simpul.cases.queries.closing import MediationAllowance, allowances_of, desk_for, desks_of
from simpul.cases.services.desk_rules import set_desk_rules
from simpul.cases.services.helping import allow_mediation, end_mediation
from simpul.cases.stages import COORDINATE
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.panels import zone_at
from simpul.web.cases.rules.forms import DeskRulesForm, MediationForm
from simpul.web.components import Task
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def desks(request: Request) -> HttpResponse:
    """Straight to the one desk most coordinators lead."""
    if not request.actor.may(COORDINATE):
        raise Denied(COORDINATE)
    found = list(desks_of(request.actor))
    if len(found) == 1:
        return redirect("deskrules:desk", found[0].pk)
    return render(request, "deskrules/list.html", {"tasks": [Task(one.name, "", href=f"{one.pk}/") for one in found]})


@signed_in
@form_page
def desk(request: Request, organisation_id: UUID) -> HttpResponse:
    found, standing = desk_for(request.actor, organisation_id)
    initial = {
        "approves_closure": "yes" if standing and standing.approves_closure else "no",
        "checkins": standing.checkins if standing else CheckinReaders.CHOSEN,
    }
    form = DeskRulesForm(sent(request), initial=initial)
    if request.method == "POST" and accepted(
        form, lambda: set_desk_rules(request.actor, found, **form.given(), now=timezone.now())
    ):
        messages.success(request, _("Saved."))
        return redirect("deskrules:desk", found.pk)
    context = {"organisation": found, "zone": zone_at(found), "standing": standing, "form": form}
    return render(request, "deskrules/desk.html", context, status=422 if form.errors else 200)


@signed_in
@form_page
def mediation(request: Request, organisation_id: UUID) -> HttpResponse:
    """Off unless switched on; what the law forbids is not offered at all (R1)."""
    found, _standing = desk_for(request.actor, organisation_id)
    if request.method == "POST" and "akhiri" in request.POST:
        return _end(request, found)
    allowed = allowances_of(found)
    form = MediationForm({row.ground for row in allowed}, sent(request))
    if request.method == "POST" and accepted(
        form, lambda: allow_mediation(request.actor, found, **form.cleaned_data, now=timezone.now())
    ):
        messages.success(request, _("Saved."))
        return redirect("deskrules:mediation", found.pk)
    context = {"organisation": found, "zone": zone_at(found), "form": form, **_switched_on(allowed)}
    return render(request, "deskrules/mediation.html", context, status=422 if form.errors else 200)


def _switched_on(allowed: Sequence[MediationAllowance]) -> dict[str, object]:
    rows = [(row, MediationGround(row.ground).label) for row in allowed]
    return {"rows": rows, "all_on": len(rows) == len(MediationGround)}


def _end(request: Request, organisation: Organisation) -> HttpResponse:
    """NotFound for what is not one of this desk's."""
    rows = {str(row.pk): row for row in allowances_of(organisation)}
    if (key := request.POST.get("akhiri", "")) not in rows:
        raise NotFound("cases.mediationallowance")
    end_mediation(request.actor, rows[key], now=timezone.now())
    messages.success(request, _("Off again."))
    return redirect("deskrules:mediation", organisation.pk)
