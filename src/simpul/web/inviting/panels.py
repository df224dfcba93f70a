"""Invitations as their page shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.activities.models import Event, Invitation
from simpul.activities.queries.invitations import invitations_for
from simpul.activities.states import EventState
from simpul.kernel.actor import Actor
from simpul.web.components import Text, Tone


@dataclass(frozen=True, slots=True)
class Invited:
    """`by_name`: somebody, not an organisation; they are sent a letter anew."""

    key: UUID
    name: str
    about: str
    reach: str
    answer: Text
    tone: Tone
    waits: bool
    by_name: bool
    asked_at: datetime


def invited(actor: Actor, event: Event, *, now: datetime) -> dict[str, Any]:
    """Those that wait first. Two queries."""
    rows = [_row(row) for row in invitations_for(actor, event)]
    waiting = [row for row in rows if row.waits]
    return {
        "rows": [*waiting, *(row for row in rows if not row.waits)],
        "waiting": len(waiting),
        "announced": event.state is EventState.PUBLISHED and event.starts_at > now,
        "remindable": any(not row.by_name for row in waiting),
    }


def _row(row: Invitation) -> Invited:
    answer, tone = _answer(row)
    return Invited(
        key=row.pk,
        name=row.organisation.name if row.organisation else str(row.name.open()) if row.name else "",
        about=row.office,
        reach=str(row.reach.open()) if row.reach else "",
        answer=answer,
        tone=tone,
        waits=not answer,
        by_name=row.organisation is None,
        asked_at=row.reminded_at or row.invited_at,
    )


def _answer(row: Invitation) -> tuple[Text, Tone]:
    if getattr(row, "is_registered", False):
        return _("comes"), Tone.OK
    return (_("does not come"), Tone.IDLE) if row.declined_at else ("", Tone.WARN)
