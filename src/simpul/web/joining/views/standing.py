"""A membership as it stands: active, on leave, inactive; what was decided about it, and the next decision."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.membership_life import BY_AN_ORGAN, ENDS, LIFE, MANAGE, THE_MEMBERS, MembershipAct, Standing
from simpul.organisations.models import Membership, MembershipDecision
from simpul.organisations.queries.membership_life import decision_for, decisions_about, standing_on
from simpul.organisations.queries.networks import memberships_for
from simpul.organisations.rules.organisations import may
from simpul.organisations.services.membership_life import decide_membership, withdraw_decision
from simpul.web.accounts.guards import private, signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.joining.forms import StandingForm


@signed_in
def standing(request: Request, row: UUID) -> HttpResponse:
    """For the network and the member, each with what it may decide."""
    membership, is_network = _membership(request, row)
    today = local_date(timezone.now(), Zone.WIB)
    now_stands = standing_on(membership.member_id, membership.network_id, today)
    acts = _acts(membership, now_stands, today, is_network=is_network)
    first = {"key": uuid7(), "effective_on": today, "act": request.GET.get("langkah", "")}
    form = StandingForm(sent(request), acts=_may_send(is_network=is_network), offered=acts, initial=first)
    if accepted(form, lambda: _decided(request, membership, form)):
        messages.success(request, _("Written down. Both sides see what was decided."))
        return redirect("editing:members", (membership.network if is_network else membership.member).pk)
    context = {"form": form, "acts": acts, "now": now_stands, **_page(request, membership, is_network=is_network)}
    return private(render(request, "joining/standing.html", context, status=422 if form.errors else 200))


def _membership(request: Request, row: UUID) -> tuple[Membership, bool]:
    """It, and whether the actor speaks for the network. NotFound out of sight, Denied for who speaks for neither."""
    found = memberships_for(request.actor).filter(pk=row).first()
    if found is None:
        raise NotFound("organisations.membership", row)
    if may(request.actor, MANAGE, found.network):
        return found, True
    if may(request.actor, MANAGE, found.member):
        return found, False
    raise Denied(MANAGE, found.ref)


def _acts(membership: Membership, now: Standing, today: date, *, is_network: bool) -> list[MembershipAct]:
    if membership.superseded_at is not None or (membership.valid_until and membership.valid_until <= today):
        return []
    acts = [MembershipAct(t.act) for t in LIFE.acts_from(now)]
    return acts if is_network else [act for act in acts if act in THE_MEMBERS]


def _may_send(*, is_network: bool) -> list[MembershipAct]:
    return [act for act in MembershipAct if is_network or act in THE_MEMBERS]


def _page(request: Request, membership: Membership, *, is_network: bool) -> dict[str, Any]:
    return {
        "membership": membership,
        "side": membership.network if is_network else membership.member,
        "is_network": is_network,
        "decisions": decisions_about(request.actor, membership),
        "needs_organ": [act.label for act in BY_AN_ORGAN],
        "ends": ENDS,
    }


def _decided(request: Request, membership: Membership, form: StandingForm) -> MembershipDecision:
    given = dict(form.cleaned_data)
    return decide_membership(request.actor, membership, id=given.pop("key"), now=timezone.now(), **given)


@signed_in
@require_POST
def withdraw(request: Request, row: UUID) -> HttpResponse:
    """An entry made by mistake."""
    decision = decision_for(request.actor, row)
    withdraw_decision(request.actor, decision, now=timezone.now())
    messages.success(request, _("The entry is withdrawn: it was never decided."))
    return redirect("editing:members", decision.network_id)
