"""Who was there. Noted once for each session, however many doors and telephones note it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.details import Details, participant_of
from simpul.activities.drafting import whole
from simpul.activities.kinds import AgeBand, Disability, How, Stakeholder
from simpul.activities.models import Attendance, HeadCount, Participant, Session
from simpul.activities.queries.door import shown_participant
from simpul.activities.rules.door import refuse_over, require_open_door
from simpul.activities.rules.events import require_receiver
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.rules.organisations import require_sight as require_organisation
from simpul.organisations.shapes import one_of, words
from simpul.people.codes import Sex
from simpul.records.locks import lock_graph
from simpul.territory.models import Area

MOST_HEADS = 10_000


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`is_new`: this note was the first. Else somebody had noted it, at another door or by another telephone."""

    attendance: Attendance
    is_new: bool


@dataclass(frozen=True, slots=True)
class Heads:
    """So many of one description; what is not known of them is empty."""

    number: int
    sex: str = ""
    age_band: str = ""
    disability: str = ""
    stakeholder: str = ""
    area: Area | None = None


def check_in(
    actor: Actor,
    session: Session,
    *,
    now: datetime,
    shown: str = "",
    participant: Participant | None = None,
    how: str = How.QR,
    arrived_at: datetime | None = None,
    door: str = "",
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> CheckIn:
    """Note that somebody is at the session: whoever shows this pass, or the participant that was found.

    Noted again, by whomever, it is the same row; of two arrivals the earlier stands. `arrived_at` is when it was noted
    on a telephone that had no signal; a clock that is ahead is not believed. Invalid("unknown_pass"),
    Conflict("counts_only" | "cancelled" | "closed").
    """
    event = session.event
    require_open_door(actor, event)
    found = participant or shown_participant(event, shown)
    if found.event_id != event.pk:
        raise NotFound("activities.participant", found.pk)
    return _note(
        actor,
        Attendance(
            id=id or uuid7(),
            session=session,
            participant=found,
            how=one_of(How, blank=False)("how", how),
            door=words(40)("door", door),
            arrived_at=min(arrived_at or now, now),
            recorded_at=now,
            recorded_by=actor.person_id,
        ),
    )


def walk_in(
    actor: Actor,
    session: Session,
    *,
    details: Details,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
    arrived_at: datetime | None = None,
    how: str = How.WALK_IN,
    door: str = "",
) -> CheckIn:
    """Somebody came who is on no list. `id` is of the participant: the same again is the same one.

    A way to be reached is not asked of them. Errors as `check_in` and `Details.cleaned`, Conflict("id_taken").
    """
    event = session.event
    require_open_door(actor, event)
    told = details.cleaned(event, reachable=False)
    if told.organisation is not None:
        require_organisation(actor, told.organisation)
    with transaction.atomic():
        key = id or uuid7()
        lock_graph(f"activities.participant.{key}")
        participant = Participant.objects.filter(pk=key).first()
        if participant is None:
            participant = participant_of(event, told, person=None, now=now)
            participant.pk = key
            participant.save(force_insert=True)
            audit.record(actor, "activities.walk_in", participant.ref, details={"event": event.pk})
        elif participant.event_id != event.pk:
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        return check_in(actor, session, participant=participant, how=how, arrived_at=arrived_at, door=door, now=now)


def undo_check_in(actor: Actor, attendance: Attendance, *, reason: str, now: datetime) -> Attendance:
    """It was noted by mistake; the row stays, with the reason. Twice changes nothing more. Invalid("reason_needed")."""
    event = attendance.session.event
    require_receiver(actor, event)
    why = words(200)("reason", reason)
    if not why:
        raise Invalid("reason_needed", "reason", message=_("Say why, in a word or two."))
    with transaction.atomic():
        rows = Attendance.objects.filter(pk=attendance.pk, undone_at=None)
        if rows.update(undone_at=now, undone_reason=why):
            audit.record(actor, "activities.undo_check_in", attendance.ref, details={"session": attendance.session_id})
    attendance.refresh_from_db()
    return attendance


def count_heads(actor: Actor, session: Session, *, rows: Sequence[Heads], now: datetime) -> list[HeadCount]:
    """How many were there, where nobody is named. What was counted before is superseded as a whole; the same count
    again changes nothing. Conflict("named") where people are named for this session, Conflict("cancelled" | "closed").
    """
    event = session.event
    require_receiver(actor, event)
    refuse_over(event)
    drawn = [_head_count(session, heads, actor, now) for heads in rows]
    with transaction.atomic():
        lock_graph(f"activities.heads.{session.pk}")
        if Attendance.objects.filter(session=session, undone_at=None).exists():
            message = _("People are noted by name for this session. Count heads at another one.")
            raise Conflict("named", message=message)
        standing = list(HeadCount.objects.filter(session=session, superseded_at=None))
        if sorted(map(_said, standing)) == sorted(map(_said, drawn)):
            return standing
        HeadCount.objects.filter(session=session, superseded_at=None).update(superseded_at=now)
        HeadCount.objects.bulk_create(drawn)
        details: dict[str, Detail] = {"session": session.pk, "heads": sum(row.number for row in drawn)}
        audit.record(actor, "activities.count_heads", event.ref, details=details)
    return drawn


def _head_count(session: Session, heads: Heads, actor: Actor, now: datetime) -> HeadCount:
    return HeadCount(
        session=session,
        number=whole(1, MOST_HEADS)("number", heads.number),
        sex=one_of(Sex)("sex", heads.sex),
        age_band=one_of(AgeBand)("age_band", heads.age_band),
        disability=one_of(Disability)("disability", heads.disability),
        stakeholder=one_of(Stakeholder)("stakeholder", heads.stakeholder),
        area=heads.area,
        recorded_at=now,
        recorded_by=actor.person_id,
    )


def _said(row: HeadCount) -> tuple[str, ...]:
    return (row.sex, row.age_band, row.disability, row.stakeholder, str(row.area_id or ""), str(row.number))


def _note(actor: Actor, row: Attendance) -> CheckIn:
    """The database decides which of two notes is the first: the other finds its row."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return CheckIn(_met(actor, row), is_new=False)
        details: dict[str, Detail] = {"session": row.session_id, "how": row.how}
        audit.record(actor, "activities.check_in", row.ref, details=details)
    return CheckIn(row, is_new=True)


def _met(actor: Actor, row: Attendance) -> Attendance:
    """The row that is there. Its arrival becomes the earlier of the two."""
    found = Attendance.objects.filter(session=row.session_id, participant=row.participant_id, undone_at=None).first()
    if found is None:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    earlier = row.arrived_at
    if earlier and (found.arrived_at is None or earlier < found.arrived_at):
        Attendance.objects.filter(pk=found.pk).update(arrived_at=earlier)
        found.arrived_at = earlier
        audit.record(actor, "activities.check_in", found.ref, details={"fields": ["arrived_at"]})
    return found
