"""What this part of the context is willing to have counted: rows with two times, for a day and as known at an instant.

Organisations in safety mode are left out of every row set; plain totals by province are `queries.counts`.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet

from simpul.organisations.models import OrganisationName, ProfileItem, WorkingArea
from simpul.records.models import known_at, true_on


def names_borne(organisation_id: UUID, *, known: datetime | None = None) -> QuerySet[OrganisationName]:
    """The names of one organisation, the first first, as known then."""
    rows = OrganisationName.objects.filter(known_at(known), organisation=organisation_id, **_listed())
    return rows.order_by(F("valid_from").asc(nulls_first=True), "id")


def areas_worked_in(
    day: date, *, organisation_id: UUID | None = None, known: datetime | None = None
) -> QuerySet[WorkingArea]:
    """Where organisations (or one) work on that day; the area's level tells regencies from villages."""
    rows = WorkingArea.objects.filter(known_at(known), true_on(day), **_listed()).select_related("area")
    return rows.filter(organisation=organisation_id) if organisation_id else rows


def profile_entries(
    field: str, *, organisation_id: UUID | None = None, known: datetime | None = None
) -> QuerySet[ProfileItem]:
    """The entries of one list (`models.items.LISTS`: sectors, principles, activity_forms...), as known then."""
    rows = ProfileItem.objects.filter(known_at(known), field=field, **_listed())
    return rows.filter(organisation=organisation_id) if organisation_id else rows


def _listed() -> dict[str, bool]:
    return {"organisation__in_safety_mode": False}
