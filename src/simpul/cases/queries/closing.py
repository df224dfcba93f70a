"""Ends of cases that wait for somebody to agree; how a desk works."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.cases.models import Case, ClosureRequest, DeskRules, MediationAllowance
from simpul.cases.rules.closing import APPROVE, may_approve, rules_of
from simpul.cases.rules.desk import led_by
from simpul.cases.rules.sight import KIND, brought_to, covered, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation

__all__ = [
    "ClosureRequest",
    "MediationAllowance",
    "allowances_of",
    "closure_for",
    "closures_for",
    "desk_for",
    "desks_of",
    "may_approve",
    "rules_of",
]


def closures_for(actor: Actor, *, now: datetime) -> QuerySet[ClosureRequest]:
    """What waits for the actor to agree, the oldest first. What they asked for themselves is there too."""
    agreed_by = covered(actor.scope(APPROVE)) | brought_to(actor)
    seen = Case.objects.filter(visible_to(actor, now=now), agreed_by, closed_on=None, pk=OuterRef("case"))
    rows = ClosureRequest.objects.filter(Exists(seen), decided_at=None)
    return rows.select_related("case__area", "asked_by").order_by("asked_at", "id")


def closure_for(actor: Actor, request_id: UUID, *, now: datetime) -> ClosureRequest:
    """Waiting or decided; NotFound where its case is out of sight."""
    seen = Case.objects.filter(visible_to(actor, now=now))
    rows = ClosureRequest.objects.filter(Q(case__in=seen), pk=request_id)
    found = rows.select_related("case__area", "case__owner_organisation", "asked_by", "decided_by").first()
    if found is None:
        raise NotFound(KIND)
    return found


def desks_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose desk the actor leads, by name."""
    return Organisation.objects.filter(pk__in=led_by(actor)).order_by("sort_key", "id")


def desk_for(actor: Actor, organisation_id: UUID) -> tuple[Organisation, DeskRules | None]:
    """NotFound for a desk the actor does not lead."""
    found = desks_of(actor).filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("organisations.organisation", organisation_id)
    return found, rules_of(found.pk)


def allowances_of(organisation: Organisation) -> Sequence[MediationAllowance]:
    """Where its desk mediates after all. For who leads it."""
    rows = MediationAllowance.objects.filter(owner_organisation=organisation, ended_at=None)
    return list(rows.select_related("allowed_by").order_by("ground"))
