"""Helping somebody back in who lost their phone: two people, each answering for where they work."""

from datetime import datetime
from uuid import UUID

from simpul.access import rules
from simpul.accounts import services as accounts
from simpul.accounts.models import Enrolment, Recovery
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.people.models import Person
from simpul.people.queries import today


def open_recovery(
    actor: Actor,
    person: Person,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Recovery:
    """Ask for them to be let back in. Denied("account.recover") unless it reaches where they work, `rules.answers`."""
    rules.require_answers(actor, rules.RECOVER, person, on=today(now))
    assert person.user is not None
    return accounts.open_recovery(actor, person.user, now=now, id=id)


def confirm_recovery(actor: Actor, recovery: Recovery, *, now: datetime) -> Recovery:
    """The second person's word. Denied("account.confirm_recovery") unless it reaches where the person works."""
    rules.require_answers(actor, rules.CONFIRM, _person_of(recovery, rules.CONFIRM), on=today(now))
    return accounts.confirm_recovery(actor, recovery, now=now)


def use_recovery(actor: Actor, recovery: Recovery, *, now: datetime) -> tuple[Enrolment, str]:
    """The enrolment for the new phone and its token, once confirmed. Denied("account.recover") as at its opening."""
    rules.require_answers(actor, rules.RECOVER, _person_of(recovery, rules.RECOVER), on=today(now))
    return accounts.use_recovery(actor, recovery, now=now)


def _person_of(recovery: Recovery, permission: str) -> Person:
    person = Person.objects.filter(user=recovery.user_id).select_related("user").first()
    if person is None:
        raise Denied(permission, recovery.ref)
    return person
