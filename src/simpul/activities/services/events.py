"""Planning an event, keeping what is said of it true, and planning another like it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.activities.answers import questions_of
from simpul.activities.drafting import check_announceable, check_consistent, cleaned, seats, whole
from simpul.activities.models import Event, EventQuestion, EventSeries, ProgrammeItem, Session
from simpul.activities.publishing import publish
from simpul.activities.rules.events import require_manager, require_series_manager
from simpul.activities.states import MANAGE, EventState
from simpul.activities.times import check_times, days_of, zone_for
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import claim_version, lock_graph

MOST_NUMBER: Final = 100_000
_AGAIN: Final = (
    "owner_organisation",
    "series",
    "kind",
    "course",
    "title",
    "summary",
    "mode",
    "venue",
    "area",
    "zone",
    "visibility",
    "is_sensitive",
    "takes_registrations",
    "capacity",
    "offer_hours",
    "asks",
)


def create_event(
    actor: Actor,
    organisation: Organisation,
    *,
    kind: str,
    title: LocalizedText,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    visibility: str,
    now: datetime,
    zone: str = "",
    capacity: int | None = None,
    series: EventSeries | None = None,
    number: int | None = None,
    id: UUID | None = None,  # noqa: A002 - the client's own key
    **further: Any,
) -> Event:
    """A draft with one session as long as itself. `further` are names of `drafting.FIELDS`.

    In a series it gets the number after the highest, where none is given. The same id again is the same event.
    Invalid("ends_before_start" | "number_taken" | ...), Conflict("id_taken").
    """
    authorise(actor, MANAGE, organisation)
    check_times(starts_at, ends_at)
    said = cleaned({"kind": kind, "title": title, "mode": mode, "visibility": visibility, **further})
    where = zone_for(zone, said.get("area"), organisation)
    first, last = days_of(starts_at, ends_at, where)
    event = Event(
        id=id or uuid7(),
        owner_organisation=organisation,
        series=series,
        number=whole(1, MOST_NUMBER, needed=False)("number", number),
        capacity=seats("capacity", capacity),
        zone=where,
        starts_at=starts_at,
        ends_at=ends_at,
        starts_on=first,
        ends_on=last,
        created_at=now,
        changed_at=now,
        **{**said, "joining_link": said.get("joining_link") or None},
    )
    check_consistent(event)
    if series is not None:
        require_series_manager(actor, series)
    return _keep(actor, event)


def _keep(actor: Actor, event: Event, sessions: Iterable[Session] = ()) -> Event:
    with transaction.atomic():
        if event.series_id:
            lock_graph(f"activities.series.{event.series_id}")
        if there := Event.objects.filter(pk=event.pk).first():
            return _the_same(there, event)
        _number(event)
        event.save(force_insert=True)
        drawn = list(sessions) or [Session(event=event, starts_at=event.starts_at, ends_at=event.ends_at)]
        Session.objects.bulk_create(drawn)
        details: dict[str, Detail] = {"kind": event.kind, "number": event.number or 0}
        audit.record(actor, "activities.create_event", event.ref, details=details)
    return event


def _number(event: Event) -> None:
    """The next of its series, across years; Invalid("number_taken")."""
    if event.series_id is None:
        event.number = None
        return
    others = Event.objects.filter(series=event.series_id)
    if event.number is None:
        event.number = (others.aggregate(top=Max("number"))["top"] or 0) + 1
    elif others.filter(number=event.number).exists():
        message = _("Number %(number)s of this series is taken. Leave the field empty for the next one.")
        raise Invalid("number_taken", "number", message=message % {"number": event.number})


def _the_same(there: Event, asked: Event) -> Event:
    if there.owner_organisation_id == asked.owner_organisation_id:
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def change_event(actor: Actor, event: Event, *, seen: int, now: datetime, **changes: Any) -> Event:
    """Write `changes`, names of `drafting.FIELDS`. Time and seats have services of their own.

    Invalid as the shapes say, Conflict("edited_meanwhile") with their values, Conflict("closed" | "names_kept").
    """
    require_manager(actor, event)
    said = cleaned(changes)
    with transaction.atomic():
        lock_graph(f"activities.event.{event.pk}")
        as_meant = Event.objects.get(pk=event.pk)
        _refuse(as_meant, said)
        for name, value in said.items():
            setattr(as_meant, name, value)
        check_consistent(as_meant)
        if as_meant.state is EventState.PUBLISHED:
            check_announceable(as_meant)
        link = "joining_link" in said
        plain = {name: value for name, value in said.items() if name != "joining_link"}
        fresh = claim_version(event, seen, {**plain, "changed_at": now})
        if link:
            fresh.joining_link = said["joining_link"] or None
            fresh.save(update_fields=["joining_link"])
        publish(fresh)
        audit.record(actor, "activities.change_event", event.ref, details={"fields": sorted(said)})
    return fresh


def _refuse(event: Event, said: dict[str, Any]) -> None:
    if event.state is EventState.CLOSED:
        message = _("This event is closed. Open it again to change what is said of it.")
        raise Conflict("closed", message=message)
    if said.get("is_sensitive") and not event.is_sensitive and event.participants.exists():
        message = _("People are already named in this event. Remove them first, then heads can be counted.")
        raise Conflict("names_kept", message=message)


def number_event(
    actor: Actor, event: Event, *, series: EventSeries | None, number: int | None = None, now: datetime
) -> Event:
    """Put the event into a series, or take it out. Without a number it gets the next. Invalid("number_taken")."""
    require_manager(actor, event)
    if series is not None:
        require_series_manager(actor, series)
    number = whole(1, MOST_NUMBER, needed=False)("number", number)
    with transaction.atomic():
        for key in sorted(str(k) for k in {event.series_id, series.pk if series else None} if k):
            lock_graph(f"activities.series.{key}")
        fresh = Event.objects.get(pk=event.pk)
        if fresh.series == series and number in (None, fresh.number):
            return fresh
        fresh.series, fresh.number, fresh.changed_at = series, number, now
        try:
            with transaction.atomic():
                _number(fresh)
                fresh.save(update_fields=["series", "number", "changed_at"])
        except IntegrityError as error:
            raise Invalid("number_taken", "number", message=_("This number is taken.")) from error
        publish(fresh)
        audit.record(actor, "activities.number_event", event.ref, details={"number": fresh.number or 0})
    return fresh


def clone_event(
    actor: Actor,
    event: Event,
    *,
    starts_at: datetime,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> Event:
    """A draft of the same, beginning at `starts_at`: its sessions, programme and questions come with it. Nobody of it
    does: neither participants nor contributors, and no joining link.
    """
    require_manager(actor, event)
    shift = starts_at - event.starts_at
    ends_at = event.ends_at + shift
    check_times(starts_at, ends_at)
    first, last = days_of(starts_at, ends_at, event.clock)
    again = Event(
        id=id or uuid7(),
        starts_at=starts_at,
        ends_at=ends_at,
        starts_on=first,
        ends_on=last,
        cloned_from=event,
        created_at=now,
        changed_at=now,
        **{name: getattr(event, name) for name in _AGAIN},
    )
    with transaction.atomic():
        if there := Event.objects.filter(pk=again.pk).first():
            return _the_same(there, again)
        pairs = [(old, _moved(old, again, shift)) for old in event.sessions.all()]
        made = _keep(actor, again, [new for _old, new in pairs])
        for old, new in pairs:
            ProgrammeItem.objects.bulk_create(
                ProgrammeItem(session=new, position=item.position, title=item.title, minutes=item.minutes)
                for item in old.items.all()
            )
        EventQuestion.objects.bulk_create(_asked_again(event, made))
        audit.record(actor, "activities.clone_event", made.ref, details={"from": str(event.pk)})
    return made


def _asked_again(event: Event, made: Event) -> list[EventQuestion]:
    return [
        EventQuestion(
            event=made, position=q.position, kind=q.kind, label=q.label, choices=q.choices, is_required=q.is_required
        )
        for q in questions_of(event)
    ]


def _moved(session: Session, event: Event, shift: Any) -> Session:
    return Session(
        event=event,
        title=session.title,
        track=session.track,
        starts_at=session.starts_at + shift,
        ends_at=session.ends_at + shift,
    )
