"""People reached, each counted once over all events and organisers, by sex, age band and disability.

Whoever left a name with a way to be reached, the same at two events, is one learner. Whoever left none is counted for
each event, and `unidentified` says how many those are: the true number lies between `people - unidentified` and
`people`. Heads at sensitive events are counted apart.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Sum, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from simpul.activities.facts.events import held_events
from simpul.activities.facts.forums import known_attendance
from simpul.activities.kinds import DISABLED, LEARNING, EventKind
from simpul.activities.models import Event, HeadCount, Participant
from simpul.activities.rules.events import visible_to
from simpul.kernel.actor import Anonymous
from simpul.kernel.time import Period
from simpul.organisations.models import Organisation
from simpul.records.models import known_at

ALL: Final = Q()
DIMENSIONS: Final = ("sex", "age_band", "disability")


@dataclass(frozen=True, slots=True)
class Reach:
    """`by` is dimension -> code -> people; "" is not known. Each dimension sums to `people`.

    `disabled` are those that said they have a disability; `heads` were counted without names, not among `people`.
    """

    people: int
    unidentified: int
    disabled: int
    heads: int
    by: dict[str, dict[str, int]]


def learners(
    *,
    period: Period | None = None,
    as_of: datetime | None = None,
    area_code: str | None = None,
    organisations: Collection[UUID] | None = None,
    kinds: Collection[str] = tuple(sorted(LEARNING)),
    seen: Q = ALL,
) -> QuerySet[Participant]:
    """One row for each learner: as they were at the last event they came to. `organisations` narrow to their events,
    `seen` to those that somebody may know of.
    """
    return learners_at(_events(period, as_of, area_code, organisations, kinds, seen), as_of=as_of)


def learners_at(events: QuerySet[Event], *, as_of: datetime | None = None) -> QuerySet[Participant]:
    """As `learners`, of these events. `key` is the same for the same learner."""
    rows = participations(events, as_of=as_of)
    turn = Window(RowNumber(), partition_by=[F("key")], order_by=[F("event__starts_at").desc(), F("id").desc()])
    return rows.annotate(turn=turn).filter(turn=1)


def participations(events: QuerySet[Event], *, as_of: datetime | None = None) -> QuerySet[Participant]:
    """One row for each learner and event; count `key` distinctly."""
    came = known_attendance(as_of).filter(session__event__in=events.values("pk"))
    key = Coalesce("learner_index", Cast("person_id", CharField()), Cast("id", CharField()), output_field=CharField())
    return Participant.objects.filter(pk__in=came.values("participant_id")).annotate(key=key)


def reach(
    *,
    period: Period | None = None,
    as_of: datetime | None = None,
    area_code: str | None = None,
    organisations: Collection[UUID] | None = None,
    kinds: Collection[str] = tuple(sorted(LEARNING)),
    seen: Q = ALL,
) -> Reach:
    """As `learners`, counted."""
    events = _events(period, as_of, area_code, organisations, kinds, seen)
    found = learners(
        period=period, as_of=as_of, area_code=area_code, organisations=organisations, kinds=kinds, seen=seen
    )
    rows = list(found.values_list("sex", "age_band", "disability", "learner_index", "person_id"))
    by: dict[str, dict[str, int]] = {name: {} for name in DIMENSIONS}
    for row in rows:
        for name, code in zip(DIMENSIONS, row[:3], strict=True):
            by[name][code] = by[name].get(code, 0) + 1
    return Reach(
        people=len(rows),
        unidentified=sum(row[3] is None and row[4] is None for row in rows),
        disabled=sum(row[2] in DISABLED for row in rows),
        heads=_heads(events, as_of),
        by={name: dict(sorted(counts.items())) for name, counts in by.items()},
    )


def learning_reach(*, period: Period | None = None, as_of: datetime | None = None) -> Reach:
    """Of the events that everybody may know of."""
    return reach(period=period, as_of=as_of, seen=visible_to(Anonymous()))


def _events(  # noqa: PLR0917 - what a question narrows by, in one order
    period: Period | None,
    as_of: datetime | None,
    area_code: str | None,
    organisations: Collection[UUID] | None,
    kinds: Collection[str],
    seen: Q,
) -> QuerySet[Event]:
    events = held_events(period=period, as_of=as_of, area_code=area_code).filter(seen, kind__in=kinds)
    return events if organisations is None else events.filter(owner_organisation__in=organisations)


def _heads(events: QuerySet[Event], as_of: datetime | None) -> int:
    """Of each event its fullest session: who was at two of them nobody knows."""
    rows = HeadCount.objects.filter(known_at(as_of), session__event__in=events.values("pk")).order_by()
    by_session = rows.values_list("session__event_id", "session_id").annotate(n=Sum("number"))
    fullest: dict[UUID, int] = {}
    for event_id, _session, number in by_session:
        fullest[event_id] = max(fullest.get(event_id, 0), number)
    return sum(fullest.values())


def trained_organisations(
    course: str, *, period: Period | None = None, as_of: datetime | None = None
) -> QuerySet[Organisation]:
    """Whose people came to a training of this course, each once."""
    events = held_events(period=period, as_of=as_of).filter(course=course).exclude(kind=EventKind.CASE_CONFERENCE)
    came = known_attendance(as_of).filter(session__event__in=events.values("pk"))
    return Organisation.objects.filter(pk__in=came.values("participant__organisation_id"))
