"""Who may be told that there is something in a case: who sees it, and nobody else."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from simpul.access.models import Grant
from simpul.access.rules import standing
from simpul.cases.models import Assignment, Case, Exclusion, Referral, RightsRequest, Transfer
from simpul.cases.rights_kinds import FOR_A_CHILD
from simpul.deadlines.queries import holders
from simpul.kernel.refs import RecordRef
from simpul.people.queries import today

USUAL = ("companion", "coordinator")


def told_of_case(case: Case, roles: Collection[str], now: datetime) -> set[UUID]:
    """Accounts with these roles that see the case; of a protected one only the companions it was assigned to.

    A supervisor is told that something at the group waits, and sees none of it until it is brought to them. Whoever the
    case is hidden from is never told, whatever they are.
    """
    kept_from = Exclusion.objects.filter(case=case, person=OuterRef("person"), lifted_at=None)
    rows = Grant.objects.filter(standing(today(now)), ~Exists(kept_from), organisation=case.owner_organisation_id)
    companions = rows.filter(role="companion") if "companion" in roles else rows.none()
    if case.protected:
        assigned = Assignment.objects.filter(case=case, person=OuterRef("person"), ended_at=None)
        companions = companions.filter(Exists(assigned))
    coordinators = rows.filter(role="coordinator") if "coordinator" in roles else rows.none()
    found = {*companions.values_list("person__user_id", flat=True)}
    found |= {*coordinators.values_list("person__user_id", flat=True)}
    if "supervisor" in roles:
        excluded = Exclusion.objects.filter(case=case, lifted_at=None).values_list("person__user_id", flat=True)
        found |= holders(case.ref, case.owner_organisation_id, ["supervisor"], now) - set(excluded)
    return {key for key in found if key}


def told_of_case_ref(about: RecordRef, _owner: UUID, roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of clocks on a case."""
    case = Case.objects.filter(pk=about.uuid).first()
    return told_of_case(case, roles, now) if case else set()


def told_of_referral_ref(about: RecordRef, _owner: UUID, roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of clocks on a referral."""
    referral = Referral.objects.filter(pk=about.uuid).select_related("case").first()
    return told_of_case(referral.case, roles, now) if referral else set()


def told_of_transfer_ref(about: RecordRef, _owner: UUID, roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of clocks on a case that is to be handed over: of the group that asked."""
    transfer = Transfer.objects.filter(pk=about.uuid).select_related("case").first()
    return told_of_case(transfer.case, roles, now) if transfer else set()


def told_of_request_ref(about: RecordRef, owner: UUID, _roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of clocks on what somebody asks about their data: who looks for a file and who answers.

    By who asks alone: whom it reaches must not tell whether a file was found.
    """
    capacity = RightsRequest.objects.filter(pk=about.uuid).values_list("capacity", flat=True).first()
    if capacity is None:
        return set()
    return holders(about, owner, ["coordinator", "supervisor"] if capacity in FOR_A_CHILD else ["coordinator"], now)
