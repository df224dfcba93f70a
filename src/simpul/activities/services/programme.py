"""Sessions of an event, what is on in each, and who does what."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import titled, told, whole
from simpul.activities.kinds import Part
from simpul.activities.models import Attendance, Contribution, Event, HeadCount, ProgrammeItem, Session
from simpul.activities.moving import locked
from simpul.activities.rules.events import require_manager
from simpul.activities.states import EventState
from simpul.activities.times import check_times
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import require_sight
from simpul.organisations.shapes import one_of, words
from simpul.people.models import Person


def add_session(
    actor: Actor,
    event: Event,
    *,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,  # noqa: ARG001 - every service is told the time
    title: LocalizedText | None = None,
    track: str = "",
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> Session:
    """The same id again is the same session. Invalid("ends_before_start" | "outside_event" | "sessions_overlap"),
    Conflict("id_taken" | "closed").

    An event's one session that is as long as itself gives way to the first that is added, unless somebody was noted.
    """
    require_manager(actor, event)
    check_times(starts_at, ends_at)
    row = Session(
        id=id or uuid7(),
        event=event,
        title=told("title", title),
        track=words(60)("track", track),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    with transaction.atomic():
        fresh = _open(event)
        if there := Session.objects.filter(pk=row.pk).first():
            return _the_same(there, event)
        _check_within(fresh, row)
        _give_way(fresh)
        _check_overlap(row)
        row.save(force_insert=True)
        audit.record(actor, "activities.add_session", event.ref, details={"session": row.pk})
    return row


def change_session(
    actor: Actor,
    session: Session,
    *,
    starts_at: datetime,
    ends_at: datetime,
    title: LocalizedText | None,
    track: str,
    now: datetime,  # noqa: ARG001
) -> Session:
    """Errors as `add_session`."""
    require_manager(actor, session.event)
    check_times(starts_at, ends_at)
    with transaction.atomic():
        fresh = _open(session.event)
        row = Session.objects.get(pk=session.pk)
        row.title, row.track = told("title", title), words(60)("track", track)
        row.starts_at, row.ends_at = starts_at, ends_at
        _check_within(fresh, row)
        _check_overlap(row)
        row.save()
        audit.record(actor, "activities.change_session", session.event.ref, details={"session": row.pk})
    return row


def remove_session(actor: Actor, session: Session, *, now: datetime) -> None:  # noqa: ARG001
    """Twice changes nothing more. Conflict("session_used") where somebody was noted, Conflict("last_session")."""
    require_manager(actor, session.event)
    with transaction.atomic():
        _open(session.event)
        if not Session.objects.filter(pk=session.pk).exists():
            return
        if _is_used(session):
            raise Conflict("session_used", message=_("Attendance is noted for this session. It can't be removed."))
        if session.event.sessions.count() == 1:
            raise Conflict("last_session", message=_("An event keeps one session: attendance is noted for it."))
        Session.objects.filter(pk=session.pk).delete()
        audit.record(actor, "activities.remove_session", session.event.ref, details={"session": session.pk})


def add_item(
    actor: Actor,
    session: Session,
    *,
    title: LocalizedText,
    now: datetime,  # noqa: ARG001
    minutes: int | None = None,
    position: int | None = None,
    id: UUID | None = None,  # noqa: A002
) -> ProgrammeItem:
    """Last, where no position is given. The same id again is the same item."""
    require_manager(actor, session.event)
    with transaction.atomic():
        _open(session.event)
        top = session.items.order_by("position").last()
        made, is_new = ProgrammeItem.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                "session": session,
                "title": titled("title", title),
                "minutes": whole(1, 1440, needed=False)("minutes", minutes),
                "position": position or (top.position + 1 if top else 1),
            },
        )
        if is_new:
            audit.record(actor, "activities.add_item", session.event.ref, details={"item": made.pk})
    return made


def remove_item(actor: Actor, item: ProgrammeItem, *, now: datetime) -> None:  # noqa: ARG001
    """With who was named for it. Twice changes nothing more."""
    event = item.session.event
    require_manager(actor, event)
    with transaction.atomic():
        _open(event)
        gone, _rows = ProgrammeItem.objects.filter(pk=item.pk).delete()
        if gone:
            audit.record(actor, "activities.remove_item", event.ref, details={"item": item.pk})


def add_contribution(
    actor: Actor,
    event: Event,
    *,
    part: str,
    name: str,
    now: datetime,
    is_public: bool = False,
    position: str = "",
    organisation: Organisation | None = None,
    person: Person | None = None,
    item: ProgrammeItem | None = None,
    id: UUID | None = None,  # noqa: A002
) -> Contribution:
    """`is_public`: they agreed to be named to whoever sees the event. The same id again is the same contribution.

    Invalid("name_needed" | "counts_only"), NotFound where the organisation is out of sight.
    """
    require_manager(actor, event)
    if organisation is not None:
        require_sight(actor, organisation)
    named = words(160)("name", name)
    if not named:
        raise Invalid("name_needed", "name", message=_("Write their name."))
    with transaction.atomic():
        _open(event)
        key = id or uuid7()
        if there := Contribution.objects.filter(pk=key, event=event).first():
            return there
        made = Contribution(
            id=key,
            event=event,
            item=item,
            part=one_of(Part, blank=False)("part", part),
            person=person,
            organisation=organisation,
            name=named,
            position=words(120)("position", position),
            is_public=is_public,
            recorded_at=now,
        )
        made.save(force_insert=True)
        audit.record(actor, "activities.add_contribution", event.ref, details={"part": made.part})
    return made


def remove_contribution(actor: Actor, contribution: Contribution, *, now: datetime) -> None:  # noqa: ARG001
    """Twice changes nothing more."""
    require_manager(actor, contribution.event)
    with transaction.atomic():
        gone, _rows = Contribution.objects.filter(pk=contribution.pk).delete()
        if gone:
            details = {"contribution": contribution.pk}
            audit.record(actor, "activities.remove_contribution", contribution.event.ref, details=details)


def _open(event: Event) -> Event:
    """Under its lock. Conflict("closed") once nothing more is noted of it."""
    fresh = locked(event)
    if fresh.state in (EventState.CLOSED, EventState.CANCELLED):
        raise Conflict("closed", message=_("This event is closed or cancelled: its programme stays as it is."))
    return fresh


def _check_within(event: Event, row: Session) -> None:
    if row.starts_at < event.starts_at or row.ends_at > event.ends_at:
        message = _("The session lies outside the time of the event. Move the event first, or the session.")
        raise Invalid("outside_event", "starts_at", message=message)


def _check_overlap(row: Session) -> None:
    others = Session.objects.filter(event=row.event_id, track=row.track).exclude(pk=row.pk)
    if others.filter(starts_at__lt=row.ends_at, ends_at__gt=row.starts_at).exists():
        message = _("Another session is on at that time in the same room. Give one of them another room or time.")
        raise Invalid("sessions_overlap", "starts_at", message=message)


def _give_way(event: Event) -> None:
    rows = list(event.sessions.all())
    if len(rows) != 1 or rows[0].title is not None:
        return
    alone = rows[0]
    whole_event = (alone.starts_at, alone.ends_at) == (event.starts_at, event.ends_at)
    if whole_event and not _is_used(alone) and not alone.items.exists():
        alone.delete()


def _is_used(session: Session) -> bool:
    return Attendance.objects.filter(session=session).exists() or HeadCount.objects.filter(session=session).exists()


def _the_same(there: Session, event: Event) -> Session:
    if there.event_id == event.pk:
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
