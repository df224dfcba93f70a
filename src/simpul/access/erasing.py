"""What is kept here of a person, and why it can't be let go: a role they hold, standing in for somebody."""

from datetime import datetime

from django.utils.translation import gettext as _

from simpul.access.models import Deputy, Grant
from simpul.access.rules import current
from simpul.kernel.errors import Conflict
from simpul.people.erasing import Holding, declare
from simpul.people.models import Person
from simpul.people.queries import today


def refuses(person: Person, now: datetime) -> Conflict | None:
    if Grant.objects.filter(current(today(now)), person=person).exists():
        message = _("They still hold a role. End it first, under Roles: then nobody depends on them any more.")
        return Conflict("holds_role", message=message)
    if Deputy.objects.filter(person=person, ended_at=None).exists():
        message = _("They stand in for the coordinators in emergencies. End that first, or name somebody else.")
        return Conflict("holds_role", message=message)
    return None


def erase(person: Person) -> None:
    """The roles they held and why. What they gave to others names their id alone; acts tell who held what when."""
    Grant.objects.filter(person=person).delete()
    Deputy.objects.filter(person=person).delete()


def declare_holding() -> None:
    declare(Holding("access", refuses, erase))
