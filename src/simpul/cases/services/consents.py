"""Asking, recording and withdrawing consent; and writing down on what a processing rests."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import locked_case, recording_in
from simpul.cases.consent_kinds import NOTICE_VERSION, Basis, Capacity, Language, Manner, is_purpose
from simpul.cases.consent_proofs import kept_proof, require_proof
from simpul.cases.dues import STOPPING, refresh_due, start_on
from simpul.cases.life import note_counted, today_of
from simpul.cases.models import Assent, Case, Consent, ConsentWithdrawal, LegalBasis, Party
from simpul.cases.relations import PartyRole
from simpul.cases.rules.consents import standing_consent
from simpul.cases.rules.sight import may, require_sight
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze

OVERRIDE: Final = "case.override_consent"
Row = TypeVar("Row", Consent, Assent)


def give_consent(
    actor: Actor,
    party: Party,
    *,
    capacity: str,
    purposes: Collection[str],
    language: str,
    manner: str,
    expires_on: date,
    now: datetime,
    given_by: str = "",
    withheld_from: Sequence[str] = (),
    witness: str = "",
    sheet_number: str = "",
    given_at: datetime | None = None,
    notice_version: str = NOTICE_VERSION,
    proof: UUID | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Consent:
    """What was agreed to, as it was said: never changed, only withdrawn or given anew. The same `id` twice is one.

    Spoken needs a witness, paper the number of its sheet; signed on the screen or recorded, the upload `proof`, or the
    number of what it is kept on elsewhere. A child's guardian consents, never the child alone; where a
    parent is the danger (`Case.guardian_conflict`), no parent is asked: Conflict("guardian_conflict"). Denied;
    Invalid("capacity" | "child" | "purposes" | "language" | "manner" | "witness" | "sheet_number" | "proof" |
    "expires_on" | "given_by" | "given_at"), and as uploads are refused.
    """
    given_at = given_at or now
    row = Consent(
        id=id or uuid7(), party=party, capacity=capacity, given_by=squeeze(given_by) or None,
        notice_version=notice_version, purposes=sorted(set(purposes)), withheld_from=_words(withheld_from),
        language=language, manner=manner, witness=squeeze(witness) or None, sheet_number=squeeze(sheet_number),
        given_at=given_at, expires_on=expires_on, recorded_at=now, recorded_by_id=actor.person_id,
    )  # fmt: skip
    require_sight(actor, party.case, now=now)
    _check_asked(row, now)
    _check_shown(row, now)
    require_proof(row, proof)
    with kept_proof(actor, row, proof, now=now), transaction.atomic():
        case = recording_in(actor, party.case_id, now=now)
        _check_guardian(case, row)
        if taken := Consent.objects.filter(pk=row.pk).first():
            return _same(taken, party)
        row.save(force_insert=True)
        note_counted(case, now=now)
        audit.record(actor, "cases.give_consent", case.ref, details={"party": party.pk, "consent": row.pk})
    return row


def withdraw_consent(
    actor: Actor, consent: Consent, *, capacity: str, now: datetime, withdrawn_by: str = ""
) -> ConsentWithdrawal:
    """From now on it permits nothing; the clock runs until somebody confirms that all that rested on it has stopped.

    A child takes back with their own word what a guardian agreed to. Somebody else's word needs their name; a parent
    who is the danger takes nothing back: Conflict("guardian_conflict"). Twice is one withdrawal. Denied;
    Invalid("capacity" | "withdrawn_by").
    """
    with transaction.atomic():
        case = recording_in(actor, consent.party.case_id, now=now)
        _choice("capacity", capacity, Capacity.values)
        who = squeeze(withdrawn_by)
        if len(who) > 160 or (capacity != Capacity.SELF and not who):
            raise Invalid("withdrawn_by", "withdrawn_by", message=_("Write who takes it back for the person."))
        if case.guardian_conflict and capacity == Capacity.PARENT:
            message = _("A parent is part of the danger here: what they say takes nothing back. Call the UPTD PPA.")
            raise Conflict("guardian_conflict", message=message)
        return take_back(actor, consent, capacity=capacity, withdrawn_by=who or None, now=now)


def take_back(
    actor: Actor, consent: Consent, *, capacity: str, withdrawn_by: str | None, now: datetime
) -> ConsentWithdrawal:
    """The same for whoever was judged already."""
    with transaction.atomic():
        case = locked_case(consent.party.case_id)
        if found := ConsentWithdrawal.objects.filter(consent=consent).first():
            return found
        row = ConsentWithdrawal.objects.create(
            consent=consent, capacity=capacity, withdrawn_by=withdrawn_by, withdrawn_at=now,
            recorded_by_id=actor.person_id,
        )  # fmt: skip
        start_on(actor, STOPPING, case, starts_at=now, now=now)
        note_counted(case, now=now)
        details = {"party": consent.party_id, "consent": consent.pk}
        audit.record(actor, "cases.withdraw_consent", case.ref, details=details)
    return row


def confirm_stopped(actor: Actor, withdrawal: ConsentWithdrawal, *, now: datetime) -> None:
    """All that rested on the consent has stopped: the clock ends once the last withdrawal of the case is confirmed."""
    with transaction.atomic():
        case = recording_in(actor, withdrawal.consent.party.case_id, now=now)
        if not ConsentWithdrawal.objects.filter(pk=withdrawal.pk, stopped_at=None).update(stopped_at=now):
            return
        waiting = ConsentWithdrawal.objects.filter(consent__party__case=case, stopped_at=None)
        clock = running_clock(case.ref, STOPPING)
        if clock and not waiting.exists():
            stop_clock(actor, clock, decision="stopped", now=now)
            refresh_due(case)
        audit.record(actor, "cases.confirm_stopped", case.ref, details={"consent": withdrawal.consent_id})


def note_assent(
    actor: Actor,
    party: Party,
    *,
    agrees: bool,
    language: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Assent:
    """A child's own word, yes or no. The same `id` twice is one. Denied; Invalid("language")."""
    with transaction.atomic():
        case = recording_in(actor, party.case_id, now=now)
        _choice("language", language, Language.values)
        if taken := Assent.objects.filter(pk=id).first() if id else None:
            return _same(taken, party)
        row = Assent.objects.create(
            id=id or uuid7(), party=party, agrees=agrees, language=language, given_at=now,
            recorded_by_id=actor.person_id,
        )  # fmt: skip
        audit.record(actor, "cases.note_assent", case.ref, details={"party": party.pk, "agrees": agrees})
    return row


def establish_basis(
    actor: Actor, party: Party, *, purpose: str, basis: str, now: datetime, reason: str = ""
) -> LegalBasis:
    """Write down, before it happens, on what handing over or using this person's data rests.

    Consent: one that stands and covers the purpose, else Conflict("consent_missing"). Danger to life and a duty by law
    need a reason, no permission. Anything else is an override: Denied("case.override_consent"), and a reason.
    Invalid("purpose" | "basis" | "reason").
    """
    words = squeeze(reason)
    with transaction.atomic():
        case = recording_in(actor, party.case_id, now=now)
        _check_basis(actor, case, purpose, basis, words)
        consent = standing_consent(party, purpose, now=now)
        if basis == Basis.CONSENT and consent is None:
            message = _("There is no consent for this. Ask first; in danger to life, choose that and say why.")
            raise Conflict("consent_missing", message=message)
        row = LegalBasis.objects.create(
            party=party, purpose=purpose, basis=basis, consent=consent if basis == Basis.CONSENT else None,
            reason=words or None, at=now, by_id=actor.person_id,
        )  # fmt: skip
        audit.record(
            actor,
            "cases.establish_basis",
            case.ref,
            details={"party": party.pk, "basis": str(basis), "purpose": purpose},
        )
    return row


def _check_basis(actor: Actor, case: Case, purpose: str, basis: str, words: str) -> None:
    if not is_purpose(purpose):
        raise Invalid("purpose", "purpose", message=_("Choose what the data are for."))
    _choice("basis", basis, Basis.values)
    if basis == Basis.OVERRIDE and not may(actor, (OVERRIDE,), case):
        raise Denied(OVERRIDE, case.ref)
    if basis != Basis.CONSENT and not words:
        raise Invalid("reason", "reason", message=_("Write in a few words why."))


def _check_asked(row: Consent, now: datetime) -> None:
    _choice("capacity", row.capacity, Capacity.values)
    _choice("language", row.language, Language.values)
    _choice("manner", row.manner, Manner.values)
    if row.party.role != PartyRole.VICTIM:
        raise Invalid("party", "party", message=_("Only the person assisted, or who answers for them, is asked."))
    if not row.purposes or not all(map(is_purpose, row.purposes)):
        raise Invalid("purposes", "purposes", message=_("Choose what was agreed to; each is asked for by itself."))
    if row.capacity == Capacity.SELF and row.party.is_child(today_of(row.party.case, now)):
        message = _("A child's guardian is asked. Write down the child's own word beside it.")
        raise Invalid("child", "capacity", message=message)
    if row.capacity != Capacity.SELF and row.given_by is None:
        raise Invalid("given_by", "given_by", message=_("Write who agreed for the person."))


def _check_shown(row: Consent, now: datetime) -> None:
    """The controller must be able to show it (R4)."""
    if row.manner == Manner.SPOKEN and row.witness is None:
        raise Invalid("witness", "witness", message=_("Write who was there when it was said."))
    if row.manner == Manner.SHEET and not row.sheet_number:
        raise Invalid("sheet_number", "sheet_number", message=_("Write the number of the paper sheet."))
    if row.given_at > now:
        raise Invalid("given_at", "given_at", message=_("It can't have been given in the future."))
    if row.expires_on <= today_of(row.party.case, row.given_at):
        raise Invalid("expires_on", "expires_on", message=_("Choose a day after the consent was given."))


def _check_guardian(case: Case, row: Consent) -> None:
    if case.guardian_conflict and row.capacity == Capacity.PARENT:
        message = _("A parent is part of the danger here: no parent is asked. Call the UPTD PPA.")
        raise Conflict("guardian_conflict", message=message)


def _choice(field: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise Invalid(field, field, message=_("Choose one of the answers in the list."))


def _words(words: Sequence[str]) -> list[str] | None:
    return [squeeze(word)[:100] for word in words if squeeze(word)] or None


def _same(taken: Row, party: Party) -> Row:
    if taken.party_id != party.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return taken
