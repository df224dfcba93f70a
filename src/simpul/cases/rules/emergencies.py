"""Which case a number read out on the telephone stands for, when it has to be opened tonight."""

from simpul.cases.models import Case
from simpul.cases.numbers import read_number
from simpul.cases.rules.sight import excluding
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation


def find_in_emergency(actor: Actor, organisation: Organisation, number: str) -> RecordRef | None:
    """None where there is none, where another organisation keeps it, and where it is hidden from this very actor."""
    rows = Case.objects.filter(owner_organisation=organisation, code=read_number(number))
    if actor.person_id is not None:
        rows = rows.exclude(excluding(actor.person_id))
    found = rows.first()
    return found.ref if found else None
