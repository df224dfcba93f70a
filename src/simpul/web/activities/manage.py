"""An event as its organiser sees it: what is told already, what is missing, what comes next."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.kinds import Mode
from simpul.activities.models import Event
from simpul.activities.rules.events import may_receive
from simpul.activities.states import Act, EventState
from simpul.kernel.actor import Actor
from simpul.web.activities.forms.events import PARTS
from simpul.web.activities.when import when
from simpul.web.components import Link, Task, Text, Tone

# Act -> what its button says.
STEPS = {
    Act.PUBLISH: "umumkan",
    Act.RESCHEDULE: "pindahkan",
    Act.CANCEL: "batalkan",
    Act.HOLD: "terlaksana",
    Act.CLOSE: "tutup",
    Act.REOPEN: "buka-lagi",
}


def parts_of(event: Event) -> list[Task]:
    """The parts of the page, each with how it stands."""
    place = event.venue or (event.area.title if event.area else "")
    told = {
        "isi": _("written") if event.summary else _("only a title"),
        "tempat": Mode.ONLINE.label if event.mode == Mode.ONLINE else place or _("still missing"),
        "terbuka": event.get_visibility_display(),
        "pendaftaran": _registration(event),
        "rekaman": _("there is one") if event.recording_url else _("none yet"),
    }
    done = {
        "isi": bool(event.summary),
        "tempat": event.mode == Mode.ONLINE or bool(place),
        "terbuka": True,
        "pendaftaran": True,
        "rekaman": bool(event.recording_url),
    }
    times = Task(_("When"), when(event.starts_at, event.ends_at, event.clock), Tone.OK, _step(event, Act.RESCHEDULE))
    parts = [_part(event, name, told[name], done=done[name]) for name in PARTS]
    return [parts[0], times, *parts[1:-1], *(parts[-1:] if event.held_at else [])]


def _part(event: Event, name: str, words: Text, *, done: bool) -> Task:
    missing = Tone.WARN if name == "tempat" else Tone.IDLE
    return Task(PARTS[name][0], words, Tone.OK if done else missing, reverse("activities:part", args=[event.pk, name]))


def _registration(event: Event) -> Text:
    if event.is_sensitive:
        return _("nobody is named")
    if not event.takes_registrations:
        return _("at the door")
    return _("%(n)s seats") % {"n": event.capacity} if event.capacity else _("room for everybody")


def _step(event: Event, act: Act) -> str:
    return reverse("activities:step", args=[event.pk, STEPS[act]])


def tasks_of(actor: Actor, event: Event) -> list[Task]:
    """Pages of their own."""
    pages = [
        (_("Programme and people in it"), "activities:programme", _("sessions, speakers, moderators, co-hosts")),
        (_("Materials and minutes"), "activities:papers", _("files for those who come, and for those who could not")),
    ]
    if event.state is EventState.PUBLISHED:
        pages.append((_("Invitations"), "inviting:invitations", _("who is asked, and who has not answered")))
    if event.takes_registrations:
        pages.append((_("Questions of your own"), "inviting:questions", _("on the form of registration")))
    if event.takes_registrations and event.capacity:
        pages.append((_("Seats kept for groups"), "inviting:seats", _("for their members, until a day you choose")))
    if may_receive(actor, event) and not event.is_sensitive:
        pages.append((_("Who registered"), "activities:participants", _("seats, the line of those who wait")))
    if may_receive(actor, event):
        hint = _("count heads") if event.is_sensitive else _("scan, search, sheets to print")
        pages.append((_("Attendance"), "activities:attendance", hint))
    if event.held_at:
        pages.append((_("What came of it"), "learning:results", _("what was put forward, said, agreed")))
    tasks = [Task(label, "", Tone.INFO, reverse(page, args=[event.pk]), hint) for label, page, hint in pages]
    return [*tasks, Task(_("Hold it again"), "", Tone.INFO, reverse("activities:again", args=[event.pk]))]


def next_step(event: Event, now: datetime) -> dict[str, Any]:
    """The one button, and those that are seldom pressed."""
    state = event.state
    ready = event.mode == Mode.ONLINE or bool(event.venue or event.area)
    words: dict[Act, Text] = {
        Act.PUBLISH: _("Announce it"),
        Act.HOLD: _("It was held"),
        Act.CLOSE: _("Close it: all is noted"),
        Act.RESCHEDULE: _("Move it to another time"),
        Act.CANCEL: _("Call it off"),
        Act.REOPEN: _("Open it again"),
    }
    first = {EventState.DRAFT: Act.PUBLISH, EventState.HELD: Act.CLOSE}.get(state)
    if state is EventState.PUBLISHED and event.starts_at <= now:
        first = Act.HOLD
    others = {
        EventState.DRAFT: (Act.RESCHEDULE, Act.CANCEL),
        EventState.PUBLISHED: (Act.RESCHEDULE, Act.CANCEL),
        EventState.CLOSED: (Act.REOPEN,),
    }.get(state, ())
    return {
        "state": state.label,
        "draft": state is EventState.DRAFT,
        "ready": ready,
        "first": Link(words[first], _step(event, first)) if first else None,
        "others": [Link(words[act], _step(event, act)) for act in others],
    }
