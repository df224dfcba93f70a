"""What is said at a meeting: the notes taken there, and the minutes (*notulensi*) made of them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.activities.kinds import NoteKind
from simpul.activities.models import MeetingNote, Minutes
from simpul.activities.queries.events import event_for, session_for
from simpul.activities.queries.minutes import minutes_of
from simpul.activities.queries.notes import note_for, notes_of
from simpul.activities.services.minutes import LONGEST, MOST_DECISIONS, MOST_SIGNERS, write_minutes
from simpul.activities.services.notes import LONGEST as LONGEST_NOTE
from simpul.activities.services.notes import change_note, write_note
from simpul.api.activities.promising import WRITING, router
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Instant, OwnKey, Sent

RECEIVING: Final[dict[str, Any]] = {"scopes": ("attendance:write",), "needs_token": True}


class MinutesSigner(Sent):
    name: str = Field(max_length=160)
    office: str = Field("", max_length=120)


class MinutesText(Sent):
    """All of the minutes. Nothing about a single case, and no names of people in trouble."""

    number: str = Field("", max_length=60, description=prose("The host's own number of the letter."))
    led_by: str = Field("", max_length=160)
    written_by: str = Field("", max_length=160)
    agenda: str = Field("", max_length=LONGEST)
    discussion: str = Field("", max_length=LONGEST)
    decisions: list[str] = Field([], max_length=MOST_DECISIONS)
    signers: list[MinutesSigner] = Field(
        [], max_length=MOST_SIGNERS, description=prose("Who signs the official record beside these two.")
    )


class MinutesFull(Shape):
    """Its ETag names the version you change; of minutes that nobody has written it is version 0."""

    event: UUID
    number: str
    led_by: str
    written_by: str
    agenda: str
    discussion: str
    decisions: list[str]
    signers: list[MinutesSigner]
    changed_at: datetime | None


class NewMeetingNote(Sent):
    id: OwnKey = None
    kind: NoteKind
    text: str = Field(max_length=LONGEST_NOTE)
    noted_at: Instant | None = Field(None, description=prose("When it was written, without a connection perhaps."))


class ChangedMeetingNote(Sent):
    kind: NoteKind
    text: str = Field(max_length=LONGEST_NOTE)


class MeetingNoteLine(Shape):
    id: UUID
    session: UUID
    kind: NoteKind
    text: str
    noted_at: datetime
    changed_at: datetime | None
    version: int = Field(description=prose("As the ETag of the note names it."))


@router.get(
    "/events/{uuid:event_id}/minutes",
    **told(prose("Read the minutes"), prose("For who keeps the event."), response=MinutesFull, **WRITING),
)
def read_minutes(request: Call, event_id: UUID) -> MinutesFull:
    return _minutes(request, event_id)


@router.put(
    "/events/{uuid:event_id}/minutes",
    **told(
        prose("Write the minutes"), prose("All of them: what is left out is empty."), response=MinutesFull,
        versioned=True, **WRITING,
    ),
)  # fmt: skip
def replace_minutes(request: Call, event_id: UUID, sent: MinutesText) -> MinutesFull:
    event = event_for(request.actor, event_id)
    said = {**dict(sent), "signers": [(one.name, one.office) for one in sent.signers]}
    write_minutes(request.actor, event, seen=seen_version(request), **said, now=timezone.now())
    return _minutes(request, event_id)


def _minutes(call: Call, event_id: UUID) -> MinutesFull:
    event = event_for(call.actor, event_id)
    row = minutes_of(call.actor, event) or Minutes(event=event, version=0)
    call.version = row.version
    signers = row.signers.open() if row.signers else []
    return MinutesFull(
        event=event.pk, number=row.number, led_by=_open(row.led_by), written_by=_open(row.written_by),
        agenda=row.agenda, discussion=row.discussion, decisions=row.decisions,
        signers=[MinutesSigner(name=name, office=office) for name, office in signers], changed_at=row.changed_at,
    )  # fmt: skip


def _open(sealed: Any) -> str:
    return str(sealed.open()) if sealed is not None else ""


@router.get(
    "/events/{uuid:event_id}/meeting-notes",
    **told(
        prose("Notes of a meeting"), prose("For who receives people there, in the order in which they were written."),
        response=list[MeetingNoteLine], **RECEIVING,
    ),
)  # fmt: skip
def list_meeting_notes(request: Call, event_id: UUID) -> list[MeetingNoteLine]:
    return [_note(row) for row in notes_of(request.actor, event_for(request.actor, event_id))]


@router.post(
    "/sessions/{uuid:session_id}/meeting-notes",
    **told(
        prose("Note what is said"), prose("A paragraph at a time."), response=MeetingNoteLine, status=201, **RECEIVING
    ),
)
def create_meeting_note(request: Call, session_id: UUID, sent: NewMeetingNote) -> MeetingNoteLine:
    row = write_note(
        request.actor, session_for(request.actor, session_id), kind=sent.kind, text=sent.text, noted_at=sent.noted_at,
        id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.version = row.version
    return _note(row)


@router.put(
    "/meeting-notes/{uuid:note_id}",
    **told(
        prose("Correct a note"), prose("Where somebody was faster, both are in the answer."), response=MeetingNoteLine,
        versioned=True, **RECEIVING,
    ),
)  # fmt: skip
def replace_meeting_note(request: Call, note_id: UUID, sent: ChangedMeetingNote) -> MeetingNoteLine:
    row = note_for(request.actor, note_id)
    done = change_note(
        request.actor, row, seen=seen_version(request), kind=sent.kind, text=sent.text, now=timezone.now()
    )
    request.version = done.version
    return _note(done)


def _note(row: MeetingNote) -> MeetingNoteLine:
    return MeetingNoteLine(
        id=row.pk, session=row.session_id, kind=NoteKind(row.kind), text=row.text.open(), noted_at=row.noted_at,
        changed_at=row.changed_at, version=row.version,
    )  # fmt: skip
