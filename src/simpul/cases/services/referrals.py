"""A group sends a person to an office, takes it back, or finds that help arrived."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.audit import services as audit
from simpul.cases.case_locks import processing_in, recording_in
from simpul.cases.consent_kinds import refer_to
from simpul.cases.dues import meet_need
from simpul.cases.life import today_of
from simpul.cases.life import write_step as write_case_step
from simpul.cases.models import Case, Exclusion, Need, Party, Referral, ReferralRecipient
from simpul.cases.referral_clocks import ANSWER_DUE, codes_of
from simpul.cases.referral_fields import SharedField, snapshot
from simpul.cases.referral_life import ANSWER, ReferralAct
from simpul.cases.referral_notices import ARRIVED
from simpul.cases.referral_writing import held, tidy, transition, write_step
from simpul.cases.relations import PartyRole
from simpul.cases.services.consents import establish_basis
from simpul.cases.stages import CASE_LIFE, Act, Stage
from simpul.deadlines.queries import clocks_for
from simpul.deadlines.services import start_clock, stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import human_code, uuid7
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import ServicePoint
from simpul.people.queries import today

CLOCK: Final = ANSWER_DUE


def draft_referral(
    actor: Actor,
    case: Case,
    party: Party,
    service_point: ServicePoint,
    *,
    request: str,
    fields: Collection[str],
    now: datetime,
    urgent: bool = False,
    carried: bool = False,
    need: Need | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Referral:
    """What is asked of which office, and what it would see. Nothing leaves the group before `send_referral`.

    The same `id` twice is the same draft. Denied("case.record"); NotFound out of sight; Invalid("party" | "fields" |
    "request" | "service_point" | "need"); Conflict("referred_already") while one to the same office stands open.
    """
    row = Referral(
        id=id or uuid7(), case=case, party=party, service_point=service_point,
        organisation_id=service_point.organisation_id, need=need, code=human_code(),
        fields=[field.value for field in SharedField if field in fields], carried=carried, urgent=urgent, made_at=now,
        made_by_id=actor.person_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            processing_in(actor, case.pk, now=now, party=party)
            if there := Referral.objects.filter(pk=row.pk).first():
                return _same(there, case, service_point)
            row.request = _checked(case, party, service_point, request, fields)
            if need is not None and need.party_id != party.pk:
                raise Invalid("need", "need", message=_("Choose one of this person's needs."))
            row.save(force_insert=True)
            audit.record(actor, "cases.draft_referral", row.ref, details={"fields": row.fields})
    except IntegrityError as error:
        if there := Referral.objects.filter(pk=row.pk).first():
            return _same(there, case, service_point)
        message = _("A referral to this office is open already. Look at it before you make another.")
        raise Conflict("referred_already", message=message) from error
    return row


def send_referral(actor: Actor, referral: Referral, *, basis: str, now: datetime, reason: str = "") -> Referral:
    """From now on the office sees the fields that were agreed, as they are at this moment. Twice is once.

    Denied("case.record"), and all that `establish_basis` refuses: Conflict("consent_missing") where the person did not
    agree to this office, Denied("case.override_consent"), Invalid("reason" | "basis"). The clock of its answer starts;
    whoever answers referrals there is told.
    """
    with transaction.atomic():
        # The case before its referral, wherever both are held. Hidden or handed over while we waited, it is not sent.
        processing_in(actor, referral.case_id, now=now, party=referral.party)
        row = held(referral)
        if row.sent_at is not None:
            return row
        step, purpose = transition(row, ReferralAct.SEND, ""), refer_to(row.service_point_id)
        ground = establish_basis(actor, row.party, purpose=purpose, basis=basis, reason=reason, now=now)
        shared = snapshot(row.party, row.fields, on=today_of(row.case, now))
        row = write_step(actor, row, step, now=now, legal_basis=ground, shared=shared, sent_at=now)
        _note_on_case(actor, row, now)
        for code in codes_of(row):
            start_clock(
                actor, code, row.ref, row.case.owner_organisation,
                area_code=row.case.area_id, starts_at=now, now=now,
            )  # fmt: skip
        told = _tell_office(actor, row, now)
        details = {"basis": basis, "fields": row.fields, "told": told, "case": row.case_id}
        audit.record(actor, "cases.send_referral", row.ref, details=details)
    return row


def revoke_referral(actor: Actor, referral: Referral, *, reason: str, now: datetime) -> Referral:
    """It is taken back: the office sees nothing of it any more, by account or link. Twice is once.

    Denied("case.record"); Conflict("transition_refused") once it has ended, Conflict("reason_needed").
    """
    return _end(actor, referral, ReferralAct.REVOKE, words=tidy(reason, "reason"), now=now)


def finish_referral(actor: Actor, referral: Referral, *, now: datetime, note: str = "") -> Referral:
    """What was asked was done; the need behind it is met. Twice is once. Denied, Conflict("transition_refused")."""
    return _end(actor, referral, ReferralAct.FINISH, words=tidy(note, "note"), now=now)


def _end(actor: Actor, referral: Referral, act: ReferralAct, *, words: str, now: datetime) -> Referral:
    with transaction.atomic():
        recording_in(actor, referral.case_id, now=now)
        row = held(referral)
        if row.ended_at is not None and row.steps.order_by("-id").values_list("act", flat=True).first() == act:
            return row
        write_step(actor, row, transition(row, act, words), words=words, now=now)
        if act is ReferralAct.FINISH and row.need_id is not None:
            meet_need(row.case, row.need_id, now=now)
        row.links.filter(revoked_at=None).update(revoked_at=now)
        stop_waiting(actor, row, decision="revoked" if act is ReferralAct.REVOKE else "finished", now=now)
        audit.record(actor, f"cases.{act}_referral", row.ref, details={"case": row.case_id})
    return row


def stop_waiting(actor: Actor, referral: Referral, *, decision: str, now: datetime) -> None:
    """Stop the clocks of its answer, in the caller's transaction."""
    for clock in clocks_for([referral.ref])[referral.ref]:
        if clock.is_running:
            stop_clock(actor, clock, decision=decision, now=now)


def _checked(case: Case, party: Party, service_point: ServicePoint, request: str, fields: Collection[str]) -> str:
    if party.case_id != case.pk or party.role != PartyRole.VICTIM:
        raise Invalid("party", "party", message=_("Choose the person who is to be helped."))
    if service_point.closed_on is not None:
        raise Invalid("service_point", "service_point", message=_("This service is closed. Choose another one."))
    if set(fields) - set(SharedField.values):
        raise Invalid("fields", "fields", message=_("Choose from the list what the office may see."))
    words = tidy(request, "request")
    if not words:
        raise Invalid("request", "request", message=_("Write what you ask of the office."))
    return words


def _same(there: Referral, case: Case, service_point: ServicePoint) -> Referral:
    if (there.case_id, there.service_point_id) == (case.pk, service_point.pk):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _note_on_case(actor: Actor, referral: Referral, now: datetime) -> None:
    """The case stands at "referred" from now on, where its life lets it; else it stays where it is."""
    case = Case.objects.select_related("area").get(pk=referral.case_id)
    if any(row.act == Act.REFER for row in CASE_LIFE.acts_from(Stage(case.stage))):
        write_case_step(actor, case, Act.REFER, Stage.REFERRED, now=now)


def _tell_office(actor: Actor, referral: Referral, now: datetime) -> int:
    """Enter those who answer for the office as recipients and tell them; how many."""
    if referral.organisation_id is None:
        return 0
    rows = Grant.objects.filter(
        standing(today(now)), organisation=referral.organisation_id, role__in=roles_with(ANSWER)
    )
    kept_from = Exclusion.objects.filter(case=referral.case, lifted_at=None).values("person")
    users = {key for key in rows.exclude(person__in=kept_from).values_list("person__user_id", flat=True) if key}
    ReferralRecipient.objects.bulk_create(
        ReferralRecipient(referral=referral, user_id=key, told_at=now) for key in sorted(users)
    )
    if users:
        send_notice(actor, kind=ARRIVED, about=referral.ref, recipients=sorted(users), urgent=referral.urgent, now=now)
    return len(users)
