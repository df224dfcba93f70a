"""The rest of an entry: names put right, areas it works in, who sees which field, what it declares."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.directory import WRITE, NameLine, name_line, router
from simpul.api.organisations.profiles import OrganisationFull, area_named, full, moment
from simpul.api.organisations.programmes import OnDay
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, FirstDayAfter, OwnKey, PartialText, Sent, on_day
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.models import Declaration, Organisation, OrganisationName, WorkingArea
from simpul.organisations.queries.profiles import declarations_of, organisation_for, working_areas_of
from simpul.organisations.services.names import add_former_name, correct_name, remove_name
from simpul.organisations.services.places import add_working_area, end_working_area
from simpul.organisations.services.profiles import set_field_visibility
from simpul.organisations.services.standing import declare
from simpul.organisations.visibility import Audience

NAME: Final = "organisations.organisationname"


class Naming(Sent):
    """A name as it should have been written down."""

    name: str = Field(max_length=200)
    acronym: str = Field("", max_length=40)
    since: PartialText | None = None
    until: PartialText | None = None


class FormerName(Sent):
    name: str = Field(max_length=200)
    acronym: str = Field("", max_length=40)
    since: PartialText | None = None
    until: PartialText


class WorkingAreaLine(Shape):
    """An area it works in, and all within it."""

    id: UUID
    area: AreaRef
    valid_from: Day | None
    valid_until: FirstDayAfter


class NewWorkingArea(Sent):
    area: AreaCode
    since: Day | None = Field(None, description=prose("Null: nobody knows since when."))


class End(Sent):
    until: Day = Field(description=prose("The first day it no longer holds."))


class Visibility(Sent):
    """Fields of the profile to who sees them; the others stay as they are."""

    audiences: dict[str, Audience] = Field(max_length=60, examples=[{"phone": "network"}])


class DeclarationLine(Shape):
    """What holds of one kind; all null where nothing does."""

    kind: DeclarationKind
    standing: DeclarationStanding | None
    declared_on: Day | None
    valid_until: Day | None
    evidence: str


class NewDeclaration(Sent):
    id: OwnKey = None
    kind: DeclarationKind
    standing: DeclarationStanding = Field(
        DeclarationStanding.DECLARED,
        description=prose("A verification and a withdrawal are entries too; nobody verifies their own."),
    )
    declared_on: Day
    valid_until: Day | None = None
    evidence: str = Field("", max_length=300)


@router.post(
    "/organisations/{uuid:organisation_id}/former-names",
    **told(
        prose("Enter a name it bore before"), prose("It is found by it too."), response=NameLine, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_former_name(request: Call, organisation_id: UUID, sent: FormerName) -> NameLine:
    row, until = organisation_for(request.actor, organisation_id), moment("until", sent.until)
    if until is None:
        raise Invalid("not_a_date", "until", message=_("Write a year, or a year and month, or the whole date."))
    made = add_former_name(
        request.actor, row, name=sent.name, acronym=sent.acronym, since=moment("since", sent.since), until=until,
        now=timezone.now(),
    )  # fmt: skip
    return name_line(made)


@router.post(
    "/organisations/{uuid:organisation_id}/names/{uuid:name_id}/correct",
    **told(
        prose("Correct a name"), prose("Written down wrongly; the answer is a new row."), response=NameLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def correct_one_name(request: Call, organisation_id: UUID, name_id: UUID, sent: Naming) -> NameLine:
    row = _name(organisation_for(request.actor, organisation_id), name_id)
    made = correct_name(
        request.actor, row, name=sent.name, acronym=sent.acronym, since=moment("since", sent.since),
        until=moment("until", sent.until), now=timezone.now(),
    )  # fmt: skip
    return name_line(made)


@router.post(
    "/organisations/{uuid:organisation_id}/names/{uuid:name_id}/remove",
    **told(
        prose("Remove a name that never was one"), prose("An organisation keeps one."), response=list[NameLine],
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def remove_one_name(request: Call, organisation_id: UUID, name_id: UUID) -> list[NameLine]:
    organisation = organisation_for(request.actor, organisation_id)
    remove_name(request.actor, _name(organisation, name_id), now=timezone.now())
    rows = OrganisationName.objects.filter(organisation=organisation, superseded_at=None)
    return [name_line(row) for row in rows.order_by("valid_from", "pk")]


@router.get(
    "/organisations/{uuid:organisation_id}/working-areas",
    **told(prose("Where it works"), prose("On the day of your choice."), response=list[WorkingAreaLine]),
)
def list_working_areas(request: Call, organisation_id: UUID, asked: Query[OnDay]) -> list[WorkingAreaLine]:
    organisation = organisation_for(request.actor, organisation_id)
    rows = working_areas_of(organisation, on_day(asked.on)).select_related("area")
    return [_area_line(row) for row in rows]


@router.post(
    "/organisations/{uuid:organisation_id}/working-areas",
    **told(prose("Add an area it works in"), response=WorkingAreaLine, status=201, scopes=WRITE, needs_token=True),
)
def create_working_area(request: Call, organisation_id: UUID, sent: NewWorkingArea) -> WorkingAreaLine:
    organisation, area = organisation_for(request.actor, organisation_id), area_named("area", sent.area)
    assert area is not None
    return _area_line(add_working_area(request.actor, organisation, area=area, since=sent.since, now=timezone.now()))


@router.post(
    "/organisations/{uuid:organisation_id}/working-areas/{uuid:row_id}/end",
    **told(prose("It stops working in an area"), response=WorkingAreaLine, scopes=WRITE, needs_token=True),
)
def end_one_working_area(request: Call, organisation_id: UUID, row_id: UUID, sent: End) -> WorkingAreaLine:
    organisation = organisation_for(request.actor, organisation_id)
    row = (
        WorkingArea.objects.filter(pk=row_id, organisation=organisation).select_related("area", "organisation").first()
    )
    if row is None:
        raise NotFound("organisations.workingarea", row_id)
    return _area_line(end_working_area(request.actor, row, until=sent.until, now=timezone.now()))


@router.put(
    "/organisations/{uuid:organisation_id}/visibility",
    exclude_unset=True,
    **told(
        prose("Decide who sees which field"), prose("Codes of the vocabulary audience."), response=OrganisationFull,
        scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_visibility(request: Call, organisation_id: UUID, sent: Visibility) -> OrganisationFull:
    version, row = seen_version(request), organisation_for(request.actor, organisation_id)
    fresh = set_field_visibility(request.actor, row, audiences=sent.audiences, seen_version=version, now=timezone.now())
    return full(request, fresh)


@router.get(
    "/organisations/{uuid:organisation_id}/declarations",
    **told(prose("What it declares"), prose("Every kind, with what holds that day."), response=list[DeclarationLine]),
)
def list_declarations(request: Call, organisation_id: UUID, asked: Query[OnDay]) -> list[DeclarationLine]:
    found = declarations_of(organisation_for(request.actor, organisation_id), on_day(asked.on))
    return [_declaration(one.kind, one.holding) for one in found]


@router.post(
    "/organisations/{uuid:organisation_id}/declarations",
    **told(
        prose("Enter a declaration"), prose("Or that one was verified or withdrawn; the latest of a kind holds."),
        response=DeclarationLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_declaration(request: Call, organisation_id: UUID, sent: NewDeclaration) -> DeclarationLine:
    row = declare(request.actor, organisation_for(request.actor, organisation_id), now=timezone.now(), **dict(sent))
    return _declaration(DeclarationKind(row.kind), row)


def _name(organisation: Organisation, name_id: UUID) -> OrganisationName:
    """NotFound; Conflict("corrected_meanwhile") for one that somebody corrected or removed before."""
    found = (
        OrganisationName.objects.filter(organisation=organisation, pk=name_id).select_related("organisation").first()
    )
    if found is None:
        raise NotFound(NAME, name_id)
    if found.superseded_at is not None:
        raise Conflict("corrected_meanwhile")
    return found


def _area_line(row: WorkingArea) -> WorkingAreaLine:
    area = AreaRef(code=row.area.pk, name=row.area.title)
    return WorkingAreaLine(id=row.pk, area=area, valid_from=row.valid_from, valid_until=row.valid_until)


def _declaration(kind: DeclarationKind, row: Declaration | None) -> DeclarationLine:
    if row is None:
        return DeclarationLine(kind=kind, standing=None, declared_on=None, valid_until=None, evidence="")
    return DeclarationLine(
        kind=kind, standing=DeclarationStanding(row.standing), declared_on=row.declared_on, valid_until=row.valid_until,
        evidence=row.evidence,
    )  # fmt: skip
