"""Lists of people for a mobile service, and counts of outreach, as the actor may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from simpul.cases.likeness import normal_nik
from simpul.cases.models import OutreachCount, QueueDocument, QueueEntry, QueueTicket
from simpul.cases.rules.tickets import TICKET, kept_visible_to, standing_entry
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.vault.blind import blind_match

__all__ = ["OutreachCount", "QueueEntry", "QueueTicket"]

Mark = tuple[date, UUID]
PAGE = 30


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are on a list, for how many papers, and how many of these were told of."""

    people: int
    papers: int
    settled: int


def tickets_for(actor: Actor, *, after: Mark | None = None, limit: int = PAGE) -> list[QueueTicket]:
    """The newest day first; at most `limit + 1`: the last one tells that there are more."""
    rows = QueueTicket.objects.filter(kept_visible_to(actor)).select_related("area", "provider")
    return list(_beyond(rows, "service_on", after)[: limit + 1])


def tallies_of(tickets: Sequence[QueueTicket]) -> dict[UUID, Tally]:
    """For lists the reader was given. One query."""
    on_list = Q(entries__removed_at=None)
    rows = QueueTicket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).annotate(
        people=Count("entries", filter=on_list, distinct=True),
        papers=Count("entries__documents", filter=on_list, distinct=True),
        settled=Count("entries__documents", filter=on_list & ~Q(entries__documents__result=""), distinct=True),
    )
    return {row.pk: Tally(row.people, row.papers, row.settled) for row in rows}


def ticket_for(actor: Actor, ticket_id: UUID) -> QueueTicket:
    """NotFound for one out of sight."""
    rows = QueueTicket.objects.filter(kept_visible_to(actor), pk=ticket_id)
    found = rows.select_related("area", "provider", "owner_organisation").first()
    if found is None:
        raise NotFound(TICKET, ticket_id)
    return found


def entries_of(actor: Actor, ticket: QueueTicket) -> QuerySet[QueueEntry]:
    """By number, with their papers; nothing where the list is out of sight."""
    seen = QueueTicket.objects.filter(kept_visible_to(actor), pk=ticket.pk)
    rows = QueueEntry.objects.filter(ticket__in=seen, removed_at=None)
    return rows.prefetch_related("documents").order_by("number")


def entry_for(actor: Actor, entry_id: UUID) -> QueueEntry:
    """NotFound for one out of sight or taken off the list."""
    return standing_entry(actor, entry_id)


def listed_with(actor: Actor, organisation: Organisation, nik: str) -> QuerySet[QueueEntry]:
    """Where somebody with that NIK stands on lists of the group, the newest first; nobody for what is no NIK."""
    if not normal_nik(nik):
        return QueueEntry.objects.none()
    seen = QueueTicket.objects.filter(kept_visible_to(actor), owner_organisation=organisation)
    rows = QueueEntry.objects.filter(blind_match(QueueEntry, "nik", nik), ticket__in=seen)
    return rows.select_related("ticket__area").order_by("-id")


def papers_of(actor: Actor, entry: QueueEntry) -> QuerySet[QueueDocument]:
    seen = QueueTicket.objects.filter(kept_visible_to(actor), pk=entry.ticket_id)
    return QueueDocument.objects.filter(entry=entry, entry__ticket__in=seen).order_by("kind")


def outreach_for(actor: Actor, *, after: Mark | None = None, limit: int = PAGE) -> list[OutreachCount]:
    """What stands, the newest day first; at most `limit + 1`."""
    rows = OutreachCount.objects.filter(kept_visible_to(actor), withdrawn_at=None).select_related("area")
    return list(_beyond(rows, "held_on", after)[: limit + 1])


def outreach_event_for(actor: Actor, event_id: UUID) -> OutreachCount:
    """NotFound for one out of sight."""
    found = OutreachCount.objects.filter(kept_visible_to(actor), pk=event_id).first()
    if found is None:
        raise NotFound("cases.outreachcount", event_id)
    return found


def _beyond(rows: QuerySet[Any], day: str, after: Mark | None) -> QuerySet[Any]:
    ordered = rows.order_by(F(day).desc(), "-id")
    if after is None:
        return ordered
    return ordered.filter(Q(**{f"{day}__lt": after[0]}) | Q(**{day: after[0], "pk__lt": after[1]}))
