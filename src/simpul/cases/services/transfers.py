"""A group hands a case over to another organisation: prepared, asked with the person's consent, or taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import coordinating_in, processing_in, recording_in
from simpul.cases.consent_kinds import Basis, transfer_to
from simpul.cases.life import today_of
from simpul.cases.life import transition as case_transition
from simpul.cases.models import Assignment, Case, Exclusion, Party, Transfer, TransferGround
from simpul.cases.queries.transfer_receivers import unfit_at
from simpul.cases.referral_fields import snapshot
from simpul.cases.relations import PartyRole
from simpul.cases.rules.consents import standing_consent
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.restrictions import authorise_processing
from simpul.cases.rules.sight import authorise_coordinating
from simpul.cases.rules.transfers import accounts_at
from simpul.cases.services.consents import establish_basis
from simpul.cases.stages import Act
from simpul.cases.transfer_kinds import CLOCK, OPEN_TRANSFERS, TransferState
from simpul.cases.transfer_notices import OFFERED
from simpul.cases.transfer_writing import (
    TOLD_BEFORE,
    check_nameless,
    check_words,
    decide,
    held_transfer,
    require_open,
    tell,
)
from simpul.deadlines.services import start_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.people.queries import today


def draft_transfer(
    actor: Actor,
    case: Case,
    *,
    to: Organisation,
    summary: str,
    reason: str,
    fields: Collection[str],
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Transfer:
    """To whom, why, and what they read before they answer. Nothing leaves the group before `ask_transfer`.

    `summary` names nobody; `fields` are of TOLD_BEFORE. The same `id` twice is the same draft. Denied("case.record");
    NotFound out of sight; Invalid("to" | "summary" | "named" | "reason" | "too_long" | "fields");
    Conflict("restricted" | "transition_refused" | "transferring_already" | "id_taken").
    """
    row = Transfer(
        id=id or uuid7(), case=case, to_organisation=to, made_at=now, made_by_id=actor.person_id,
        fields=[field.value for field in TOLD_BEFORE if field in fields],
    )  # fmt: skip
    try:
        with transaction.atomic():
            held = processing_in(actor, case.pk, now=now)
            if there := Transfer.objects.filter(pk=row.pk).first():
                return _same(there, case, to)
            told, why = check_words(summary, reason, fields)
            check_nameless(told, Party.objects.filter(parties_visible_to(actor, now=now), case=case))
            row.summary, row.reason = told, why
            case_transition(held, Act.TRANSFER, why)
            _require_taker(held, to, now)
            row.from_organisation, row.former_code, row.branch = held.owner_organisation, held.code, held.branch
            row.save(force_insert=True)
            audit.record(actor, "cases.draft_transfer", case.ref, details={"transfer": row.pk, "to": to.pk})
    except IntegrityError as error:
        if there := Transfer.objects.filter(pk=row.pk).first():
            return _same(there, case, to)
        message = _("This case is being handed over already. Take that back before you begin anew.")
        raise Conflict("transferring_already", message=message) from error
    return row


def ask_transfer(actor: Actor, transfer: Transfer, *, basis: str, now: datetime, reason: str = "") -> Transfer:
    """Whoever coordinates there is asked from now on. Twice is once.

    By the coordinator. Everybody it is about agreed to this organisation, or `basis` says by what other right, as in
    `establish_basis`: Conflict("consent_missing"), Denied("case.override_consent"), Invalid("reason" | "basis").
    Invalid("to") for the accused's own office and where nobody could take it, with the same words. Those there who may
    be somebody it is kept from never see it. Denied("case.coordinate"); Conflict("moved_on" | "nobody_left" |
    "restricted").
    """
    with transaction.atomic():
        case = coordinating_in(actor, transfer.case_id, now=now)
        row = held_transfer(transfer.pk)
        if row.asked_at is not None and row.state in OPEN_TRANSFERS:
            return row
        require_open(row, (TransferState.DRAFT,))
        authorise_processing(actor, case, now=now)
        check_nameless(row.summary.open(), case.parties.all())
        hidden = _keep_from(actor, case, row.to_organisation, now)
        accounts = _require_taker(case, row.to_organisation, now)
        _ground(actor, row, _people(case), basis=basis, reason=reason, now=now)
        row.state, row.basis, row.asked_at, row.asked_by_id = TransferState.ASKED, basis, now, actor.person_id
        row.save(update_fields=["state", "basis", "asked_at", "asked_by"])
        owner = case.owner_organisation
        start_clock(actor, CLOCK, row.ref, owner, area_code=case.area_id, starts_at=now, now=now)
        told = tell(actor, OFFERED, row, accounts, now=now)
        details = {"transfer": row.pk, "basis": basis, "fields": row.fields, "told": told, "hidden_from": hidden}
        audit.record(actor, "cases.ask_transfer", case.ref, details=details)
    return row


def revoke_transfer(actor: Actor, transfer: Transfer, *, now: datetime) -> Transfer:
    """It stays where it is. Twice is once. What was only prepared, by whoever records the case; what was asked, by the
    coordinator. NotFound once it was taken over; Denied; Conflict("moved_on") where it was refused meanwhile.
    """
    with transaction.atomic():
        case = recording_in(actor, transfer.case_id, now=now)
        row = held_transfer(transfer.pk)
        if row.state == TransferState.REVOKED:
            return row
        if row.asked_at is not None:
            authorise_coordinating(actor, case, now=now)
        require_open(row, OPEN_TRANSFERS)
        decide(actor, row, TransferState.REVOKED, now=now)
        audit.record(actor, "cases.revoke_transfer", case.ref, details={"transfer": row.pk})
    return row


def _same(there: Transfer, case: Case, to: Organisation) -> Transfer:
    if (there.case_id, there.to_organisation_id) == (case.pk, to.pk):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _require_taker(case: Case, to: Organisation, now: datetime) -> set[UUID]:
    accounts = set() if to.dissolved_on else accounts_at(case, to.pk, on=today(now))
    if not accounts:
        raise Invalid("to", "to", message=_("This organisation can't take the case over. Choose another one."))
    return accounts


def _keep_from(actor: Actor, case: Case, to: Organisation, now: datetime) -> list[UUID]:
    """Whoever there may be the accused, or somebody the person keeps it from, never sees it, nor the question."""
    unfit = unfit_at(case, to, on=today(now))
    if unfit.is_theirs:
        raise Invalid("to", "to", message=_("This organisation can't take the case over. Choose another one."))
    hidden = sorted(unfit.people - {actor.person_id})
    for person_id in hidden:
        Exclusion.objects.get_or_create(
            case=case, person_id=person_id, lifted_at=None, defaults={"made_at": now, "made_by_id": actor.person_id}
        )
        Assignment.objects.filter(case=case, person=person_id, ended_at=None).update(ended_at=now)
    return hidden


def _ground(actor: Actor, row: Transfer, people: Sequence[Party], *, basis: str, reason: str, now: datetime) -> None:
    """Each of those it is about: by their consent where it stands, else by `basis`."""
    if not people:
        raise Conflict("nobody_left", message=_("Nobody is left in this case whom another organisation could help."))
    purpose = transfer_to(row.to_organisation_id)
    for party in people:
        authorise_processing(actor, party.case, now=now, party=party)
        agreed = basis in Basis.values and standing_consent(party, purpose, now=now) is not None
        own = Basis.CONSENT if agreed else basis
        ground = establish_basis(actor, party, purpose=purpose, basis=own, reason=reason, now=now)
        shared = snapshot(party, row.fields, on=today_of(party.case, now))
        TransferGround.objects.create(transfer=row, party=party, legal_basis=ground, shared=shared)


def _people(case: Case) -> list[Party]:
    rows = case.parties.filter(role=PartyRole.VICTIM, erased_at=None)
    return list(rows.select_related("case__area").order_by("id"))
