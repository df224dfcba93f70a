"""Whoever is asked looks at what they may know, takes the case over or doesn't; and that they said nothing."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import locked_case, locked_family
from simpul.cases.closing_notices import HANDED_OVER
from simpul.cases.handing_over import take_over
from simpul.cases.life import transition as case_transition
from simpul.cases.models import Assignment, Case, Opening, Transfer
from simpul.cases.queries.transfers import offer_for
from simpul.cases.relations import PartyRole
from simpul.cases.rules.telling import told_of_case
from simpul.cases.rules.transfers import is_taken_for, require_offered
from simpul.cases.stages import Act
from simpul.cases.transfer_kinds import CLOCK, LONGEST, OFFERED_TRANSFERS, TransferState
from simpul.cases.transfer_notices import DECIDED, UNANSWERED
from simpul.cases.transfer_writing import decide, held_transfer, require_open, tell
from simpul.deadlines.models import Clock
from simpul.deadlines.rules import require_platform
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.notices.services.sending import send_notice

MOST: Final = 200


def look_at_offer(actor: Actor, transfer_id: UUID, *, now: datetime) -> Transfer:
    """What may be known before it is taken over, with that look written down beside the case. NotFound for whoever it
    was not offered to.
    """
    found = offer_for(actor, transfer_id, now=now)
    with transaction.atomic(savepoint=False):
        Opening.objects.create(case=found.case, person_id=actor.person_id, page="transfer:offer", at=now)
        audit.record(actor, "cases.look_at_offer", found.case.ref, details={"transfer": found.pk})
    return found


def accept_transfer(actor: Actor, transfer: Transfer, *, now: datetime) -> Case:
    """The case is theirs from this instant, with all that was noted in it; the old group sees it no more. Twice is one.

    What becomes of everything around it is in `handing_over`. NotFound for whoever it was not offered to, once it was
    taken back, or where the consent holds no more; Conflict("asked_anew") where somebody came into the case since.
    """
    if is_taken_for(actor, transfer, now=now):
        return Case.objects.get(pk=transfer.case_id)
    require_offered(actor, transfer, now=now)
    with transaction.atomic():
        locked_family(transfer.case_id)
        case = locked_case(transfer.case_id)
        if is_taken_for(actor, transfer, now=now):
            return case
        row = held_transfer(transfer.pk)
        require_offered(actor, row, now=now)
        case_transition(case, Act.TRANSFER, row.reason.open())
        _require_everybody(case, row)
        leading, helping = told_of_case(case, ("coordinator",), now), _helping(case, now)
        decide(actor, row, TransferState.ACCEPTED, now=now)
        moved = take_over(actor, case, row, now=now)
        details = {"transfer": row.pk, "from": row.from_organisation_id, "to": row.to_organisation_id}
        audit.record(actor, "cases.accept_transfer", case.ref, details=details)
        tell(actor, DECIDED, row, leading, now=now)
        _thank(actor, moved, helping - leading, now)
    return moved


def refuse_transfer(actor: Actor, transfer: Transfer, *, words: str, now: datetime) -> Transfer:
    """It stays with the group, which reads why. Twice is once. NotFound as `accept_transfer`; Invalid("words")."""
    if _is_refused_by(actor, transfer):
        return Transfer.objects.get(pk=transfer.pk)
    require_offered(actor, transfer, now=now)
    text = words.strip()
    if not text or len(text) > LONGEST:
        raise Invalid("words", "words", message=_("Write in a few words why not. The group reads it."))
    with transaction.atomic():
        case = locked_case(transfer.case_id)
        row = held_transfer(transfer.pk)
        if _is_refused_by(actor, row):
            return row
        require_offered(actor, row, now=now)
        require_open(row, OFFERED_TRANSFERS)
        decide(actor, row, TransferState.REFUSED, words=text, now=now)
        audit.record(actor, "cases.refuse_transfer", case.ref, details={"transfer": row.pk})
        tell(actor, DECIDED, row, told_of_case(case, ("coordinator",), now), now=now)
    return row


def note_transfers_unanswered(actor: Actor, *, now: datetime, most: int = MOST) -> int:
    """Those whose time for an answer is over become "not answered"; how many. The platform's own.

    Each in one transaction, with what is said of it. A late answer is still taken.
    """
    require_platform(actor)
    over = Clock.objects.filter(about_kind="cases.transfer", code=CLOCK, stopped_at=None, breached_at__isnull=False)
    waiting = Transfer.objects.filter(state=TransferState.ASKED, pk__in=over.values("about_id"))
    return sum(_expire(actor, row, now) for row in waiting.order_by("asked_at", "id")[:most])


def _expire(actor: Actor, transfer: Transfer, now: datetime) -> bool:
    with transaction.atomic():
        case = locked_case(transfer.case_id)
        row = held_transfer(transfer.pk)
        if row.state != TransferState.ASKED:
            return False
        row.state = TransferState.UNANSWERED
        row.save(update_fields=["state"])
        audit.record(actor, "cases.expire_transfer", case.ref, details={"transfer": row.pk})
        tell(actor, UNANSWERED, row, told_of_case(case, ("coordinator",), now), now=now)
    return True


def _is_refused_by(actor: Actor, transfer: Transfer) -> bool:
    rows = Transfer.objects.filter(pk=transfer.pk, state=TransferState.REFUSED, decided_by__isnull=False)
    return actor.person_id is not None and rows.filter(decided_by=actor.person_id).exists()


def _require_everybody(case: Case, transfer: Transfer) -> None:
    """Nobody is handed over whom nobody was asked about."""
    people = set(case.parties.filter(role=PartyRole.VICTIM, erased_at=None).values_list("pk", flat=True))
    if not people or people - set(transfer.grounds.values_list("party_id", flat=True)):
        message = _("The case has changed since you were asked. Tell the group to take it back and ask you again.")
        raise Conflict("asked_anew", message=message)


def _helping(case: Case, now: datetime) -> set[UUID]:
    rows = Assignment.objects.filter(case=case, ended_at=None).values_list("person__user_id", flat=True)
    return {key for key in rows if key} & told_of_case(case, ("companion",), now)


def _thank(actor: Actor, case: Case, accounts: set[UUID], now: datetime) -> None:
    if not accounts:
        return
    try:
        send_notice(actor, kind=HANDED_OVER, about=case.ref, recipients=sorted(accounts), now=now)
    except Invalid:
        return  # none of them has an open account
