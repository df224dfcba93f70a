"""The list of those who registered, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from simpul.activities.models import Event, Registration
from simpul.activities.queries.answers import answers_of, questions_asked
from simpul.activities.queries.registrations import registrations_for, to_be_called
from simpul.activities.queries.seats import seats_of
from simpul.activities.services.reminders import BEFORE
from simpul.activities.states import EventState, SeatState
from simpul.kernel.actor import Actor
from simpul.web.activities.arrivals import from_of, name_of
from simpul.web.components import Text, Tone
from simpul.web.inviting.tables import answered

PAGE: Final = 50
MOST_CALLS: Final = 30
TONES: Final = {
    SeatState.SEATED: Tone.OK,
    SeatState.OFFERED: Tone.WARN,
    SeatState.WAITING: Tone.INFO,
    SeatState.LAPSED: Tone.IDLE,
    SeatState.WITHDRAWN: Tone.IDLE,
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """`reach` is a number or an address, "" for who gave none or was forgotten."""

    key: UUID
    name: str
    from_: str
    reach: str
    needs: str
    state: Text
    tone: Tone
    live: bool
    answers: Sequence[tuple[str, object]] = ()


def enrolled(actor: Actor, event: Event, *, after: str, now: datetime) -> dict[str, Any]:
    """A page in the order of the line, seats in a sentence, and whom nobody could tell. Six queries."""
    rows = _after(registrations_for(actor, event), after)
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    questions, said = questions_asked(event), answers_of([row.participant_id for row in found])
    calls = list(to_be_called(actor, event)[:MOST_CALLS])
    soon = event.state is EventState.PUBLISHED and now < event.starts_at <= now + BEFORE
    return {
        "rows": [_row(row, answered(questions, said.get(row.participant_id, {}))) for row in found[:PAGE]],
        "older": f"?setelah={last.queued_at.isoformat().replace('+', '%2B')}_{last.pk}" if last else "",
        "seats": seats_of(event, now=now),
        "calls": [(row, name_of(row.registration.participant), _reach(row.registration)) for row in calls],
        "soon": soon,
    }


def _after(rows: Any, mark: str) -> Any:
    instant, _between, key = mark.partition("_")
    try:
        when, pk = datetime.fromisoformat(instant), UUID(key)
    except ValueError:
        return rows
    return rows.filter(Q(queued_at__gt=when) | Q(queued_at=when, pk__gt=pk)) if when.tzinfo else rows


def _row(row: Registration, answers: Sequence[tuple[str, object]]) -> Enrolled:
    person = row.participant
    state = row.state
    needs = person.needs.open() if person.needs else ""
    live = state in {SeatState.SEATED, SeatState.WAITING, SeatState.OFFERED}
    return Enrolled(
        row.pk, name_of(person), from_of(person), _reach(row), needs, state.label, TONES[state], live, answers
    )


def _reach(row: Registration) -> str:
    person = row.participant
    return " · ".join(str(sealed.open()) for sealed in (person.phone, person.email) if sealed)
