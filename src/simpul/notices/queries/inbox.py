"""One's own inbox: unread first, the newest first; pages by key, never by number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.notices import rules
from simpul.notices.models import Recipient

PAGE: Final = 20
NEWEST: Final = ("-added_at", "-id")


@dataclass(frozen=True, slots=True)
class InboxPage:
    """`after` is the last row shown, which the next page is asked with; None where there is nothing more."""

    rows: list[Recipient]
    after: UUID | None


def inbox_for(actor: Actor) -> QuerySet[Recipient]:
    """The actor's own notices."""
    return Recipient.objects.filter(rules.own(actor)).select_related("notice")


def inbox_page(actor: Actor, *, after: UUID | None = None) -> InboxPage:
    """A page of the inbox, in at most two queries (three behind the first page).

    `after` is a row of the actor's own; any other gives the first page.
    """
    mine = inbox_for(actor)
    last = mine.filter(pk=after).first() if after else None
    rows: list[Recipient] = []
    if last is None or last.opened_at is None:
        rows = list(_behind(mine.filter(opened_at=None), last)[: PAGE + 1])
    if len(rows) <= PAGE:
        read = mine.filter(opened_at__isnull=False)
        rows += _behind(read, last if last and last.opened_at else None)[: PAGE + 1 - len(rows)]
    return InboxPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _behind(rows: QuerySet[Recipient], last: Recipient | None) -> QuerySet[Recipient]:
    ordered = rows.order_by(*NEWEST)
    if last is None:
        return ordered
    return ordered.filter(Q(added_at__lt=last.added_at) | Q(added_at=last.added_at, id__lt=last.pk))


def recipient_for(actor: Actor, recipient_id: UUID) -> Recipient:
    """A notice in the actor's own inbox; NotFound for any other."""
    found = inbox_for(actor).filter(pk=recipient_id).first()
    if found is None:
        raise NotFound("notices.recipient", recipient_id)
    return found


def unread_beside(user_path: str) -> Coalesce:
    """How many notices are unread, as a column of a query over rows whose `user_path` leads to the account's id.

    It reads one short stretch of one index, so a page may ask it beside what it asks of the account anyhow.
    """
    unread = Recipient.objects.filter(user_id=OuterRef(user_path), opened_at=None).order_by()
    counted = unread.values("user_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def waiting_for(actor: Actor) -> QuerySet[Recipient]:
    """What the actor has not opened, urgent first, then the newest."""
    return inbox_for(actor).filter(opened_at=None).order_by("-notice__urgent", *NEWEST)


def opened_since(actor: Actor, since: datetime) -> int:
    """How many the actor opened since then."""
    return inbox_for(actor).filter(opened_at__gte=since).count()
