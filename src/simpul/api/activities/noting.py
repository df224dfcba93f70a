"""Minutes of an online meeting, mistakes taken back, reminders; what one said of oneself, mended or forgotten."""

from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.activities.details import Details
from simpul.activities.models import Attendance, Participant, Session
from simpul.activities.queries.events import event_for, session_for
from simpul.activities.queries.registrations import registration_by_receipt
from simpul.activities.rules.events import require_receiver
from simpul.activities.services.attendance import undo_check_in
from simpul.activities.services.participants import change_participant, erase_participant
from simpul.activities.services.presence import note_presence
from simpul.activities.services.reminders import remind
from simpul.activities.stretches import Stretch
from simpul.api.activities.attending import HeldReceipt, Somebody
from simpul.api.activities.events import router
from simpul.api.activities.inviting import HowMany
from simpul.api.activities.programme import MadeLine
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Instant, OwnKey, Sent
from simpul.kernel.errors import Invalid, NotFound

RECEIVING: Final[dict[str, Any]] = {"scopes": ("attendance:write",), "needs_token": True}


class StretchSent(Sent):
    began_at: Instant
    ended_at: Instant


class NewPresence(Sent):
    """Somebody of the list, or a name that is on no list. Stretches, or minutes where nobody knows when."""

    id: OwnKey = None
    participant: UUID | None = None
    name: str = Field("", max_length=160)
    stretches: list[StretchSent] = Field([], max_length=100)
    minutes: int | None = Field(None, ge=1, le=100_000)
    session: UUID | None = Field(None, description=prose("The report was of this session's room alone."))
    least: int = Field(1, ge=1, le=1440, description=prose("Minutes that count as having been there."))


class PresenceLine(Shape):
    participant: UUID
    is_new: bool = Field(description=prose("They were on no list."))
    stretches_added: int
    sessions_noted: int


class BecauseOf(Sent):
    reason: str = Field(max_length=200)


class ChangedSomebody(Somebody, HeldReceipt):
    """What one says of oneself, with the receipt of the registration."""


@router.post(
    "/events/{uuid:event_id}/presences",
    **told(
        prose("Note how long somebody was in the meeting"), prose("The same again adds nothing."),
        response=PresenceLine, **RECEIVING,
    ),
)  # fmt: skip
def create_presence(request: Call, event_id: UUID, sent: NewPresence) -> PresenceLine:
    event = event_for(request.actor, event_id)
    require_receiver(request.actor, event)
    done = note_presence(
        request.actor, event, stretches=_stretches(sent), minutes=sent.minutes, least=sent.least, id=sent.id,
        participant=_participant(event.pk, sent.participant), session=_room(request, event.pk, sent.session),
        details=Details(name=sent.name) if sent.name else None, now=timezone.now(),
    )  # fmt: skip
    return PresenceLine(
        participant=done.participant.pk, is_new=done.made, stretches_added=len(done.added),
        sessions_noted=len(done.noted),
    )  # fmt: skip


def _stretches(sent: NewPresence) -> list[Stretch]:
    try:
        return [Stretch(one.began_at, one.ended_at) for one in sent.stretches]
    except ValueError as error:
        raise Invalid("ends_before_start", "stretches") from error


def _participant(event_id: UUID, key: UUID | None) -> Participant | None:
    if key is None:
        return None
    found = Participant.objects.filter(event=event_id, pk=key).first()
    if found is None:
        raise NotFound("activities.participant", key)
    return found


def _room(call: Call, event_id: UUID, key: UUID | None) -> Session | None:
    if key is None:
        return None
    found = session_for(call.actor, key)
    if found.event_id != event_id:
        raise NotFound("activities.session", key)
    return found


@router.post(
    "/check-ins/{uuid:check_in_id}/undo",
    **told(prose("Take back that somebody came"), prose("The reason is kept."), response=MadeLine, **RECEIVING),
)
def undo_noted(request: Call, check_in_id: UUID, sent: BecauseOf) -> MadeLine:
    row = Attendance.objects.filter(pk=check_in_id).select_related("session__event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.attendance", check_in_id)
    return MadeLine(id=undo_check_in(request.actor, row, reason=sent.reason, now=timezone.now()).pk)


@router.post(
    "/events/{uuid:event_id}/reminders",
    **told(prose("Remind who has a seat"), prose("In the last day and a half, once."), response=HowMany, **RECEIVING),
)
def remind_registered(request: Call, event_id: UUID) -> HowMany:
    return HowMany(number=remind(request.actor, event_for(request.actor, event_id), now=timezone.now()))


@router.post(
    "/registrations/change",
    **told(prose("Change what one said"), prose("For who holds the receipt."), response=MadeLine),
)
def change_registered(request: Call, sent: ChangedSomebody) -> MadeLine:
    row = registration_by_receipt(sent.receipt)
    change_participant(
        request.actor, row.participant, details=sent.details(request), receipt=sent.receipt, now=timezone.now()
    )
    return MadeLine(id=row.pk)


@router.post(
    "/registrations/erase",
    **told(prose("Forget who registered"), prose("For who holds the receipt."), response=MadeLine),
)
def erase_registered(request: Call, sent: HeldReceipt) -> MadeLine:
    row = registration_by_receipt(sent.receipt)
    erase_participant(request.actor, row.participant, receipt=sent.receipt, now=timezone.now())
    return MadeLine(id=row.pk)
