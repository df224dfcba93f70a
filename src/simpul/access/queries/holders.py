"""People by their accounts, for who may do something about them."""

from datetime import datetime
from uuid import UUID

from simpul.access import rules
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import read_code
from simpul.people.models import Person
from simpul.people.queries import person_for, today


def account_holder_for(actor: Actor, permission: str, person_id: UUID, *, now: datetime) -> Person:
    """Somebody the actor may read, who has an account and whose work the permission reaches. NotFound for others."""
    found = person_for(actor, person_id, on=today(now))
    if found.user_id is None or not rules.answers(actor, permission, found, on=today(now)):
        raise NotFound("people.person", person_id)
    return found


def person_of_account(actor: Actor, code: str) -> Person | None:
    """Whose account has this code, for who gives roles for the whole node: somebody they know reads it to them.

    Denied("grant.manage") for others; None for a code that is nobody's, and for a closed account.
    """
    if not rules.gives_at_node(actor):
        raise Denied(rules.MANAGE)
    return Person.objects.filter(user__handle=read_code(code), user__is_active=True).first()
