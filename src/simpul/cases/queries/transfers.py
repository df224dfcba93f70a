"""Cases to be handed over, as the group that keeps them sees it and as whoever is asked does; what was handed on."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from simpul.cases.models import Case, Party, Transfer, TransferGround
from simpul.cases.relations import PartyRole
from simpul.cases.rules.consents import standing_consent
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.sight import of_visible
from simpul.cases.rules.transfers import KIND, handed_on_by, offered_to, transfers_visible_to
from simpul.cases.transfer_kinds import OPEN_TRANSFERS
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound

__all__ = [
    "Transfer",
    "TransferGround",
    "handed_on_for",
    "offer_for",
    "offers_for",
    "open_transfer_of",
    "told_of",
    "transfer_for",
    "transfers_waiting_for",
    "unasked_of",
]

_WITH = ("case__area", "case__owner_organisation", "from_organisation", "to_organisation", "made_by")


def open_transfer_of(actor: Actor, case: Case, *, now: datetime) -> Transfer | None:
    """The one that is being prepared or waits for an answer."""
    rows = case.transfers.filter(transfers_visible_to(actor, now=now), state__in=OPEN_TRANSFERS)
    return rows.select_related("to_organisation").first()


def transfer_for(actor: Actor, transfer_id: UUID, *, now: datetime) -> Transfer:
    """Of a case the actor sees. NotFound for any other, as for one that does not exist."""
    rows = Transfer.objects.filter(transfers_visible_to(actor, now=now), pk=transfer_id)
    found = rows.select_related(*_WITH).first()
    if found is None:
        raise NotFound(KIND, transfer_id)
    return found


def transfers_waiting_for(actor: Actor, *, now: datetime) -> QuerySet[Transfer]:
    """Those of the cases the actor sees that wait for another organisation, the longest first."""
    rows = Transfer.objects.filter(of_visible(actor, now=now, closed_on=None), state__in=OPEN_TRANSFERS)
    return rows.select_related("to_organisation").order_by("made_at", "id")


def offers_for(actor: Actor, *, now: datetime) -> QuerySet[Transfer]:
    """What waits for the actor's own answer, the longest first."""
    rows = Transfer.objects.filter(offered_to(actor, now=now))
    return rows.select_related("from_organisation").order_by("asked_at", "id")


def offer_for(actor: Actor, transfer_id: UUID, *, now: datetime) -> Transfer:
    """One of them, with what is told of each person before it is taken. NotFound for any other."""
    rows = Transfer.objects.filter(offered_to(actor, now=now), pk=transfer_id)
    found = rows.select_related("case__area", "from_organisation", "to_organisation").first()
    if found is None:
        raise NotFound(KIND, transfer_id)
    return found


def told_of(transfer: Transfer) -> list[TransferGround]:
    """What is told of each, of a transfer that one of these functions gave."""
    return list(transfer.grounds.select_related("legal_basis").order_by("id"))


def handed_on_for(actor: Actor) -> QuerySet[Transfer]:
    """What is left with the organisation of what it handed on, the newest first: no word of it."""
    rows = Transfer.objects.filter(handed_on_by(actor)).select_related("to_organisation")
    return rows.defer("summary", "reason", "words").order_by("-decided_at", "-id")


def unasked_of(actor: Actor, transfer: Transfer, *, purpose: str, now: datetime) -> list[Party]:
    """Whom it is about and whose consent to it is not there yet."""
    people = Party.objects.filter(parties_visible_to(actor, now=now), case=transfer.case_id, role=PartyRole.VICTIM)
    rows = people.filter(erased_at=None).select_related("case__area").order_by("recorded_at", "id")
    return [party for party in rows if standing_consent(party, purpose, now=now) is None]
