"""Who was there, and how many of what description."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from simpul.activities.models import Attendance, Event, HeadCount, Participant, Registration, Session
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
    sessions, heads = Counter(_named_at(event)), _heads(event)
    heads_at = {key: sum(number for _codes, number in rows) for key, rows in heads.items()}
    fullest = max(heads_at.items(), key=lambda pair: (pair[1], str(pair[0])), default=(None, 0))[0]
    by: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    unannounced = 0
    for *codes, registered, number in _came(event):
        unannounced += 0 if registered else number
        _add(by, codes, number)
    for counted, number in heads.get(fullest, ()) if fullest else ():
        _add(by, counted, number)
    return Tally(
        people=sum(by["sex"].values()),
        registered=event.registrations.filter(withdrawn_at=None, lapsed_at=None).count(),
        came_unannounced=unannounced,
        by={name: dict(sorted(counts.items())) for name, counts in by.items()},
        sessions=dict(sessions + Counter(heads_at)),
    )


def _came(event: Event) -> QuerySet[Participant, tuple[Any, ...]]:
    """How many of each description were noted, each once, and whether they had registered. One query."""
    live = Exists(Attendance.objects.filter(participant=OuterRef("pk"), undone_at=None))
    had = Exists(Registration.objects.filter(participant=OuterRef("pk")))
    rows = Participant.objects.filter(live, event=event).annotate(had=had).order_by()
    return rows.values_list(*_COLUMNS.values(), "had").annotate(n=Count("pk"))


def _heads(event: Event) -> dict[UUID, list[tuple[Sequence[str | None], int]]]:
    """Session -> how many of each description were counted. One query."""
    rows = HeadCount.objects.filter(session__event=event, superseded_at=None).order_by()
    found: dict[UUID, list[tuple[Sequence[str | None], int]]] = {}
    for session, *codes, number in rows.values_list("session_id", *_COLUMNS.values()).annotate(n=Sum("number")):
        found.setdefault(session, []).append((codes, number))
    return found


def _named_at(event: Event) -> dict[UUID, int]:
    rows = Attendance.objects.filter(session__event=event, undone_at=None).order_by().values_list("session_id")
    return dict(rows.annotate(n=Count("pk")))


def _add(by: dict[str, "Counter[str]"], codes: Sequence[str | None], number: int) -> None:
    for name, code in zip(DIMENSIONS, codes, strict=True):
        by[name][code or ""] += number
