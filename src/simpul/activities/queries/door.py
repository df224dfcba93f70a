"""What is known at the door: whose code this is, who is expected, and whether somebody is there under the same name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Attendance, Event, Participant, Registration, Session
from simpul.activities.passes import door_keys, pass_digests
from simpul.activities.queries.attendance import door_list
from simpul.activities.rules.events import require_receiver
from simpul.activities.rules.participants import names_are_kept
from simpul.activities.states import EventState
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.text import fold_words

BEFORE: Final = timedelta(days=7)  # a list is taken along this long before a session at most
AFTER: Final = timedelta(days=1)
KEPT: Final = timedelta(days=3)  # and kept this long
MOST: Final = 3_000


@dataclass(frozen=True, slots=True)
class Awaited:
    """`digest` is of their pass, under the current key of the door; "" where they have none."""

    participant: Participant
    digest: str
    here: bool


@dataclass(frozen=True, slots=True)
class DoorKit:
    """What a telephone takes to a door without a signal. `until` (exclusive): then it deletes the names."""

    keys: list[str]
    people: list[Awaited]
    until: datetime


def shown_participant(event: Event, shown: str) -> Participant:
    """Whoever shows this pass. Invalid("unknown_pass")."""
    found = Registration.objects.filter(event=event, pass_digest__in=pass_digests(shown)).select_related("participant")
    for row in found:
        return row.participant
    message = _("This code is not of this event. Look for the name, or note them as somebody who came unannounced.")
    raise Invalid("unknown_pass", "code", message=message)


def door_kit(actor: Actor, session: Session, *, now: datetime) -> DoorKit:
    """Names and digests of codes of this one event, for who receives people there; nothing by which somebody is reached
    or counted. NotFound, Denied("attendance.record"), Conflict("counts_only" | "too_early" | "over" | "too_many").
    """
    event = session.event
    require_receiver(actor, event)
    _refuse(event, session, now)
    expected = door_list(actor, session)
    if len(expected) > MOST:
        raise Conflict("too_many", message=_("This list is too long for a phone. Print the sheet to sign instead."))
    people = [Awaited(one.participant, _digest(one.participant), one.here is not None) for one in expected]
    return DoorKit(door_keys(event.pk), people, min(now + KEPT, session.ends_at + AFTER))


def _refuse(event: Event, session: Session, now: datetime) -> None:
    if not names_are_kept(event):
        message = _("Nobody is named at this event, so no list is given to a phone. Count heads instead.")
        raise Conflict("counts_only", message=message)
    if event.state in {EventState.CANCELLED, EventState.CLOSED} or now >= session.ends_at + AFTER:
        raise Conflict("over", message=_("This session is over. Nobody is noted without a signal any more."))
    if now < session.starts_at - BEFORE:
        message = _("It is too early to take the list along. Come back in the week before the session.")
        raise Conflict("too_early", message=message)


def _digest(person: Participant) -> str:
    registration = getattr(person, "registration", None)
    return registration.door_digest if registration else ""


def taken_back_since(session: Session, participant: Participant, since: datetime) -> Attendance | None:
    """Their attendance, where it was taken back after that time and they are not there now."""
    rows = Attendance.objects.filter(session=session, participant=participant)
    if rows.filter(undone_at=None).exists():
        return None
    return rows.filter(undone_at__gte=since).order_by("-undone_at", "-pk").first()


def called_the_same(session: Session, name: str) -> list[Participant]:
    """Those of the event under this very name, in whatever order and case it is written, whether expected or come.
    All names of the event are opened: hundreds, not millions.
    """
    wanted = sorted(fold_words(name).split())
    rows: Iterable[Participant] = Participant.objects.filter(event=session.event_id, erased_at=None).filter(
        Q(registration=None) | Q(registration__withdrawn_at=None)
    )
    return [row for row in rows if row.name and sorted(fold_words(row.name.open()).split()) == wanted]
