"""Taking back a person who should never have been entered."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict
from simpul.people import rules
from simpul.people.models import Affiliation, ContactPoint, Person
from simpul.people.queries import today

WITHDRAWABLE: Final = timedelta(days=30)
# What comes with a person, and goes with them.
_THEIR_OWN: Final = (Affiliation, ContactPoint)


def withdraw_person(actor: Actor, person: Person, *, seen_version: int, now: datetime) -> None:
    """The person goes for good, with their contacts and what they are in the one organisation they were entered for.

    Within thirty days. Denied("person.manage"). Conflict("edited_meanwhile" | "built_upon" | "too_late") where they
    have an account, a role, a consent or a second place by now. One already gone stays gone.
    """
    if not Person.objects.filter(pk=person.pk).exists():
        return
    rules.require_over(actor, rules.MANAGE, person, on=today(now))
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if row.version != seen_version:
            message = _("It has been changed since. Look at it, and end or correct it by hand.")
            raise Conflict("edited_meanwhile", message=message)
        entered = Act.objects.filter(act="people.register_person", ref_id=row.pk, at__gte=now - WITHDRAWABLE)
        if not isinstance(actor, System) and not entered.exists():
            raise Conflict("too_late", message=_("It was entered more than 30 days ago."))
        if _is_built_upon(row):
            message = _("This person has an account, a role, a consent or a second place by now. End those first.")
            raise Conflict("built_upon", message=message)
        ref = row.ref
        row.delete()
        audit.record(actor, "people.withdraw_person", ref)


def _is_built_upon(person: Person) -> bool:
    """Whether any table, of this context or of one above, names them besides what came with them."""
    if person.user_id is not None or Affiliation.objects.filter(person=person).count() > 1:
        return True
    others = (r for r in Person._meta.related_objects if r.related_model not in _THEIR_OWN)
    return any(r.related_model._base_manager.filter(**{r.field.name: person}).exists() for r in others)
