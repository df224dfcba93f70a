"""One organisation as an actor may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.models import (
    Confirmation,
    Declaration,
    Organisation,
    OrganisationName,
    UnitPlacement,
    WorkingArea,
)
from simpul.organisations.rules.fields import visible_fields
from simpul.organisations.rules.organisations import KIND, visible_to
from simpul.organisations.shapes import shape_warnings
from simpul.organisations.visibility import FIELDS
from simpul.records.models import known_at, true_on

SHOWN_AS = {"principles": "principle_texts", "activity_forms": "activity_form_texts"}


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """All that the actor may see, in the order of names."""
    return Organisation.objects.filter(visible_to(actor)).order_by("sort_key", "id")


def organisation_for(actor: Actor, organisation_id: UUID) -> Organisation:
    """NotFound for one out of sight, as for one that never was."""
    found = Organisation.objects.filter(visible_to(actor), pk=organisation_id).select_related("seat").first()
    if found is None:
        raise NotFound(KIND, organisation_id)
    return found


def profile_for(actor: Actor, organisation: Organisation) -> dict[str, Any]:
    """Field of `visibility.FIELDS` -> value, of the fields this actor sees, in their order; empty ones included."""
    seen = visible_fields(actor, organisation)
    return {field: getattr(organisation, SHOWN_AS.get(field, field)) for field in FIELDS if field in seen}


def warnings_for(actor: Actor, organisation: Organisation, today: date) -> dict[str, str | Promise]:
    """Field -> what looks odd in it, of the fields this actor sees."""
    return shape_warnings(profile_for(actor, organisation), today)


def names_of(organisation: Organisation, *, as_of: datetime | None = None) -> QuerySet[OrganisationName]:
    """Every name it bore, the first first, as known then (None: as known now)."""
    names = OrganisationName.objects.filter(known_at(as_of), organisation=organisation)
    return names.order_by(F("valid_from").asc(nulls_first=True), "id")


def working_areas_of(organisation: Organisation, day: date) -> QuerySet[WorkingArea]:
    rows = WorkingArea.objects.filter(known_at(None), true_on(day), organisation=organisation)
    return rows.select_related("area").order_by("area_id")


@dataclass(frozen=True, slots=True)
class Declared:
    """What holds of one kind: None where nothing was ever declared, or it has ended or been withdrawn."""

    kind: DeclarationKind
    holding: Declaration | None

    @property
    def is_verified(self) -> bool:
        return self.holding is not None and self.holding.standing == DeclarationStanding.VERIFIED


def declarations_of(organisation: Organisation, day: date) -> tuple[Declared, ...]:
    """Every kind, in the order of `declarations.DeclarationKind`, with the declaration that holds on `day`."""
    rows = Declaration.objects.filter(organisation=organisation, declared_on__lte=day)
    latest = {row.kind: row for row in rows.order_by("declared_on", "recorded_at", "id")}
    return tuple(Declared(kind, _holding(latest.get(kind), day)) for kind in DeclarationKind)


def _holding(row: Declaration | None, day: date) -> Declaration | None:
    if row is None or row.standing == DeclarationStanding.WITHDRAWN or (row.valid_until and row.valid_until <= day):
        return None
    return row


def last_confirmation_of(organisation: Organisation) -> Confirmation | None:
    """When it was last found at work."""
    return Confirmation.objects.filter(organisation=organisation).order_by("confirmed_on", "id").last()


def parent_of(actor: Actor, organisation: Organisation, day: date) -> Organisation | None:
    """What it is a unit of on that day; None also where the actor may not see that."""
    placed = UnitPlacement.objects.filter(known_at(None), true_on(day), organisation=organisation)
    return Organisation.objects.filter(visible_to(actor), pk__in=placed.values("parent")).first()


def units_directly_below(actor: Actor, organisation: Organisation, day: date) -> QuerySet[Organisation]:
    placed = UnitPlacement.objects.filter(known_at(None), true_on(day), parent=organisation)
    return organisations_for(actor).filter(pk__in=placed.values("organisation"))


def placements_around(actor: Actor, organisation: Organisation, day: date) -> list[UnitPlacement]:
    """What it is a unit of on that day, and its own units by name: rows with both ends, both in sight. One query."""
    rows = UnitPlacement.objects.filter(
        known_at(None), true_on(day), visible_to(actor, "organisation__"), visible_to(actor, "parent__")
    )
    rows = rows.filter(Q(organisation=organisation) | Q(parent=organisation))
    return list(rows.select_related("organisation", "parent").order_by("organisation__sort_key", "id"))
