"""People for tests, written straight into their tables."""

from datetime import UTC, date, datetime
from itertools import count

from simpul.accounts.models import User
from simpul.kernel.text import fold_words
from simpul.organisations.models import Organisation
from simpul.people.models import Affiliation, Person

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
DAY = date(2025, 2, 7)

_numbers = count(1)


def make_person(*, name: str = "", user: User | None = None) -> Person:
    name = name or f"Contoh {next(_numbers)}"
    return Person.objects.create(name=name, sort_key=fold_words(name), user=user)


def make_affiliation(
    person: Person,
    organisation: Organisation,
    *,
    role: str = "volunteer",
    valid_from: date | None = DAY,
    valid_until: date | None = None,
) -> Affiliation:
    return Affiliation.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=NOW,
    )
