"""Who agrees to the end of a case, where their organisation wants somebody else to."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, ClosureRequest, DeskRules, Escalation, PartyType, Service
from simpul.cases.rules.sight import SUPERVISE, may, require_sight
from simpul.cases.service_kinds import ServiceKind, is_beyond_mediation
from simpul.cases.stages import Act
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import Conflict, Denied

APPROVE: Final = "case.approve_closure"
APPROVE_OWN: Final = "case.approve_own_closure"
# The ends that take two where the group wants it. What is opened again waits for its own end; a case marked as entered
# twice goes on in the other one, and one that is handed over is agreed to by whoever takes it.
ENDINGS_AGREED: Final = (Act.CLOSE, Act.WITHDRAW, Act.LOSE, Act.REDIRECT)


def rules_of(organisation_id: UUID) -> DeskRules | None:
    """What the organisation decided for its desk; None where it decided nothing."""
    return DeskRules.objects.filter(owner_organisation=organisation_id, ended_at=None).first()


def is_approval_wanted(organisation_id: UUID) -> bool:
    found = rules_of(organisation_id)
    return found is not None and found.approves_closure


def may_close_alone(actor: Actor, case: Case) -> bool:
    """Whether nobody else has to agree: the organisation doesn't ask for it, or they may approve their own."""
    return may(actor, (APPROVE_OWN,), case) or not is_approval_wanted(case.owner_organisation_id)


def require_unmediated(case: Case) -> None:
    """Conflict("mediated") where what may not be mediated (R1) would end as if it had been: a mediation was noted
    before it was known what the case is about.
    """
    codes = PartyType.objects.filter(party__case=case).values_list("code", flat=True)
    noted = Service.objects.filter(case=case, kind=ServiceKind.MEDIATION, withdrawn_at=None)
    if noted.exists() and is_beyond_mediation(codes):
        message = _(
            "A mediation is noted here, and by now this is about sexual violence or child marriage: the law lets "
            "nobody settle that. Take the entry back under needs and services, note what was really done, then end it."
        )
        raise Conflict("mediated", message=message)


def require_approving(actor: Actor, request: ClosureRequest, *, now: datetime) -> None:
    """NotFound where the case is out of sight. Denied("case.approve_closure") for who may not; for whoever asked,
    Denied("case.approve_own_closure"): two people agree, unless one was given that right.
    """
    case = request.case
    require_sight(actor, case, now=now)
    if not may_approve(actor, case):
        raise Denied(APPROVE, case.ref)
    is_own = actor.person_id is not None and request.asked_by_id == actor.person_id
    if is_own and not may(actor, (APPROVE_OWN,), case):
        raise Denied(APPROVE_OWN, case.ref)


def may_approve(actor: Actor, case: Case) -> bool:
    """The coordinator of the group; a supervisor only while the case is brought to them."""
    if isinstance(actor, System) or may(actor, (APPROVE,), case):
        return True
    offices = actor.scope(APPROVE).organisations(Reach.ACCOMPANIED) & actor.scope(SUPERVISE).organisations(
        Reach.ACCOMPANIED
    )
    return bool(offices) and Escalation.objects.filter(case=case, to_organisation__in=offices, ended_at=None).exists()
