"""What somebody needs and what they were given; where the law or the group says no mediation, there is none."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import processing_in, recording_in
from simpul.cases.dues import meet_need, refresh_due
from simpul.cases.help_kinds import MediationGround, Result, TimeFrame, due_within
from simpul.cases.life import today_of
from simpul.cases.models import Case, MediationAllowance, Need, Party, Service
from simpul.cases.rules.consents import closed_to_mediation
from simpul.cases.rules.desk import require_leading
from simpul.cases.rules.people import require_of_case
from simpul.cases.service_kinds import ServiceKind
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation, ServicePoint

LONGEST_NOTE = 4_000


def add_need(
    actor: Actor,
    party: Party,
    *,
    kind: str,
    time_frame: str,
    now: datetime,
    due_on: date | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Need:
    """A service the person needs, by a day that follows from the time frame unless one is given.

    The same `id` twice is one need. Denied; Invalid("kind" | "time_frame" | "due_on"); Conflict("mediation").
    """
    with transaction.atomic():
        case = processing_in(actor, party.case_id, now=now, party=party)
        require_of_case(actor, party, case)
        _check_kind(kind)
        if time_frame not in TimeFrame.values:
            raise Invalid("time_frame", "time_frame", message=_("Choose how soon it is needed."))
        today = today_of(case, now)
        if due_on is not None and due_on < today:
            raise Invalid("due_on", "due_on", message=_("Choose today or a later day."))
        row = Need(
            id=id or uuid7(), case=case, party=party, kind=kind, time_frame=time_frame,
            due_on=due_on or due_within(time_frame, today), recorded_at=now,
        )  # fmt: skip
        if taken := Need.objects.filter(pk=row.pk).first():
            _require_same(taken.case_id, case)
            return taken
        _refuse_mediation(case, kind, now)
        row.save(force_insert=True)
        refresh_due(case)
        audit.record(actor, "cases.add_need", case.ref, details={"need": row.pk})
    return row


def drop_need(actor: Actor, need: Need, *, now: datetime) -> None:
    """It is needed no more. One that was met stays met; twice changes nothing."""
    with transaction.atomic():
        case = recording_in(actor, need.case_id, now=now)
        if Need.objects.filter(pk=need.pk, dropped_at=None, implemented_at=None).update(dropped_at=now):
            refresh_due(case)
            audit.record(actor, "cases.drop_need", case.ref, details={"need": need.pk})


def implement_need(actor: Actor, need: Need, *, now: datetime) -> None:
    """It was met, by a service or by a referral that came to its end. Twice changes nothing."""
    with transaction.atomic():
        case = recording_in(actor, need.case_id, now=now)
        if meet_need(case, need.pk, now=now):
            audit.record(actor, "cases.implement_need", case.ref, details={"need": need.pk})


def provide_service(
    actor: Actor,
    party: Party,
    *,
    kind: str,
    provided_on: date,
    result: str,
    now: datetime,
    provider: ServicePoint | None = None,
    need: Need | None = None,
    note: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Service:
    """What was given on one day, by a service point or (None) by the group itself. A done one meets its need.

    Mediation never for sexual violence and child marriage (R1), nor where the group has not switched it on:
    Conflict("mediation"). The same `id` twice is one service. Denied; Invalid("kind" | "result" | "provided_on" |
    "need" | "note").
    """
    with transaction.atomic():
        case = processing_in(actor, party.case_id, now=now, party=party)
        require_of_case(actor, party, case)
        row = Service(
            id=id or uuid7(), case=case, party=party, need=need, kind=kind, provided_on=provided_on,
            provider=provider, result=result, note=_note(note), recorded_at=now, recorded_by_id=actor.person_id,
        )  # fmt: skip
        _check_service(row, now)
        if taken := Service.objects.filter(pk=row.pk).first():
            _require_same(taken.case_id, case)
            return taken
        _refuse_mediation(case, kind, now)
        row.save(force_insert=True)
        if need is not None and result == Result.DONE:
            meet_need(case, need.pk, now=now)
        audit.record(actor, "cases.provide_service", case.ref, details={"service": row.pk})
    return row


def withdraw_service(actor: Actor, service: Service, *, now: datetime) -> None:
    """It was never given: an entry made by mistake, which stays to be seen. Twice changes nothing."""
    with transaction.atomic():
        case = recording_in(actor, service.case_id, now=now)
        if Service.objects.filter(pk=service.pk, withdrawn_at=None).update(withdrawn_at=now):
            audit.record(actor, "cases.withdraw_service", case.ref, details={"service": service.pk})


def allow_mediation(
    actor: Actor, organisation: Organisation, *, ground: str, reason: str, now: datetime
) -> MediationAllowance:
    """The group mediates on this ground after all, and says why. Twice is one. Never what R1 forbids.

    Denied("case.coordinate"); Invalid("ground" | "reason").
    """
    require_leading(actor, organisation)
    words = squeeze(reason)
    if ground not in MediationGround.values:
        raise Invalid("ground", "ground", message=_("Choose one of the answers in the list."))
    if not words or len(words) > 500:
        raise Invalid("reason", "reason", message=_("Write in a few words why."))
    with transaction.atomic():
        row, created = MediationAllowance.objects.get_or_create(
            owner_organisation=organisation, ground=ground, ended_at=None,
            defaults={"reason": words, "allowed_at": now, "allowed_by_id": actor.person_id},
        )  # fmt: skip
        if created:
            audit.record(actor, "cases.allow_mediation", organisation.ref, details={"ground": str(ground)})
    return row


def end_mediation(actor: Actor, allowance: MediationAllowance, *, now: datetime) -> None:
    """Off again. Twice changes nothing. Denied("case.coordinate")."""
    require_leading(actor, allowance.owner_organisation)
    with transaction.atomic():
        if MediationAllowance.objects.filter(pk=allowance.pk, ended_at=None).update(ended_at=now):
            ref = allowance.owner_organisation.ref
            audit.record(actor, "cases.end_mediation", ref, details={"ground": allowance.ground})


def _check_kind(kind: str) -> None:
    if kind not in ServiceKind.values:
        raise Invalid("kind", "kind", message=_("Choose one of the services in the list."))


def _check_service(row: Service, now: datetime) -> None:
    _check_kind(row.kind)
    if row.result not in Result.values:
        raise Invalid("result", "result", message=_("Choose what came of it."))
    if row.provided_on > today_of(row.case, now):
        raise Invalid("provided_on", "provided_on", message=_("A service that is still to come goes into the plan."))
    if row.need is not None and row.need.case_id != row.case_id:
        raise Invalid("need", "need", message=_("Choose one of the needs of this case."))


def _note(note: str) -> str | None:
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", "note", message=_("Write this shorter."))
    return note.strip() or None


def _refuse_mediation(case: Case, kind: str, now: datetime) -> None:
    if kind != ServiceKind.MEDIATION:
        return
    why = closed_to_mediation(case, now=now)
    if why is None:
        return
    message = (
        _("Sexual violence and child marriage are never mediated: the law forbids it. Meetings to separate children "
          "are written down as such.")
        if why == "never"
        else _("Your group does not mediate in such cases. The coordinator may switch it on, with a reason.")
    )  # fmt: skip
    raise Conflict("mediation", message=message, theirs={"why": why})


def _require_same(case_id: UUID, case: Case) -> None:
    if case_id != case.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
