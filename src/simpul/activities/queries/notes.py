"""The notes of a meeting, for those who receive people there."""

from uuid import UUID

from simpul.activities.models import Event, MeetingNote
from simpul.activities.rules.events import require_receiver
from simpul.activities.rules.participants import participants_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def notes_of(actor: Actor, event: Event) -> list[MeetingNote]:
    """Of all its sessions, in the order in which they were written. NotFound, Denied("attendance.record")."""
    require_receiver(actor, event)
    rows = MeetingNote.objects.filter(session__event=event).select_related("session__event")
    return list(rows.order_by("noted_at", "id"))


def note_for(actor: Actor, note_id: UUID) -> MeetingNote:
    """With its session and event. NotFound."""
    rows = MeetingNote.objects.filter(participants_visible_to(actor, "session__event__"), pk=note_id)
    found = rows.select_related("session__event__owner_organisation").first()
    if found is None:
        raise NotFound("activities.meetingnote", note_id)
    return found
