"""Who was there, and how many of what description."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from simpul.activities.models import Attendance, Event, HeadCount, Participant, Session
from simpul.activities.rules.events import require_receiver
from simpul.kernel.actor import Actor

DIMENSIONS: Final = ("sex", "age_band", "disability", "stakeholder", "area")
_COLUMNS: Final = {name: f"{name}_id" if name == "area" else name for name in DIMENSIONS}


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one event, each counted once however many sessions they were at.

    `by` is dimension -> code -> people; "" is not known. Each dimension sums to `people`. `sessions` counts each
    session by itself, and must not be added up.
    """

    people: int
    registered: int
    came_unannounced: int
    by: dict[str, dict[str, int]]
    sessions: dict[UUID, int] = field(default_factory=dict)


def attendance_of(actor: Actor, session: Session) -> QuerySet[Attendance]:
    """In the order of their being noted, for who receives people. NotFound, Denied("attendance.record")."""
    require_receiver(actor, session.event)
    rows = Attendance.objects.filter(session=session, undone_at=None)
    return rows.select_related("participant__organisation", "participant__area", "participant__registration")


@dataclass(frozen=True, slots=True)
class Expected:
    """`here` is their attendance at the session, None where they have not come."""

    participant: Participant
    here: Attendance | None


def door_list(actor: Actor, session: Session) -> list[Expected]:
    """Everybody of the event who has not withdrawn, in the order in which they became known; in two statements. For
    who receives people there.
    """
    require_receiver(actor, session.event)
    rows = Participant.objects.filter(event=session.event_id, erased_at=None)
    rows = rows.filter(Q(registration=None) | Q(registration__withdrawn_at=None, registration__lapsed_at=None))
    noted = Attendance.objects.filter(session=session, undone_at=None)
    here = {row.participant_id: row for row in noted}
    found = rows.select_related("organisation", "registration").order_by("recorded_at", "id")
    return [Expected(row, here.get(row.pk)) for row in found]


def tally_for(actor: Actor, event: Event) -> Tally:
    """For who receives people: a small event's table could tell of somebody."""
    require_receiver(actor, event)
    return tally(event)


def tally(event: Event) -> Tally:
    """Without asking who reads it: for facts, and for what was asked already.

    Of heads that were counted session by session nobody knows who was at two: the fullest session stands for the event.
    """
    came = Participant.objects.filter(event=event, attendances__undone_at=None, attendances__isnull=False).distinct()
    sessions = Counter(_named_at(event)) + Counter(_heads_at(event))
    fullest = max(_heads_at(event).items(), key=lambda pair: (pair[1], str(pair[0])), default=(None, 0))[0]
    by: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    for name, column in _COLUMNS.items():
        rows = Participant.objects.filter(pk__in=came.values("pk")).order_by().values_list(column)
        _add(by[name], rows.annotate(n=Count("pk")))
        heads = HeadCount.objects.filter(session=fullest, superseded_at=None).order_by().values_list(column)
        _add(by[name], heads.annotate(n=Sum("number")))
    return Tally(
        people=sum(by["sex"].values()),
        registered=event.registrations.filter(withdrawn_at=None, lapsed_at=None).count(),
        came_unannounced=came.filter(registration=None).count(),
        by={name: dict(sorted(counts.items())) for name, counts in by.items()},
        sessions=dict(sessions),
    )


def _named_at(event: Event) -> dict[UUID, int]:
    rows = Attendance.objects.filter(session__event=event, undone_at=None).order_by().values_list("session_id")
    return dict(rows.annotate(n=Count("pk")))


def _heads_at(event: Event) -> dict[UUID, int]:
    rows = HeadCount.objects.filter(session__event=event, superseded_at=None).order_by().values_list("session_id")
    return dict(rows.annotate(n=Sum("number")))


def _add(counter: "Counter[str]", rows: Iterable[tuple[str | None, int]]) -> None:
    for code, number in rows:
        counter[code or ""] += number
