"""Signing somebody out of a phone or browser from afar: at once, and by one person alone, for it opens nothing."""

from datetime import datetime

from simpul.access import rules
from simpul.accounts import services as accounts
from simpul.accounts.models import Device, Session
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.people.models import Person
from simpul.people.queries import today


def sign_out_device(actor: Actor, person: Person, device: Device, *, now: datetime) -> None:
    """The phone is trusted no more and its PIN opens nothing. Again, it changes nothing.

    Denied("account.see_devices") unless it reaches where the person works, `rules.answers`; NotFound for a device that
    is not theirs.
    """
    rules.require_answers(actor, rules.DEVICES, person, on=today(now))
    if device.user_id != person.user_id:
        raise NotFound("accounts.device", device.pk)
    accounts.revoke_device(actor, device, now=now)


def sign_out_session(actor: Actor, person: Person, session: Session, *, now: datetime) -> None:
    """That browser is signed out; whoever knows the password may sign in again. As `sign_out_device` otherwise."""
    rules.require_answers(actor, rules.DEVICES, person, on=today(now))
    if session.user_id != person.user_id:
        raise NotFound("accounts.session", session.pk)
    accounts.revoke_session(actor, session)
