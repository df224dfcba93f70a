"""Who was in an online meeting and for how many minutes, as its report tells it; and taking that back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from simpul.activities.details import Details, participant_of
from simpul.activities.kinds import How
from simpul.activities.models import Attendance, Event, Participant, Presence, Session
from simpul.activities.rules.door import require_open_door
from simpul.activities.services.attendance import check_in
from simpul.activities.stretches import Stretch, minutes_in
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.records.locks import lock_graph

PARTICIPANT: Final = "activities.participant"
TAKEN_BACK: Final = "report"  # why an attendance was undone: a code, read beside `how`


@dataclass(frozen=True, slots=True)
class Stayed:
    """What one line of a report came to. With all of it `withdraw_presence` takes it back.

    `made`: they were on no list and are a new participant. `added`: new stretches; `noted`: new attendances; `before`:
    attendance that was there -> its minutes until then.
    """

    participant: Participant
    made: bool = False
    added: tuple[UUID, ...] = ()
    noted: tuple[UUID, ...] = ()
    before: Mapping[UUID, int | None] = field(default_factory=dict)


def note_presence(
    actor: Actor,
    event: Event,
    *,
    stretches: Sequence[Stretch] = (),
    minutes: int | None = None,
    least: int = 1,
    session: Session | None = None,
    participant: Participant | None = None,
    details: Details | None = None,
    id: UUID | None = None,  # noqa: A002 - of the participant, where they are a new one
    now: datetime,
) -> Stayed:
    """Note for each session of the event how long they were there, if it was `least` minutes.

    The participant that was found, or somebody who was on no list (`details`; the same `id` is the same one). Stretches
    that are known already add nothing, so a report may be read twice. `session`: the report is of its room alone. One
    without times tells `minutes`, of one session, and of two tellings the longer stands. Invalid("nobody" | "no_times"
    | "session_needed"); Denied, NotFound and Conflict as `check_in`.
    """
    require_open_door(actor, event)
    if not stretches and not minutes:
        raise Invalid("no_times", "joined")
    with transaction.atomic():
        found, made = _whom(actor, event, participant, details, key=id or uuid7(), now=now)
        sessions = _sessions(event, session)
        if not stretches and len(sessions) > 1:
            raise Invalid("session_needed", "minutes")
        added = _keep(found, stretches, session, now)
        lasted = _minutes(found, sessions) if stretches else {sessions[0].pk: minutes or 0}
        stayed = _note(actor, found, sessions, lasted=lasted, least=least, now=now)
        done = Stayed(found, made, added, *stayed)
        if added or done.noted or done.before:
            details_: dict[str, Detail] = {"event": event.pk, "stretches": len(added), "sessions": len(done.noted)}
            audit.record(actor, "activities.note_presence", found.ref, details=details_)
    return done


def withdraw_presence(
    actor: Actor,
    participant: Participant,
    *,
    made: bool = False,
    added: Sequence[UUID] = (),
    noted: Sequence[UUID] = (),
    before: Mapping[UUID, int | None] | None = None,
    now: datetime,
) -> None:
    """Take back what a line of a report brought, as `Stayed` told it. Whoever was new and is nothing else is forgotten
    entirely; where other stretches are left, their minutes stand. Twice changes nothing more.
    """
    require_open_door(actor, participant.event)
    with transaction.atomic():
        lock_graph(f"activities.participant.{participant.pk}")
        gone, _rows = Presence.objects.filter(participant=participant, pk__in=added).delete()
        _restore(participant, noted, before or {}, now)
        alone = made and not participant.attendances.filter(undone_at=None).exists()
        if alone and getattr(participant, "registration", None) is None:
            Participant.objects.filter(pk=participant.pk).delete()
        if gone or noted or before:
            audit.record(
                actor, "activities.withdraw_presence", participant.ref, details={"event": participant.event_id}
            )


def _whom(
    actor: Actor, event: Event, participant: Participant | None, details: Details | None, *, key: UUID, now: datetime
) -> tuple[Participant, bool]:
    """Locked, so that two lines of one person are added one after the other."""
    wanted = participant.pk if participant else key
    lock_graph(f"activities.participant.{wanted}")
    found = Participant.objects.filter(pk=wanted).select_related("event").first()
    if found is not None:
        if found.event_id != event.pk:
            raise NotFound(PARTICIPANT, wanted)
        return found, False
    if participant is not None:
        raise NotFound(PARTICIPANT, wanted)
    if details is None:
        raise Invalid("nobody", "name")
    found = participant_of(event, details.cleaned(event, reachable=False), person=None, now=now)
    found.pk = key
    found.save(force_insert=True)
    audit.record(actor, "activities.walk_in", found.ref, details={"event": event.pk})
    return found, True


def _sessions(event: Event, session: Session | None) -> list[Session]:
    rows = Session.objects.filter(event=event).select_related("event__owner_organisation")
    return list(rows.filter(pk=session.pk) if session else rows)


def _keep(
    participant: Participant, stretches: Sequence[Stretch], session: Session | None, now: datetime
) -> tuple[UUID, ...]:
    known = set(participant.presences.filter(session=session).values_list("began_at", "ended_at"))
    new = [one for one in dict.fromkeys(stretches) if (one.began_at, one.ended_at) not in known]
    made = {"participant": participant, "session": session, "recorded_at": now}
    rows = [Presence(began_at=one.began_at, ended_at=one.ended_at, **made) for one in new]
    return tuple(row.pk for row in Presence.objects.bulk_create(rows))


def _stretches(participant: Participant, session: Session) -> list[Stretch]:
    rows = participant.presences.filter(Q(session=None) | Q(session=session))
    return [Stretch(*pair) for pair in rows.values_list("began_at", "ended_at")]


def _minutes(participant: Participant, sessions: Sequence[Session]) -> dict[UUID, int]:
    windows = {row: Stretch(row.starts_at, row.ends_at) for row in sessions}
    return {row.pk: minutes_in(_stretches(participant, row), window) for row, window in windows.items()}


def _note(
    actor: Actor,
    participant: Participant,
    sessions: Sequence[Session],
    *,
    lasted: Mapping[UUID, int],
    least: int,
    now: datetime,
) -> tuple[tuple[UUID, ...], dict[UUID, int | None]]:
    noted: list[UUID] = []
    before: dict[UUID, int | None] = {}
    for session in sessions:
        minutes = lasted.get(session.pk, 0)
        there = Attendance.objects.filter(session=session, participant=participant, undone_at=None).first()
        if there is None and minutes >= max(1, least):
            there = check_in(actor, session, participant=participant, how=How.REPORT, now=now).attendance
            Attendance.objects.filter(pk=there.pk).update(minutes=minutes, arrived_at=_arrival(participant, session))
            noted.append(there.pk)
        elif there is not None and minutes > (there.minutes or 0):
            before[there.pk] = there.minutes
            Attendance.objects.filter(pk=there.pk).update(minutes=minutes)
    return tuple(noted), before


def _arrival(participant: Participant, session: Session) -> datetime | None:
    """When they first joined, at the earliest when the session began; None where no report tells it."""
    window = Stretch(session.starts_at, session.ends_at)
    kept = _stretches(participant, session)
    return min((part.began_at for one in kept if (part := one.within(window))), default=None)


def _restore(participant: Participant, noted: Sequence[UUID], before: Mapping[UUID, int | None], now: datetime) -> None:
    rows = Attendance.objects.filter(participant=participant, undone_at=None).select_related("session")
    for row in rows.filter(pk__in=[*noted, *before]):
        left = _minutes(participant, [row.session])[row.session_id]
        if row.pk in noted and not left:
            Attendance.objects.filter(pk=row.pk).update(undone_at=now, undone_reason=TAKEN_BACK)
        else:
            Attendance.objects.filter(pk=row.pk).update(minutes=left or before.get(row.pk))
