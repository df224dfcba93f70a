"""Programmes, where they work, who does what in them: reading. `programme_writing` keeps them true."""

from collections.abc import Iterable
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaRef, Day, FirstDayAfter, OrganisationRef, Words, on_day, words
from simpul.organisations.models import Programme, ProgrammeArea, ProgrammeRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.programmes import (
    areas_of,
    programme_for,
    programmes_for,
    roles_in,
    roles_of,
)

router = Router(tags=["programmes"])


class OnDay(Shape):
    on: Day | None = Field(None, description=prose("On this day; today in Jakarta where it is left out."))


class ProgrammeLine(Shape):
    """A programme, with who manages it."""

    id: UUID
    name: Words
    acronym: str
    owner: OrganisationRef
    funder: str
    valid_from: Day | None
    valid_until: FirstDayAfter


class ProgrammeRoleLine(Shape):
    """What an organisation does in a programme."""

    id: UUID
    programme: UUID
    organisation: OrganisationRef
    role: ProgrammeRoleKind
    area: AreaRef | None = Field(description=prose("In one area, or (null) in all of it."))
    valid_from: Day | None
    valid_until: FirstDayAfter


class CoverageLine(Shape):
    """Where a programme works, and when."""

    id: UUID
    programme: UUID
    area: AreaRef
    valid_from: Day | None
    valid_until: FirstDayAfter


class ProgrammeFull(ProgrammeLine):
    """A programme on a day. Its ETag names the version you change."""

    areas: list[AreaRef]
    coverages: list[CoverageLine]
    roles: list[ProgrammeRoleLine]


@router.get("/programmes", **told(prose("List programmes"), response=Page[ProgrammeLine]))
def list_programmes(request: Call, cut: Query[Cut]) -> Page[ProgrammeLine]:
    return page_of(request, programmes_for(request.actor), cut, lambda rows: [_line(row) for row in rows])


@router.get(
    "/programmes/{uuid:programme_id}",
    **told(
        prose("Read a programme"),
        prose("With where it works and who does what in it on the day of your choice."),
        response=ProgrammeFull,
    ),
)
def read_programme(request: Call, programme_id: UUID, asked: Query[OnDay]) -> ProgrammeFull:
    return full(request, programme_for(request.actor, programme_id), asked.on)


@router.get(
    "/organisations/{uuid:organisation_id}/programme-roles",
    **told(prose("What it does and did in programmes"), prose("The latest first."), response=list[ProgrammeRoleLine]),
)
def list_programme_roles(request: Call, organisation_id: UUID) -> list[ProgrammeRoleLine]:
    organisation = organisation_for(request.actor, organisation_id)
    return role_lines(roles_of(request.actor, organisation).select_related("organisation"))


def full(call: Call, programme: Programme, on: Day | None) -> ProgrammeFull:
    """With its version for the ETag. Two queries."""
    call.version, day = programme.version, on_day(on)
    coverages = [coverage_line(row) for row in areas_of(programme, day)]
    return ProgrammeFull(
        **_line(programme).model_dump(), areas=[coverage.area for coverage in coverages], coverages=coverages,
        roles=role_lines(roles_in(call.actor, programme, on=day)),
    )  # fmt: skip


def role_lines(rows: Iterable[ProgrammeRole]) -> list[ProgrammeRoleLine]:
    return [
        ProgrammeRoleLine(
            id=row.pk, programme=row.programme_id, organisation=OrganisationRef.of(row.organisation),
            role=ProgrammeRoleKind(row.role), area=AreaRef.of(row.area), valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    ]  # fmt: skip


def coverage_line(row: ProgrammeArea) -> CoverageLine:
    return CoverageLine(
        id=row.pk, programme=row.programme_id, area=AreaRef(code=row.area.pk, name=row.area.title),
        valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip


def _line(row: Programme) -> ProgrammeLine:
    return ProgrammeLine(
        id=row.pk, name=words(row.name) or {"id": row.acronym}, acronym=row.acronym,
        owner=OrganisationRef.of(row.owner), funder=row.funder, valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip
