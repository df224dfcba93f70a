"""What becomes of everything around a case when another organisation takes it over: one rule for each, in one place.

The case itself stays one row: it is counted once, and its history, consents, needs and exclusions stay with it. In the
caller's transaction, which holds the case.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.models import EmergencyOpening
from simpul.cases.case_locks import hold_within
from simpul.cases.complaint_kinds import Level
from simpul.cases.counting import count_again
from simpul.cases.erasing import complaints_of, family_of
from simpul.cases.export_reach import call_back_uncollected
from simpul.cases.life import drop_what_waits, today_of
from simpul.cases.merging import put
from simpul.cases.models import (
    Assignment,
    Case,
    CaseStep,
    Complaint,
    ComplaintExclusion,
    ReferralLink,
    RightsRequest,
    Transfer,
)
from simpul.cases.models.sight import AssignedRole
from simpul.cases.numbers import next_code
from simpul.cases.referral_life import ReferralAct
from simpul.cases.referral_writing import held, transition, write_step
from simpul.cases.rights_kinds import CLOCKS, first_level
from simpul.cases.stages import Act, Stage
from simpul.deadlines.queries import clocks_for
from simpul.deadlines.services import hand_clocks, start_clock, stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation


def take_over(actor: Actor, case: Case, transfer: Transfer, *, now: datetime) -> Case:
    """The case as its new organisation keeps it. `transfer` was accepted in the same transaction.

    Ended: the old group's assignments, escalations, emergency openings, waiting closures, uncollected files of its
    register, links of letters that no office has opened, and referrals to the new organisation itself. Carried over:
    all else, with its clocks as they run.
    """
    to, family = transfer.to_organisation, family_of(case)
    hold_within(family, [complaint for one in family for complaint in complaints_of(one)])
    drop_what_waits(actor, case, now=now)
    _end_own_referrals(actor, case, to, now=now)
    call_back_uncollected([one.pk for one in family])
    for twin in family:
        if twin.pk != case.pk:
            _move(Case.objects.select_for_update().get(pk=twin.pk), to, {}, now=now)
    # Somebody at the old group knows address and PIN: only the device of the office that opened it goes on reading.
    shut = ReferralLink.objects.filter(referral__case__in=family, bound_at=None, revoked_at=None)
    shut.update(revoked_at=now)
    moved = _begin_anew(actor, case, transfer, now=now)
    _carry(actor, family, to, now=now)
    return moved


def _begin_anew(actor: Actor, case: Case, transfer: Transfer, *, now: datetime) -> Case:
    """Handed over by one, opened by the other: two steps of one history. The new group sorts it for itself."""
    reason = transfer.reason.open()
    CaseStep.objects.create(
        case=case, act=Act.TRANSFER, from_stage=case.stage, to_stage=Stage.TRANSFERRED, at=now,
        by_id=transfer.asked_by_id, reason=reason,
    )  # fmt: skip
    CaseStep.objects.create(
        case=case, act=Act.OPEN, from_stage="", to_stage=Stage.RECEIVED, at=now, by_id=actor.person_id
    )
    moved = _move(case, transfer.to_organisation, {"stage": Stage.RECEIVED}, now=now)
    if actor.person_id is not None:
        Assignment.objects.create(
            case=moved, person_id=actor.person_id, role=AssignedRole.COORDINATOR, started_at=now,
            assigned_by_id=actor.person_id,
        )  # fmt: skip
    return moved


def _move(case: Case, to: Organisation, changes: dict[str, object], *, now: datetime) -> Case:
    """Its owner and number; whoever saw it by a post at the old group sees it no more. Figures know of it once."""
    case.assignments.filter(ended_at=None).update(ended_at=now)
    case.escalations.filter(ended_at=None).update(ended_at=now)
    openings = EmergencyOpening.objects.filter(ref_kind=case.ref.kind, ref_id=case.pk, closed_at=None, until__gt=now)
    openings.update(closed_at=now)
    day = today_of(case, now)
    moved = put(case, {**changes, "owner_organisation": to, "code": next_code(to, day.year)})
    count_again(moved, today=day, now=now)
    return moved


def _end_own_referrals(actor: Actor, case: Case, to: Organisation, *, now: datetime) -> None:
    """Whoever keeps the case needs no letter about it. What was asked for stays a need of the case."""
    words = _("That organisation keeps the case itself now.")
    for one in case.referrals.filter(organisation=to, ended_at=None).order_by("pk"):
        row = held(one)
        write_step(actor, row, transition(row, ReferralAct.REVOKE, words), words=words, now=now)
        row.links.filter(revoked_at=None).update(revoked_at=now)
        for clock in clocks_for([row.ref])[row.ref]:
            if clock.stopped_at is None:
                stop_clock(actor, clock, decision="revoked", now=now)


def _carry(actor: Actor, family: Sequence[Case], to: Organisation, *, now: datetime) -> None:
    """What people asked about their data, the complaint with its conversation, and all clocks as they run."""
    refs: list[RecordRef] = []
    for case in family:
        requests = RightsRequest.objects.filter(case=case)
        if case.exclusions.filter(lifted_at=None).exists():
            _ask_again(actor, requests, to, now=now)
        else:
            requests.update(owner_organisation=to)
            refs += [row.ref for row in requests]
        refs += [case.ref, *(row.ref for row in case.referrals.all())]
        for complaint in complaints_of(case):
            _carry_complaint(complaint, case, to, now=now)
    hand_clocks(actor, refs, to)


def _ask_again(actor: Actor, requests: QuerySet[RightsRequest], to: Organisation, *, now: datetime) -> None:
    """Where the case is hidden from somebody, what was asked stays at the old group, which has no file by now: one that
    left would tell them that there was one. What still waits is asked of the new group too, since when it was asked.
    """
    for row in list(requests):
        if not row.answer:
            again = RightsRequest.objects.get(pk=row.pk)
            again.pk, again.owner_organisation, again._state.adding = uuid7(), to, True
            for field in ("applicant", "words"):  # sealed for the row they stand in
                held = getattr(row, field)
                setattr(again, field, held.open() if held else None)
            again.save(force_insert=True)
            start_clock(actor, CLOCKS[row.kind], again.ref, to, area_code=None, starts_at=row.asked_at, now=now)
        row.case = row.party = row.found_at = row.found_by = None
        row.level = first_level(row.capacity)
        row.save(update_fields=["case", "party", "found_at", "found_by", "level"])


def _carry_complaint(complaint: Complaint, case: Case, to: Organisation, *, now: datetime) -> None:
    """Who answers it, unless it is with somebody above; whom the case is hidden from does not read where it began."""
    if complaint.level != Level.GROUP:
        return
    for person_id in case.exclusions.filter(lifted_at=None).values_list("person", flat=True):
        ComplaintExclusion.objects.get_or_create(complaint=complaint, person_id=person_id, defaults={"since": now})
    complaint.assignments.filter(ended_at=None).update(ended_at=now)
    complaint.handler = to
    complaint.save(update_fields=["handler"])
