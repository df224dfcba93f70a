"""What each kind of record becomes, and when it clashes with what stands here.

A handler takes the session with its event, raises what the service raises, and Conflict with `theirs` where a person
has to decide. `theirs["same"]` and `theirs["seen"]` are what a decision names; the rest is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.details import Details
from simpul.activities.kinds import How
from simpul.activities.models import Attendance, MeetingNote, Participant, Session
from simpul.activities.queries.door import called_the_same, shown_participant, taken_back_since
from simpul.activities.rules.events import require_receiver
from simpul.activities.services.attendance import CheckIn, check_in, walk_in
from simpul.activities.services.notes import change_note, write_note
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, NotFound
from simpul.kernel.text import fold
from simpul.offline.models import Delivery, Kind
from simpul.offline.records import Sent
from simpul.records.locks import lock_graph
from simpul.territory.models import Area, AreaKind
from simpul.territory.queries import search_areas

DOOR: Final = 40


@dataclass(frozen=True, slots=True)
class Done:
    """`was_there`: somebody had noted it before. `said` is a word to whoever wrote it, where something was left out;
    `version` that of a note.
    """

    target: UUID
    was_there: bool
    name: str = ""
    said: str = ""
    version: int = 0


def handle(actor: Actor, session: Session, sent: Sent, *, now: datetime) -> Done:
    """In the caller's transaction."""
    return _HANDLERS[sent.kind](actor, session, sent, now)


def _arrival(actor: Actor, session: Session, sent: Sent, now: datetime) -> Done:
    require_receiver(actor, session.event)
    person = _found(session, sent)
    _refuse_taken_back(session, person, sent)
    shown = sent.text("code") != ""
    done = check_in(
        actor, session, participant=person, how=How.QR if shown else How.SEARCH, arrived_at=sent.noted_at,
        door=sent.text("door")[:DOOR], id=sent.id, now=now,
    )  # fmt: skip
    return _done(done)


def _found(session: Session, sent: Sent) -> Participant:
    key = sent.key("participant")
    if key is None:
        return shown_participant(session.event, sent.text("code"))
    person = Participant.objects.filter(pk=key, event=session.event_id).first()
    if person is None:
        raise NotFound("activities.participant", key)
    return person


def _refuse_taken_back(session: Session, person: Participant, sent: Sent) -> None:
    back = None if sent.insists else taken_back_since(session, person, sent.noted_at)
    if back is None:
        return
    message = _("Meanwhile somebody took this arrival back. Decide together whether they were there.")
    theirs = {"name": _name(person), "reason": back.undone_reason, "at": back.undone_at}
    raise Conflict("taken_back", message=message, theirs=theirs)


def _stranger(actor: Actor, session: Session, sent: Sent, now: datetime) -> Done:
    """Two phones may note the same person, who is on no list: by name alone nobody can know. So a person decides."""
    require_receiver(actor, session.event)
    lock_graph(f"offline.strangers.{session.event_id}")
    if same := sent.key("same"):
        return _arrival(actor, session, replace(sent, content={"participant": str(same)}), now)
    if not sent.insists:
        _refuse_alike(session, sent)
    area, unknown = _village(sent.text("area"))
    details = Details(
        name=sent.text("name"),
        phone=sent.text("phone"),
        organisation_name=sent.text("organisation_name"),
        stakeholder=sent.text("stakeholder"),
        area=area,
        sex=sent.text("sex"),
        age_band=sent.text("age_band"),
        disability=sent.text("disability"),
    )
    done = walk_in(
        actor, session, details=details, id=sent.id, arrived_at=sent.noted_at, door=sent.text("door")[:DOOR], now=now
    )
    return _done(done, said=str(_("We know no village of that name, so it is left empty.")) if unknown else "")


def _refuse_alike(session: Session, sent: Sent) -> None:
    rows = [row for row in called_the_same(session, sent.text("name")) if row.pk != sent.id]
    if not rows:
        return
    person = rows[0]
    message = _("Somebody of this name is noted already, or registered. Is it the same person?")
    theirs = {
        "name": _name(person),
        "organisation": str(person.organisation_name.open()) if person.organisation_name else "",
        "sex": person.get_sex_display() if person.sex else "",
        "age_band": str(person.get_age_band_display()) if person.age_band else "",
        "same": person.pk,
    }
    raise Conflict("alike", message=message, theirs=theirs)


def _village(text: str) -> tuple[Area | None, bool]:
    """The village that the text means, where it means one alone; whether it meant something else."""
    if not text.strip():
        return None, False
    found = search_areas(text, kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE), limit=12)
    exact = [area for area in found if fold(area.title) == fold(text)]
    rows = exact or found
    return (rows[0], False) if len(rows) == 1 else (None, True)


def _note(actor: Actor, session: Session, sent: Sent, now: datetime) -> Done:
    """`note` is the note's own key: the first record writes it, later ones change the version they have seen."""
    require_receiver(actor, session.event)
    key = sent.key("note") or sent.id
    there = MeetingNote.objects.filter(pk=key, session=session).select_related("session__event").first()
    if there is None:
        made = write_note(
            actor, session, kind=sent.text("kind"), text=sent.text("text"), noted_at=sent.noted_at, id=key, now=now
        )
        return Done(made.pk, was_there=False, version=made.version)
    seen = sent.content.get("seen")
    changed = change_note(
        actor, there, seen=seen if isinstance(seen, int) else 0, kind=sent.text("kind"), text=sent.text("text"), now=now
    )
    return Done(changed.pk, was_there=changed.version == there.version, version=changed.version)


def standing(delivery: Delivery) -> dict[str, object]:
    """What came of a record that was delivered before, for whoever delivered it."""
    if delivery.kind == Kind.NOTE:
        note = MeetingNote.objects.filter(pk=delivery.target).first()
        return {"kind": note.get_kind_display(), "text": note.text.open()} if note else {}
    row = Attendance.objects.filter(pk=delivery.target).select_related("participant").first()
    return {"name": _name(row.participant), "at": row.arrived_at} if row else {}


def _done(done: CheckIn, said: str = "") -> Done:
    return Done(done.attendance.pk, not done.is_new, _name(done.attendance.participant), said)


def _name(person: Participant) -> str:
    return str(person.name.open()) if person.name else ""


_HANDLERS: Final[Mapping[Kind, Callable[[Actor, Session, Sent, datetime], Done]]] = {
    Kind.ARRIVAL: _arrival,
    Kind.STRANGER: _stranger,
    Kind.NOTE: _note,
}
