"""What cases keep of the people who help in them: until somebody takes over, they can't be let go; then how they were,
and what threatened them, goes with them.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Assignment, Checkin, Threat
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
    for theirs in (Checkin, Threat):  # the person's row stays: no foreign key takes these along
        theirs.objects.filter(person=person).delete()
    Checkin.objects.filter(shared_with=person).update(shared_with=None)


HOLDING = Holding("cases.assignments", _refuses, _erase)
