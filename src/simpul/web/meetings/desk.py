"""One report on its way into the attendance of one event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.activities.details import Details
from simpul.activities.models import Event, Participant, Session
from simpul.activities.queries.events import event_for
from simpul.activities.rules.events import require_receiver
from simpul.activities.services.presence import Stayed, note_presence, withdraw_presence
from simpul.activities.stretches import Stretch, minutes_in
from simpul.interop.likeness import Likeness, Match
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Choice, Desk, Fault, Shown, Text, Values, Written
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone
from simpul.web.meetings.clocks import instant
from simpul.web.meetings.matching import Found, Roll, is_programme, is_telephone

NOBODY: Final = UUID(int=0)
LONGEST: Final = 160


class ReportDesk(Desk):
    """Lines are people; each is compared with everybody of the event, whose names are opened once."""

    def __init__(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.event: Event = event_for(actor, UUID(str(batch.options.get("event", NOBODY))))
        require_receiver(actor, self.event)
        room, sessions = batch.options.get("session"), Session.objects.filter(event=self.event)
        self.room: Session | None = sessions.filter(pk=room).first() if room else None
        self.sessions = [self.room] if self.room else list(sessions)
        people = Participant.objects.filter(event=self.event, erased_at=None)
        self.roll = Roll(people.select_related("organisation", "registration"))

    def faults(self, values: Values) -> Iterable[Fault]:
        name = str(values.get("name") or "")
        if is_programme(name):
            yield Fault("name", "no_person", _("This is a programme that takes notes, and nobody. Leave it out."))
        elif is_telephone(name):
            message = _("This is what a telephone calls itself. Write who it was, or leave it out.")
            yield Fault("name", "no_name", message)
        try:
            stretches = self._stretches(values)
        except Unreadable as error:
            yield Fault("joined", error.code, error.message)
            return
        yield from self._too_little(values, stretches)

    def _too_little(self, values: Values, stretches: Sequence[Stretch]) -> Iterator[Fault]:
        minutes = values.get("minutes")
        if not stretches and not minutes:
            message = _("Say in which columns the times stand, or the minutes.")
            yield Fault("joined", "needed", message)
        elif not stretches and len(self.sessions) > 1:
            message = _("This event has several sessions. Read the file in once more, for one of them.")
            yield Fault("minutes", "session_needed", message)
        else:
            longest = self._longest(stretches) if stretches else minutes or 0
            if not longest:
                message = _("Nothing of it lies within the event. Is the report of this day, and of this time zone?")
                yield Fault("joined", "other_time", message)
            elif longest < _least(values):
                message = _("They were there for %(n)s minutes, which is less than what counts.") % {"n": longest}
                yield Fault("minutes", "too_short", message)

    def _longest(self, stretches: Sequence[Stretch]) -> int:
        """Minutes at the session at which they were longest."""
        return max(minutes_in(stretches, Stretch(s.starts_at, s.ends_at)) for s in self.sessions)

    def _stretches(self, values: Values) -> list[Stretch]:
        """Unreadable. Without a time of leaving somebody stayed for the minutes told, or else to the end."""
        joined, left = values.get("joined") or [], values.get("left") or []
        zone = Zone[values["zone"]] if values.get("zone") else self.event.clock
        found = []
        for place, words in enumerate(joined):
            if not words:
                continue
            began = instant(words, zone=zone, near=self.event.starts_at)
            gone = left[place] if place < len(left) else ""
            ended = instant(gone, zone=zone, near=began) if gone else self._end(values, began, alone=len(joined) == 1)
            if ended < began:  # a time without a day, after midnight
                ended += timedelta(days=1)
            if ended > began:
                found.append(Stretch(began, ended))
        return found

    def _end(self, values: Values, began: datetime, *, alone: bool) -> datetime:
        if alone and values.get("minutes"):
            return began + timedelta(minutes=int(values["minutes"]))
        return max(self.event.ends_at, began)

    def _found(self, values: Values) -> Found:
        return self.roll.find(_shown_name(values), str(values.get("email") or ""))

    def told(self, values: Values) -> Text:
        """What becomes of a line that is ready."""
        sure = self._found(values).sure
        if sure is None:
            return _("Not on the list: noted as somebody who came without registering.")
        name = str(sure.name.open()) if sure.name else ""
        return _("This is %(name)s of the list.") % {"name": name}

    def likeness(self, key: str, values: Values) -> Likeness | None:
        return None

    def known(self) -> Iterable[Likeness]:
        return ()

    def twins(self, values: Values) -> Iterable[Match]:
        """Those it may be; none where it is surely somebody, or surely nobody of the list."""
        found = self._found(values)
        return [] if found.sure else [Match(score, str(one.ref), why) for score, why, one in found.maybe]

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        known = {str(one.participant.ref): one.participant for one in self.roll.people.values()}
        return {ref: _beside(known[ref]) for ref in refs if ref in known}

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        found = self._person(values, choice)
        stretches, minutes = self._stretches(values), values.get("minutes")
        done = note_presence(
            self.actor,
            self.event,
            stretches=stretches,
            minutes=None if stretches else minutes,
            least=_least(values),
            session=self.room,
            participant=found,
            details=None if found else _details(values),
            id=uuid7_from(f"report/{row_id}", uuid7_instant(row_id)),
            now=now,
        )
        if done.made:
            self.roll.add(done.participant)
        return Written(str(done.participant.ref), _undo(done), merged=not done.made)

    def _person(self, values: Values, choice: Choice) -> Participant | None:
        if choice.decision != "merge":
            return self._found(values).sure
        known = self.roll.people.get(RecordRef.parse(choice.into).uuid)
        if known is None:
            message = _("Whoever it was to be is no longer on the list. Import this one by itself.")
            raise Conflict("twin_missing", message=message)
        return known.participant

    def undo(self, written: Written, *, now: datetime) -> None:
        key = RecordRef.parse(written.ref).uuid
        row = Participant.objects.filter(pk=key, event=self.event).select_related("event__owner_organisation").first()
        if row is None:
            return
        before = {UUID(key): minutes for key, minutes in written.undo.get("before", {}).items()}
        withdraw_presence(
            self.actor,
            row,
            made=bool(written.undo.get("made")),
            added=[UUID(key) for key in written.undo.get("added", ())],
            noted=[UUID(key) for key in written.undo.get("noted", ())],
            before=before,
            now=now,
        )


def _least(values: Values) -> int:
    return int(values.get("least") or 1)


def _shown_name(values: Values) -> str:
    return " ".join(str(values[name]) for name in ("name", "last_name") if values.get(name))


def _details(values: Values) -> Details:
    return Details(name=_shown_name(values)[:LONGEST], email=_address(values))


def _address(values: Values) -> str:
    words = str(values.get("email") or "")
    return words if "@" in words else ""


def _undo(done: Stayed) -> dict[str, Any]:
    return {
        "made": done.made,
        "added": [str(key) for key in done.added],
        "noted": [str(key) for key in done.noted],
        "before": {str(key): minutes for key, minutes in done.before.items()},
    }


def _beside(person: Participant) -> Shown:
    name = str(person.name.open()) if person.name else ""
    email = str(person.email.open()) if person.email else ""
    return Shown(name, "", {"name": name, "email": email})
