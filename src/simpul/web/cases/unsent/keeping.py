"""What a phone is given to keep a first screen by, and what comes of it when it is sent.

A phone seals under a public key of its own (`accounts.envelopes`): it can write and never read again, so whoever holds
it finds nothing to try PINs on. Inside the envelope lies the PIN that was typed, which is compared here and counted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from simpul.access.queries import actor_for
from simpul.accounts import services as accounts
from simpul.accounts.models import Device
from simpul.accounts.queries import is_trusted_no_more, open_envelope
from simpul.cases.queries.cases import case_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.web.accounts import doors
from simpul.web.accounts.panels import shown_name
from simpul.web.cases.desk.first_screen import Groups, first_screen, groups_at, open_from
from simpul.web.editing.entry import accepted
from simpul.web.http import Request

MOST_BYTES = 128 * 1024  # ten thousand letters, their names and base64 leave room


class State(StrEnum):
    """What the phone does next: forget it, wait, or have its owner look. Read by `unsent.js`."""

    SENT = "sent"
    WAITS = "waits"  # asked only whether it has arrived: it has not
    PIN = "pin"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    GONE = "gone"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Kit:
    """For one account on one phone. `label` is what its lock screen calls that account; nothing here is a secret."""

    device: UUID
    key: str
    label: str
    groups: str  # JSON: pairs of key and name


@dataclass(frozen=True, slots=True)
class Kept:
    """What was in an envelope: the PIN as it was typed, and the form as the browser would have sent it."""

    pin: str
    answers: QueryDict

    @property
    def key(self) -> UUID:
        """ValueError where the form has none."""
        return UUID(self.answers.get("key", ""))


def kit_of(request: Request, groups: Groups, *, now: datetime) -> Kit | None:
    """None but on a trusted phone with its lock: a browser others use keeps nothing."""
    here = doors.device_of_session(request)
    if here is None or doors.is_shared(request):
        return None
    device, _secret = here
    names = json.dumps([[key, group.name] for key, group in groups.items()])
    return Kit(device.pk, accounts.give_device_key(request.actor, device, now=now), shown_name(device), names)


def unpacked(device: Device, envelope: str, *, seconds: object = None) -> Kept:
    """Invalid("damaged") and NotFound as `open_envelope`. `seconds` is how long the phone says it waited."""
    try:
        told = json.loads(open_envelope(device, envelope))
        answers = QueryDict(mutable=True)
        for name, value in told["fields"]:
            answers.appendlist(str(name), str(value))
        answers["waited"] = str(seconds) if isinstance(seconds, int) else ""
        return Kept(str(told["pin"]), answers)
    except (ValueError, TypeError, KeyError) as wrong:
        raise Invalid("damaged") from wrong


def receive(request: HttpRequest, body: Mapping[str, Any], *, now: datetime) -> State:
    """Open the case, once. The phone's cookie and the PIN inside the envelope are who sends it; no session is needed.

    With `ask` nothing is opened: it only says whether it is there already. While somebody else is signed in, it waits:
    nobody sends what another account of the phone wrote.
    """
    named = str(body.get("device", ""))
    here = next((pair for pair in doors.devices_here(request) if str(pair[0].pk) == named), None)
    if here is None:
        return _unknown(named)
    device, secret = here
    if request.user.is_authenticated and request.user.pk != device.user_id:
        return State.WAITS
    try:
        kept = unpacked(device, str(body.get("envelope", "")), seconds=body.get("waited"))
        actor = actor_for(device.user_id, now=now, second_factor=True)
        if _has_arrived(actor, kept.key, now=now):
            return State.SENT
        if body.get("ask"):
            return State.WAITS
        accounts.check_kept_pin(device, secret, pin=kept.pin, now=now)
        return _open(actor, kept, now=now)
    except NotFound:
        return State.GONE
    except Invalid as wrong:
        return State.DAMAGED if wrong.code == "damaged" else State.PIN
    except ValueError:
        return State.DAMAGED


def _unknown(named: str) -> State:
    """Trusted no more: what it sealed is closed for good. Else its owner has to sign in with this browser first."""
    try:
        return State.GONE if is_trusted_no_more(UUID(named)) else State.PIN
    except ValueError:
        return State.DAMAGED


def _open(actor: Actor, kept: Kept, *, now: datetime) -> State:
    try:
        groups = groups_at(actor)
        form = first_screen(groups, kept.answers)
        done = accepted(form, lambda: open_from(actor, form, groups, now=now))
    except Denied:
        return State.REFUSED
    return State.SENT if done else State.INCOMPLETE


def _has_arrived(actor: Actor, key: UUID, *, now: datetime) -> bool:
    """Asked before the PIN, which may have changed since: of cases they opened themself alone, so that who picks up the
    phone learns of no other whose address it remembers.
    """
    try:
        return case_for(actor, key, now=now).opened_by_id == actor.person_id
    except NotFound:
        return False
