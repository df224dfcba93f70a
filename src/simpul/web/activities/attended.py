"""One's own events as their page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.activities.queries.own import OwnEvent
from simpul.activities.states import EventState, SeatState
from simpul.kernel.time import Zone, local_date
from simpul.web.activities.enrolled import TONES
from simpul.web.activities.rows import EventRow, event_rows
from simpul.web.components import Text, Tone


@dataclass(frozen=True, slots=True)
class OwnRow:
    """`until` is when an offered seat goes to the next; `number` that of a certificate."""

    key: UUID
    row: EventRow
    pill: Text
    tone: Tone
    until: datetime | None
    clock: Zone
    is_live: bool
    number: str
    is_asked: bool
    by_letter: bool


def own_rows(found: Iterable[OwnEvent], now: datetime) -> dict[str, Any]:
    """`coming` by their beginning, `been` and `missed` the latest first."""
    rows = list(found)
    over = [one for one in reversed(rows) if one.is_over]
    return {
        "coming": [_row(one, now) for one in rows if not one.is_over],
        "been": [_row(one, now) for one in over if one.was_there],
        "missed": [_row(one, now) for one in over if not one.was_there],
    }


def _row(one: OwnEvent, now: datetime) -> OwnRow:
    registration, event = one.registration, one.registration.event
    (row,) = event_rows([event], local_date(now, event.clock))
    state = registration.state
    cancelled = event.state is EventState.CANCELLED
    pill, tone = (row.pill, row.tone) if cancelled else (state.label, TONES[state])
    if one.is_over and not cancelled:
        pill, tone = (_("You were there"), Tone.OK) if one.was_there else (_("not noted there"), Tone.IDLE)
    return OwnRow(
        key=registration.pk,
        row=row,
        pill=pill,
        tone=tone,
        until=registration.offered_until if state is SeatState.OFFERED else None,
        clock=event.clock,
        is_live=state in {SeatState.SEATED, SeatState.WAITING, SeatState.OFFERED} and not (cancelled or one.is_over),
        number=one.certificate.number if one.certificate else "",
        is_asked=one.is_asked,
        by_letter=one.by_letter,
    )
