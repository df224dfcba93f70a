"""What every act of handing a case over begins and ends with, in the caller's transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Party, Transfer
from simpul.cases.referral_fields import SharedField
from simpul.cases.transfer_kinds import CLOCK, LONGEST, OPEN_TRANSFERS, TransferState
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.text import fold_words
from simpul.notices.services.sending import send_notice

# What says whether they can help, and not who it is: no name, number, address or story before they have taken it.
TOLD_BEFORE: Final = (SharedField.TYPES, SharedField.AGE, SharedField.SEX, SharedField.DISABILITY)


def held_transfer(transfer_id: UUID) -> Transfer:
    """The row as it is now, ours until the transaction ends. Whoever holds it holds its case already: it is there."""
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("to_organisation", "from_organisation")
    return rows.get(pk=transfer_id)


def require_open(transfer: Transfer, states: Collection[str]) -> None:
    """Conflict("moved_on")."""
    if transfer.state not in states:
        message = _("This has been answered or taken back in the meantime: look at it again.")
        raise Conflict("moved_on", message=message, theirs={"state": str(transfer.state)})


def decide(actor: Actor, transfer: Transfer, state: TransferState, *, words: str = "", now: datetime) -> None:
    """How it ended; the time for an answer ends with it."""
    transfer.state, transfer.decided_at, transfer.decided_by_id = state, now, actor.person_id
    transfer.words = words or None
    transfer.save(update_fields=["state", "decided_at", "decided_by", "words"])
    if clock := running_clock(transfer.ref, CLOCK):
        stop_clock(actor, clock, decision=str(state.value), now=now)


def revoke_open(actor: Actor, case: Case, *, now: datetime) -> None:
    """What ended meanwhile is not handed over any more."""
    for transfer in case.transfers.select_for_update(of=("self",)).filter(state__in=OPEN_TRANSFERS):
        decide(actor, transfer, TransferState.REVOKED, now=now)


def check_words(summary: str, reason: str, fields: Collection[str]) -> tuple[str, str]:
    """Invalid("summary" | "reason" | "too_long" | "fields")."""
    found = []
    for field, typed in (("summary", summary), ("reason", reason)):
        words = typed.strip()
        if not words:
            raise Invalid(field, field, message=_("Write a few words about it."))
        if len(words) > LONGEST:
            raise Invalid("too_long", field, message=_("Write this shorter."))
        found.append(words)
    if set(fields) - set(TOLD_BEFORE):
        raise Invalid("fields", "fields", message=_("Choose from the list what they may see."))
    return found[0], found[1]


def check_nameless(summary: str, people: Iterable[Party]) -> None:
    """Invalid("named") where a name of somebody in the case, or a long number, stands in what others read first."""
    said = f" {fold_words(summary)} "
    names = {fold_words(held.open()) for party in people for held in (party.name, party.alias) if held}
    digits = sum(character.isdigit() for character in summary)
    if digits >= 10 or any(f" {name} " in said for name in names if name):
        message = _("Leave out names and numbers here: they are read before the case is taken over.")
        raise Invalid("named", "summary", message=message)


def tell(actor: Actor, kind: str, transfer: Transfer, accounts: Collection[UUID], *, now: datetime) -> int:
    """How many were told; where none of them has an open account, the list of what waits shows it."""
    if not accounts:
        return 0
    try:
        send_notice(actor, kind=kind, about=transfer.ref, recipients=sorted(accounts), now=now)
    except Invalid:
        return 0
    return len(accounts)
