"""Who may send a notice, whose inbox is whose."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied
from simpul.kernel.refs import RecordRef
from simpul.notices.models import Notice, Recipient
from simpul.notices.states import PLATFORM

SEND: Final = "notice.send"
READ: Final = "notice.read"
OPEN: Final = "notice.open"  # no role's: what a token may be given of its maker's own inbox


def require_may_send(actor: Actor) -> None:
    """Whoever is signed in, and the platform: what may be sent to whom is judged by the service that sends it."""
    if not isinstance(actor, System) and actor.user_id is None:
        raise Denied(SEND)


def require_sender(actor: Actor, notice: Notice) -> None:
    if actor.user_id is None or actor.user_id != notice.sent_by:
        raise Denied(SEND, notice.ref)


def require_reader(actor: Actor, recipient: Recipient) -> None:
    """One's own inbox alone: nobody opens a notice for somebody else, not even the platform."""
    if actor.user_id is None or actor.user_id != recipient.user_id or not actor.allows(OPEN):
        raise Denied(READ, recipient.ref)


def require_inbox(actor: Actor, about: RecordRef | None = None) -> UUID:
    """Whose inbox it is, for what changes it or how they are told. Denied to who has none."""
    if actor.user_id is None or not actor.allows(OPEN):
        raise Denied(READ, about)
    return actor.user_id


def own(actor: Actor) -> Q:
    """Rows with a `user` that are the actor's own."""
    return Q(user_id=actor.user_id) if actor.user_id and actor.allows(READ) else Q(pk__in=())


def sent(actor: Actor) -> Q:
    """Notices the actor sent."""
    return Q(sent_by=actor.user_id) if actor.user_id and actor.allows(READ) else Q(pk__in=())


def require_platform(actor: Actor) -> None:
    """What no person does: escalating, removing."""
    if not isinstance(actor, System):
        raise Denied(PLATFORM)
