"""Trained, declared ready, network formed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.queries.readiness import count_ways, stage_record_for, ways_in
from simpul.organisations.secretariat import MANAGE
from simpul.organisations.services.readiness import reach_stage, withdraw_stage
from simpul.web import formats
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Bar
from simpul.web.editing.entry import accepted, entry, sent
from simpul.web.http import Request
from simpul.web.secretariat.forms import StageForm

MOST_MEMBERS = 200


@signed_in
@require_safe
def readiness(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    ways = ways_in(request.actor, network, on=local_date(timezone.now(), Zone.WIB))
    language = get_language() or "id"
    bars = [Bar(s.label, n, formats.number(n, language=language)) for s, n in count_ways(ways).items()]
    return render(request, "secretariat/readiness.html", {"row": network, "ways": ways, "bars": bars})


@signed_in
def add(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    form = _form(request, network)
    if accepted(form, lambda: reach_stage(request.actor, network, now=timezone.now(), **form.said())):
        messages.success(request, _("The stage is written down."))
        return redirect("secretariat:readiness", network.pk)
    context = {"row": network, "form": form, "title": _("Write down a stage")}
    return render(request, "secretariat/form.html", context, status=422 if form.errors else 200)


def _form(request: Request, network: Organisation) -> StageForm:
    today = local_date(timezone.now(), Zone.WIB)
    members = list(member_organisations(request.actor, network, on=today)[:MOST_MEMBERS])
    networks = [row for row in members if row.kind in NETWORKS]
    return StageForm(sent(request), members=members, networks=networks, initial={"reached_on": today})


@signed_in
@require_POST
def withdraw(request: Request, row: UUID) -> HttpResponse:
    found = stage_record_for(request.actor, row)
    withdraw_stage(request.actor, found, now=timezone.now())
    messages.success(request, _("The entry is withdrawn."))
    return redirect("secretariat:readiness", found.network_id)
