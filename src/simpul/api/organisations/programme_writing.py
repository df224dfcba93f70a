"""Keeping programmes true: what is said of one, where it works, who does what in it."""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.organisations.programmes import (
    CoverageLine,
    ProgrammeFull,
    ProgrammeRoleLine,
    coverage_line,
    full,
    role_lines,
    router,
)
from simpul.api.prose import prose
from simpul.api.shapes import AreaCode, Day, FirstDayAfter, OwnKey, Sent, Words, needed_words
from simpul.kernel.errors import Invalid
from simpul.organisations.models import ProgrammeRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.programmes import coverage_for, programme_for, role_for
from simpul.organisations.services.coverage import correct_coverage, cover_area, end_coverage, withdraw_coverage
from simpul.organisations.services.programme_roles import assign_role, correct_role, end_role, withdraw_role
from simpul.organisations.services.programmes import edit_programme, start_programme
from simpul.territory.models import Area

WRITE: Final = ("programmes:write",)


class Spell(Sent):
    """From when to when."""

    valid_from: Day | None = None
    valid_until: FirstDayAfter = None


class PartEnd(Sent):
    valid_until: Day = Field(description=prose("The first day it no longer holds."))


class NewProgramme(Spell):
    id: OwnKey = None
    owner: UUID
    name: Words
    acronym: str = Field("", max_length=40)
    funder: str = Field("", max_length=200, description=prose("In words: who pays."))


class ProgrammeChange(Spell):
    """Only the fields that are sent."""

    name: Words | None = None
    acronym: str = Field("", max_length=40)
    funder: str = Field("", max_length=200)


class NewCoverage(Spell):
    id: OwnKey = None
    area: AreaCode


class NewRole(Spell):
    id: OwnKey = None
    organisation: UUID
    role: ProgrammeRoleKind
    area: AreaCode | None = Field(None, description=prose("In one area, or (null) in all of it."))


@router.post(
    "/programmes",
    **told(prose("Start a programme"), response=ProgrammeFull, status=201, scopes=WRITE, needs_token=True),
)
def create_programme(request: Call, sent: NewProgramme) -> ProgrammeFull:
    row = start_programme(
        request.actor, organisation_for(request.actor, sent.owner), name=needed_words("name", sent.name),
        acronym=sent.acronym, funder=sent.funder, valid_from=sent.valid_from, valid_until=sent.valid_until,
        programme_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_programme", args=[row.pk])
    return full(request, row, None)


@router.patch(
    "/programmes/{uuid:programme_id}",
    **told(
        prose("Change a programme"), prose("Only the fields that are sent."), response=ProgrammeFull, scopes=WRITE,
        needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_programme(request: Call, programme_id: UUID, sent: ProgrammeChange) -> ProgrammeFull:
    version = seen_version(request)
    changes: dict[str, Any] = {name: getattr(sent, name) for name in sent.model_fields_set}
    if "name" in changes:
        changes["name"] = needed_words("name", sent.name or {})
    row = programme_for(request.actor, programme_id)
    return full(request, edit_programme(request.actor, row, changes, seen=version, now=timezone.now()), None)


@router.post(
    "/programmes/{uuid:programme_id}/coverages",
    **told(
        prose("Enter where a programme works"), response=CoverageLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_coverage(request: Call, programme_id: UUID, sent: NewCoverage) -> CoverageLine:
    programme = programme_for(request.actor, programme_id)
    row = cover_area(
        request.actor, programme, area=_area(sent.area), valid_from=sent.valid_from, valid_until=sent.valid_until,
        coverage_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return coverage_line(row)


@router.post(
    "/coverages/{uuid:coverage_id}/end",
    **told(prose("A programme stops working somewhere"), response=CoverageLine, scopes=WRITE, needs_token=True),
)
def end_programme_coverage(request: Call, coverage_id: UUID, sent: PartEnd) -> CoverageLine:
    row = coverage_for(request.actor, coverage_id)
    return coverage_line(end_coverage(request.actor, row, valid_until=sent.valid_until, now=timezone.now()))


@router.patch(
    "/coverages/{uuid:coverage_id}",
    **told(
        prose("Correct when a programme works somewhere"),
        prose("Both dates at once. The answer may carry a new id: every change appends a row."),
        response=CoverageLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def correct_programme_coverage(request: Call, coverage_id: UUID, sent: Spell) -> CoverageLine:
    row = coverage_for(request.actor, coverage_id)
    return coverage_line(correct_coverage(request.actor, row, now=timezone.now(), **dict(sent)))


@router.post(
    "/coverages/{uuid:coverage_id}/withdraw",
    **told(
        prose("Take back that a programme works somewhere"), prose("It was never true."), response=CoverageLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_programme_coverage(request: Call, coverage_id: UUID) -> CoverageLine:
    row = coverage_for(request.actor, coverage_id)
    withdraw_coverage(request.actor, row, now=timezone.now())
    return coverage_line(row)


@router.post(
    "/programmes/{uuid:programme_id}/roles",
    **told(
        prose("Enter who does what in a programme"), response=ProgrammeRoleLine, status=201, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def create_programme_role(request: Call, programme_id: UUID, sent: NewRole) -> ProgrammeRoleLine:
    programme = programme_for(request.actor, programme_id)
    row = assign_role(
        request.actor, programme, organisation=organisation_for(request.actor, sent.organisation), role=sent.role,
        area=area_named("area", sent.area), valid_from=sent.valid_from, valid_until=sent.valid_until, role_id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    return _role(row)


@router.post(
    "/programme-roles/{uuid:role_id}/end",
    **told(prose("A role in a programme ends"), response=ProgrammeRoleLine, scopes=WRITE, needs_token=True),
)
def end_programme_role(request: Call, role_id: UUID, sent: PartEnd) -> ProgrammeRoleLine:
    row = role_for(request.actor, role_id)
    return _role(end_role(request.actor, row, valid_until=sent.valid_until, now=timezone.now()))


@router.patch(
    "/programme-roles/{uuid:role_id}",
    **told(
        prose("Correct when a role in a programme held"),
        prose("Both dates at once. The answer may carry a new id: every change appends a row."),
        response=ProgrammeRoleLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def correct_programme_role(request: Call, role_id: UUID, sent: Spell) -> ProgrammeRoleLine:
    row = role_for(request.actor, role_id)
    return _role(correct_role(request.actor, row, now=timezone.now(), **dict(sent)))


@router.post(
    "/programme-roles/{uuid:role_id}/withdraw",
    **told(
        prose("Take back a role in a programme"), prose("It was never true."), response=ProgrammeRoleLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_programme_role(request: Call, role_id: UUID) -> ProgrammeRoleLine:
    row = role_for(request.actor, role_id)
    withdraw_role(request.actor, row, now=timezone.now())
    return _role(row)


def _role(row: ProgrammeRole) -> ProgrammeRoleLine:
    return role_lines([row])[0]


def _area(code: str) -> Area:
    found = area_named("area", code)
    if found is None:
        raise Invalid("unknown_area", "area", message=_("No area has this code. Look it up under /areas."))
    return found
