"""Erasing a person: their right, or the end of any reason to keep them."""

from datetime import datetime

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.queries.node import this_node
from simpul.people import rules
from simpul.people.erasing import refusal, wipe
from simpul.people.models import Person
from simpul.people.queries import today


class Ground(TextChoices):
    """Why: a code, never words, so that nothing of the person stays in it."""

    ASKED = "asked", _("They asked for it themself")
    LEFT = "left", _("They left, and nothing has to be kept any more")
    DIED = "died", _("They died, and the family asked for it")


def erase_person(actor: Actor, person: Person, *, ground: str, now: datetime) -> None:
    """Everything that is kept of the person goes for good: name, contacts with their blind indexes, agreements, what
    they were in organisations, roles they held, their documents, their account with all that opens it.

    A row with their id stays for what names them and is never rewritten; acts keep ids. It is noted in the journal of
    erasures, so that no older backup brings them back. One erased already stays so. Denied("person.manage") unless it
    reaches every organisation they are in (or, in none today, were in), and for oneself. Invalid("ground");
    Conflict("receives_complaints"), or what a context above says: "holds_role", "legal_hold".
    """
    if Person.objects.filter(pk=person.pk).exclude(erased_at=None).exists():
        return
    if not Person.objects.filter(rules.erasable_by(actor, on=today(now)), pk=person.pk).exists():
        raise Denied(rules.MANAGE, person.ref)
    if ground not in Ground.values:
        raise Invalid("ground", "ground", message=_("Choose why."))
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if why := _receives_complaints(row) or refusal(row, now):
            raise why
        if wipe(row):
            audit.record(actor, "people.erase_person", row.ref, details={"ground": ground})


def _receives_complaints(person: Person) -> Conflict | None:
    node = this_node()
    if node is None or node.complaints_to != str(person.ref):
        return None
    message = _("They receive the complaints of this Simpul. The operator names somebody else first.")
    return Conflict("receives_complaints", message=message)
