"""What cases keep of the people who help in them: until somebody takes over, they can't be let go."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Assignment
from simpul.kernel.errors import Conflict
from simpul.people.erasing import Holding
from simpul.people.models import Person


def _refuses(person: Person, now: datetime) -> Conflict | None:  # noqa: ARG001 - the shape of a holding
    if not Assignment.objects.filter(person=person, ended_at=None).exists():
        return None
    message = _("They still help in a case. Let somebody else take over first.")
    return Conflict("helps_in_a_case", message=message)


def _erase(person: Person) -> None:
    """A restore brings back what ran when its copy was made: whoever is gone helps no more."""
    for row in Assignment.objects.filter(person=person, ended_at=None):
        row.ended_at = row.started_at
        row.save(update_fields=["ended_at"])


HOLDING = Holding("cases.assignments", _refuses, _erase)
