"""What a phone takes along to a door without a signal, and what comes of it afterwards.

Everything the phone stores lies under the key of its outbox (`accounts.outboxes`): the list of the event, each record
it writes, each answer it gets. A record that opens under the key was written by somebody who had the sign-in, or the
four words: with the phone's own cookie these are two factors, so that no session is needed to deliver it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.queries import actor_for
from simpul.accounts import services as accounts
from simpul.accounts.models import Device
from simpul.accounts.outboxes import Purpose, Unreadable, boxed, label, unboxed
from simpul.accounts.queries import device_of, is_trusted_no_more, outbox_key, outbox_words, session_of_key
from simpul.activities.models import Session
from simpul.activities.queries.door import door_kit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.offline.records import Answer, State, read
from simpul.offline.services import receive_record
from simpul.web.accounts import doors
from simpul.web.activities.rows import said
from simpul.web.activities.when import when
from simpul.web.http import Request

MOST_BYTES: Final = 512 * 1024
MOST_RECORDS: Final = 50  # in one delivery: the phone sends the rest after it
MOST_KEYS: Final = 20
BOX: Final = "box"  # it did not open: there is nothing to tell
OLDEST: Final = timedelta(days=30)  # how long a phone is believed to have waited


@dataclass(frozen=True, slots=True)
class Outbox:
    """Of one sign-in on one trusted device."""

    device: Device
    sign_in: UUID

    @property
    def key(self) -> bytes:
        """NotFound once the device is trusted no more."""
        return outbox_key(self.device, self.sign_in)

    def label(self, purpose: Purpose, about: UUID) -> bytes:
        return label(purpose, self.device.pk, self.sign_in, about)


def outbox_of(request: Request, *, now: datetime) -> Outbox:
    """Of the sign-in that asks. Conflict("untrusted") but on a trusted phone of one's own: others keep nothing."""
    here = doors.device_of_session(request)
    sign_in = session_of_key(request.session.session_key or "")
    if here is None or sign_in is None or doors.is_shared(request):
        message = _("Only a phone of your own that is trusted keeps anything. Make this one trusted under Devices.")
        raise Conflict("untrusted", message=message)
    accounts.give_device_key(request.actor, here[0], now=now)
    return Outbox(here[0], sign_in.pk)


def kit_of(request: Request, session: Session, body: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """The key, its words, and the list of the event under it. `body["others"]` names outboxes of earlier sign-ins,
    whose keys are told too where they are the actor's own. Errors as `outbox_of` and `door_kit`.
    """
    outbox = outbox_of(request, now=now)
    kit = door_kit(request.actor, session, now=now)
    told = {**_about(session), "keys": kit.keys, "people": _people(kit.people), "until": kit.until.isoformat()}
    bound = outbox.label(Purpose.LIST, session.pk)
    return {
        "device": str(outbox.device.pk),
        "sign_in": str(outbox.sign_in),
        "key": outbox.key.hex(),
        "words": outbox_words(outbox.device, outbox.sign_in),
        "until": round(kit.until.timestamp() - now.timestamp()),
        "list": boxed(outbox.key, bound, json.dumps(told)),
        "others": _others(request.actor, body.get("others")),
    }


def _about(session: Session) -> dict[str, Any]:
    event, language = session.event, get_language() or "id"
    return {
        "title": said(session.title, language) or said(event.title, language),
        "when": when(session.starts_at, session.ends_at, event.clock),
        "asks": event.asks,
    }


def _people(people: Sequence[Any]) -> list[list[Any]]:
    """[id, name, digest, here]: arrays, since there may be thousands. Of two alike, where they come from is added."""
    names = [one.participant.name.open() if one.participant.name else "" for one in people]
    twice = {name for name in names if names.count(name) > 1} if len(names) != len(set(names)) else set()
    rows = []
    for one, name in zip(people, names, strict=True):
        named = f"{name} ({source})" if name in twice and (source := _source(one.participant)) else name
        rows.append([str(one.participant.pk), named, one.digest, one.here])
    return rows


def _source(person: Any) -> str:
    if person.organisation:
        return str(person.organisation.name)
    return str(person.organisation_name.open()) if person.organisation_name else ""


def _others(actor: Actor, named: object) -> dict[str, str]:
    found = {}
    for pair in named[:MOST_KEYS] if isinstance(named, list) else []:
        try:
            device = device_of(actor, UUID(str(pair["device"])))
            found[str(pair["sign_in"])] = outbox_key(device, UUID(str(pair["sign_in"]))).hex()
        except (NotFound, ValueError, KeyError, TypeError):
            continue
    return found


def receive(request: HttpRequest, body: Mapping[str, Any], *, now: datetime) -> list[dict[str, str]]:
    """An answer to each record, in its order. While somebody else is signed in, all wait: nobody delivers what another
    account of the phone wrote. Invalid("damaged") for what is no delivery.
    """
    rows = body.get("records")
    if not isinstance(rows, list) or len(rows) > MOST_RECORDS:
        raise Invalid("damaged")
    try:
        device_id, sign_in = UUID(str(body.get("device"))), UUID(str(body.get("sign_in")))
        keyed = [(UUID(str(row["id"])), row) for row in rows]
    except (ValueError, KeyError, TypeError) as wrong:
        raise Invalid("damaged") from wrong
    device = _device(request, device_id)
    if device is None or (request.user.is_authenticated and request.user.pk != device.user_id):
        state = State.GONE if device is None and is_trusted_no_more(device_id) else State.WAITS
        return [{"id": str(key), "state": state} for key, _row in keyed]
    return _answers(Outbox(device, sign_in), keyed, now)


def _answers(outbox: Outbox, keyed: Sequence[tuple[UUID, Any]], now: datetime) -> list[dict[str, str]]:
    try:
        secret = outbox.key
    except NotFound:
        return [{"id": str(key), "state": State.GONE} for key, _row in keyed]
    actor = actor_for(outbox.device.user_id, now=now, second_factor=True)
    found = []
    for key, row in keyed:
        answer = _answer(outbox, secret, actor, (key, row), now=now)
        back = {"back": boxed(secret, outbox.label(Purpose.ANSWER, key), _told(answer))} if answer.code != BOX else {}
        found.append({"id": str(key), "state": answer.state, **back})
    return found


def _device(request: HttpRequest, device_id: UUID) -> Device | None:
    """This browser's; or, where its keepings were lost and came back from a file, one of whoever is signed in."""
    for device, _secret in doors.devices_here(request):
        if device.pk == device_id:
            return device
    try:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return device_of(actor, device_id)
    except NotFound:
        return None


def _answer(outbox: Outbox, secret: bytes, actor: Actor, keyed: tuple[UUID, Any], *, now: datetime) -> Answer:
    """What is told lies under the key too: whoever has the phone's cookie and no words learns a state, and no name."""
    key, row = keyed
    try:
        text = unboxed(secret, outbox.label(Purpose.RECORD, key), str(row.get("box", "")))
        sent = read(key, text, noted_at=now - _waited(row.get("waited")))
    except (Unreadable, Invalid):
        return Answer(State.DAMAGED, code=BOX)
    return receive_record(actor, sent, device=outbox.device.pk, now=now)


def _told(answer: Answer) -> str:
    received = answer.received_at.isoformat() if answer.received_at else ""
    return json.dumps({**asdict(answer), "said": str(answer.said), "received_at": received}, default=str)


def _waited(seconds: object) -> timedelta:
    """By the phone's clock, which may be wrong but does not jump: less than nothing, or longer than a month, is not
    believed.
    """
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 <= seconds <= OLDEST.total_seconds():
        return timedelta()
    return timedelta(seconds=seconds)
