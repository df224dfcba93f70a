"""What is said at a meeting is written down, and corrected."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import NoteKind
from simpul.activities.models import MeetingNote, Session
from simpul.activities.rules.events import require_receiver
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.shapes import one_of
from simpul.records.locks import claim_version, lock_graph

LONGEST: Final = 4_000


def write_note(
    actor: Actor,
    session: Session,
    *,
    kind: str,
    text: str,
    now: datetime,
    noted_at: datetime | None = None,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> MeetingNote:
    """One paragraph. The same id is the same one. A clock that is ahead is not believed.

    Invalid("text_needed" | "too_long"), Conflict("cancelled" | "id_taken"), NotFound, Denied("attendance.record").
    """
    require_receiver(actor, session.event)
    if session.event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    row = MeetingNote(
        id=id or uuid7(),
        session=session,
        kind=one_of(NoteKind, blank=False)("kind", kind),
        text=_written(text),
        noted_at=min(noted_at or now, now),
        recorded_at=now,
        recorded_by=actor.person_id,
    )
    with transaction.atomic():
        lock_graph(f"activities.note.{row.pk}")
        if there := MeetingNote.objects.filter(pk=row.pk).first():
            if there.session_id != session.pk:
                raise Conflict(
                    "id_taken", message=_("This entry was already used for something else. Reload the page.")
                )
            return there
        row.save(force_insert=True)
        audit.record(actor, "activities.write_note", row.ref, details={"session": session.pk})
    return row


def change_note(actor: Actor, note: MeetingNote, *, seen: int, kind: str, text: str, now: datetime) -> MeetingNote:
    """`seen` is the version that was read. To what it already says it changes nothing, whatever the version.

    Conflict("edited_meanwhile") with `theirs`; else as `write_note`.
    """
    require_receiver(actor, note.session.event)
    told, said = one_of(NoteKind, blank=False)("kind", kind), _written(text)
    with transaction.atomic():
        lock_graph(f"activities.note.{note.pk}")
        there = MeetingNote.objects.get(pk=note.pk)
        if (there.kind, there.text.open()) == (told, said):
            return there
        if there.version != seen:
            message = _("Somebody changed this note meanwhile. Both are below: choose what stays.")
            raise Conflict(
                "edited_meanwhile",
                message=message,
                theirs={"kind": there.kind, "text": there.text.open(), "version": there.version},
            )
        fresh = claim_version(there, seen, {})
        fresh.kind, fresh.text, fresh.changed_at = told, said, now
        fresh.save(update_fields=["kind", "text", "changed_at"])
        audit.record(actor, "activities.change_note", fresh.ref, details={"fields": ["kind", "text"]})
    return fresh


def _written(text: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid("text_needed", "text", message=_("Write what was said."))
    if len(said) > LONGEST:
        raise Invalid("too_long", "text", message=_("This is too long for one note. Write it as two."))
    return said
