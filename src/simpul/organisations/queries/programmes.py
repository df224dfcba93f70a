"""Programmes, where they work, who does what in them: seen wherever their owner is."""

from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation, Programme, ProgrammeArea, ProgrammeRole
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at, true_on


def programme_for(actor: Actor, programme_id: UUID) -> Programme:
    """With its owner. NotFound for one out of sight, as for one that never was."""
    rows = Programme.objects.filter(visible_to(actor, "owner__"), pk=programme_id)
    found = rows.select_related("owner").first()
    if found is None:
        raise NotFound("organisations.programme", programme_id)
    return found


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """All in sight, with their owners."""
    return Programme.objects.filter(visible_to(actor, "owner__")).select_related("owner").order_by("pk")


def areas_of(programme: Programme, day: date) -> QuerySet[ProgrammeArea]:
    """Where it works on that day, by code."""
    rows = ProgrammeArea.objects.filter(known_at(None), true_on(day), true_on(day, "programme__"), programme=programme)
    return rows.select_related("area").order_by("area_id")


def coverage_for(actor: Actor, coverage_id: UUID) -> ProgrammeArea:
    """NotFound for one of a programme out of sight, and for one that was corrected or withdrawn."""
    rows = ProgrammeArea.objects.filter(known_at(None), visible_to(actor, "programme__owner__"), pk=coverage_id)
    found = rows.select_related("programme__owner", "area").first()
    if found is None:
        raise NotFound("organisations.programmearea", coverage_id)
    return found


def role_for(actor: Actor, role_id: UUID) -> ProgrammeRole:
    """As `coverage_for`; NotFound also where the organisation is out of sight."""
    in_sight = visible_to(actor, "programme__owner__") & visible_to(actor, "organisation__")
    rows = ProgrammeRole.objects.filter(known_at(None), in_sight, pk=role_id)
    found = rows.select_related("programme__owner", "organisation", "area").first()
    if found is None:
        raise NotFound("organisations.programmerole", role_id)
    return found


def roles_in(actor: Actor, programme: Programme, *, on: date | None = None) -> QuerySet[ProgrammeRole]:
    """Who does what in it, of those in sight: on that day, or (None) ever; by role, then by place and time."""
    rows = ProgrammeRole.objects.filter(known_at(None), visible_to(actor, "organisation__"), programme=programme)
    if on:
        rows = rows.filter(true_on(on), true_on(on, "programme__"))
    rows = rows.select_related("organisation", "area")
    return rows.order_by("role", F("area__name").asc(nulls_first=True), F("valid_from").asc(nulls_first=True), "id")


def roles_of(actor: Actor, organisation: Organisation) -> QuerySet[ProgrammeRole]:
    """Every role it has or had in any programme in sight, the latest first."""
    rows = ProgrammeRole.objects.filter(
        known_at(None), visible_to(actor, "programme__owner__"), organisation=organisation
    )
    return rows.select_related("programme", "area").order_by(F("valid_from").desc(nulls_last=True), "id")
