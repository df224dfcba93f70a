"""Action points in words: whose, until when, how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.models import ActionPoint, ActionState
from simpul.kernel.time import local_date
from simpul.web import formats
from simpul.web.activities.rows import titled
from simpul.web.components import Text, Tone

MOST: Final = 60
TONES: Final = {
    ActionState.OPEN: Tone.INFO,
    ActionState.OVERDUE: Tone.BAD,
    ActionState.DONE: Tone.OK,
    ActionState.DROPPED: Tone.IDLE,
}


@dataclass(frozen=True, slots=True)
class ActionRow:
    key: UUID
    words: str
    owner: str
    due: str
    first_due: str  # "" where it was never moved
    state: Text
    tone: Tone
    is_open: bool
    event: str
    event_on: str
    outcome: str
    href: str


def owner_of(point: ActionPoint) -> str:
    """A person by name, else their organisation, else the name that was written down."""
    if point.person is not None:
        return point.person.name
    if point.organisation is not None:
        return point.organisation.name
    return str(point.owner_name.open()) if point.owner_name else str(_("nobody any more"))


def action_rows(points: Iterable[ActionPoint], now: datetime) -> Sequence[ActionRow]:
    language = get_language() or "id"
    return [_row(point, now, language) for point in points]


def _row(point: ActionPoint, now: datetime, language: str) -> ActionRow:
    event = point.event
    state = point.state_on(local_date(now, event.clock))
    moved = point.first_due_on != point.due_on
    return ActionRow(
        key=point.pk,
        words=point.words,
        owner=owner_of(point),
        due=formats.day(point.due_on, language=language),
        first_due=formats.day(point.first_due_on, language=language) if moved else "",
        state=state.label,
        tone=TONES[state],
        is_open=point.is_open,
        event=titled(event, language),
        event_on=formats.day(event.starts_on, language=language),
        outcome=point.outcome,
        href=reverse("outcomes:action", args=[point.pk]),
    )
