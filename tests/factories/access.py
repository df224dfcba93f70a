"""Grants for tests, written straight into their table."""

from datetime import date

from simpul.access.models import Grant
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from tests.factories.people import DAY, NOW


def make_grant(
    person: Person,
    role: str,
    organisation: Organisation | None = None,
    *,
    area_code: str = "",
    valid_from: date = DAY,
    valid_until: date | None = None,
) -> Grant:
    return Grant.objects.create(
        person=person,
        role=role,
        organisation=organisation,
        area_code=area_code,
        valid_from=valid_from,
        valid_until=valid_until,
        reason="contoh",
        recorded_at=NOW,
    )
