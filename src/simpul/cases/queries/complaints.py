"""Complaints as the desk reads them, and as the reporter does with a receipt in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from simpul.cases.complaint_kinds import Side
from simpul.cases.complaint_receipts import digests_of
from simpul.cases.models import Complaint, ComplaintDecision, ComplaintMessage, ComplaintOutcome, ComplaintSecret
from simpul.cases.queries.heads import first_of, keys_of
from simpul.cases.rules.complaints import KIND, decided_by, led_by, shelves_of, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.people.models import Person

PAGE: Final = 25
OpenedSecret = ComplaintSecret  # by these names pages speak of them
OneComplaint = Complaint


@dataclass(frozen=True, slots=True)
class Said:
    """One message, opened."""

    side: Side
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """At most PAGE rows; `after` leads to the next ones, None at the end."""

    rows: Sequence[Complaint]
    after: UUID | None


def complaints_for(actor: Actor) -> QuerySet[Complaint]:
    """All that exist for the actor, each with `last_side`, who wrote last."""
    last = ComplaintMessage.objects.filter(complaint=OuterRef("pk")).order_by("-number").values("side")[:1]
    annotations: dict[str, Any] = {"last_side": Subquery(last)}
    return Complaint.objects.filter(visible_to(actor)).annotate(**annotations)


def complaint_for(actor: Actor, key: UUID) -> Complaint:
    """One, with decision and outcome, and whether the actor `leads` and `decides`. NotFound out of sight. One query."""
    ties = ("handler", "area", "about_group", "decision", "outcome")
    may: dict[str, Any] = {"leads": _holds(led_by(actor)), "decides": _holds(decided_by(actor))}
    found = complaints_for(actor).filter(pk=key).select_related(*ties).annotate(**may).first()
    if found is None:
        raise NotFound(KIND, key)
    return found


def _holds(rule: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(rule, output_field=BooleanField())


def unread_for(actor: Actor, *, most: int) -> QuerySet[Any, Any]:
    """The keys of those that nobody has opened yet, so many at most: each part of them an index has in order."""
    rows = Complaint.objects.filter(visible_to(actor), read_at=None, decided_at=None)
    return keys_of([rows.filter(part) for part in shelves_of(actor)], ("received_at", "id"), most)


def inbox_for(actor: Actor, *, decided: bool = False, unread: bool = False, after: UUID | None = None) -> Page:
    """What waits, the oldest first, or of it what nobody has opened; or what was decided, the latest first. Never
    counted, so as fast at a million.

    `after` is the last complaint of the page before; one out of sight begins anew.
    """
    rows = Complaint.objects.filter(visible_to(actor), decided_at__isnull=not decided)
    if unread:
        rows = rows.filter(read_at=None)
    column = "-decided_at" if decided else "received_at"
    if after and (last := rows.filter(pk=after).values_list(column.removeprefix("-"), "pk").first()):
        rows = rows.filter(_beyond(column, *last))
    shape = complaints_for(actor).select_related("area", "handler")
    parts = [rows.filter(part) for part in shelves_of(actor)]
    found = list(first_of(parts, shape, (column, "-id" if decided else "id"), PAGE + 1)[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def _beyond(column: str, value: object, key: UUID) -> Q:
    name, way = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
    return Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"pk__{way}": key})


def conversation_of(complaint: Complaint) -> list[Said]:
    """Oldest first. For who was authorised for the complaint, by rule or by receipt."""
    rows = ComplaintMessage.objects.filter(complaint=complaint).order_by("number")
    return [Said(Side(row.side), row.words.open() if row.words else "", row.written_at) for row in rows]


def decision_of(complaint: Complaint) -> ComplaintDecision | None:
    return getattr(complaint, "decision", None)


def outcome_of(complaint: Complaint) -> ComplaintOutcome | None:
    return getattr(complaint, "outcome", None)


def assigned_to(complaint: Complaint) -> list[Person]:
    """Companions who read and answer it now."""
    rows = complaint.assignments.filter(ended_at=None).select_related("person").order_by("assigned_at")
    return [row.person for row in rows]


def secret_by_receipt(receipt: str) -> ComplaintSecret:
    """What a plain receipt opens, with its complaint. NotFound for one nobody was given, or that was ended."""
    rows = ComplaintSecret.objects.filter(digest__in=digests_of(receipt), ended_at=None)
    found = rows.select_related("complaint__handler", "complaint__area").first()
    if found is None:
        raise NotFound(KIND)
    return found


def unread_by_anybody(before: datetime) -> int:
    """Complaints that came before that moment and nobody has opened, decided ones aside."""
    return Complaint.objects.filter(read_at=None, decided_at=None, received_at__lt=before).count()
