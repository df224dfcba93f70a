"""How an organisation is made up: terms of its board; of a village group also its decrees and divisions."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.directory import WRITE, router
from simpul.api.organisations.entry import End
from simpul.api.organisations.profiles import OrganisationFull, area_named, full, moment
from simpul.api.organisations.programmes import OnDay
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import (
    AreaCode,
    Day,
    FirstDayAfter,
    OwnKey,
    PartialText,
    Sent,
    Words,
    needed_words,
    on_day,
    words,
)
from simpul.kernel.errors import Invalid, NotFound
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import BoardTerm, Decree, Division, Organisation
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.structure import decrees_of, structure_of
from simpul.organisations.services.village_groups import (
    NewBoard,
    NewDecree,
    add_division,
    begin_board_term,
    end_division,
    form_village_group,
    record_decree,
)


class DecreeShape(Sent):
    number: str = Field(max_length=60)
    issued_on: Day
    issuer: str = Field(max_length=120, description=prose("The office, never the official's name."))


class TermShape(Sent):
    """A term of the board, and how many sit on it."""

    since: Day
    until: Day | None = Field(None, description=prose("The first day it no longer holds."))
    women: int | None = None
    men: int | None = None


class NewTerm(TermShape):
    decree: UUID | None = None


class NewDivision(Sent):
    name: Words
    since: Day


class NewVillageGroup(Sent):
    """With all that it is founded with, or nothing of it."""

    id: OwnKey = None
    name: str = Field(max_length=200)
    village: AreaCode
    founded: PartialText
    decree: DecreeShape | None = None
    divisions: list[Words] = Field([], max_length=50)
    board: TermShape | None = None


class DecreeLine(Shape):
    id: UUID
    number: str
    issued_on: Day
    issuer: str


class DivisionLine(Shape):
    id: UUID
    name: Words
    valid_from: Day | None
    valid_until: FirstDayAfter


class TermLine(Shape):
    id: UUID
    valid_from: Day | None
    valid_until: FirstDayAfter
    women: int | None
    men: int | None
    decree: UUID | None


class StructureLine(Shape):
    """As known now; terms and decrees the latest first."""

    divisions: list[DivisionLine]
    former_divisions: list[DivisionLine]
    terms: list[TermLine]
    decrees: list[DecreeLine]


@router.get(
    "/organisations/{uuid:organisation_id}/structure",
    **told(prose("How it is made up"), prose("Divisions, terms of its board, decrees."), response=StructureLine),
)
def read_structure(request: Call, organisation_id: UUID, asked: Query[OnDay]) -> StructureLine:
    found = structure_of(organisation_for(request.actor, organisation_id), on_day(asked.on))
    return StructureLine(
        divisions=[_division(row) for row in found.divisions],
        former_divisions=[_division(row) for row in found.former_divisions],
        terms=[_term(row) for row in found.terms],
        decrees=[_decree(row) for row in found.decrees],
    )


@router.post(
    "/village-groups",
    exclude_unset=True,
    **told(
        prose("Form a village group"), prose("With its decree, divisions and board, or nothing of it."),
        response=OrganisationFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_village_group(request: Call, sent: NewVillageGroup) -> OrganisationFull:
    village, founded = area_named("village", sent.village), moment("founded", sent.founded)
    if village is None or founded is None:
        raise Invalid("not_a_date", "founded")
    row = form_village_group(
        request.actor, name=sent.name, village=village, founded=founded, id=sent.id, now=timezone.now(),
        decree=NewDecree(**dict(sent.decree)) if sent.decree else None,
        divisions=[needed_words("divisions", name) for name in sent.divisions],
        board=NewBoard(**dict(sent.board)) if sent.board else None,
    )  # fmt: skip
    request.location = reverse("api:read_organisation", args=[row.pk])
    return full(request, row)


@router.post(
    "/organisations/{uuid:organisation_id}/decrees",
    **told(prose("Enter a decree (SK)"), response=DecreeLine, status=201, scopes=WRITE, needs_token=True),
)
def create_decree(request: Call, organisation_id: UUID, sent: DecreeShape) -> DecreeLine:
    group = _group(request, organisation_id)
    return _decree(record_decree(request.actor, group, decree=NewDecree(**dict(sent)), now=timezone.now()))


@router.post(
    "/organisations/{uuid:organisation_id}/divisions",
    **told(prose("Enter a division"), response=DivisionLine, status=201, scopes=WRITE, needs_token=True),
)
def create_division(request: Call, organisation_id: UUID, sent: NewDivision) -> DivisionLine:
    group, name = _group(request, organisation_id), needed_words("name", sent.name)
    return _division(add_division(request.actor, group, name=name, since=sent.since, now=timezone.now()))


@router.post(
    "/organisations/{uuid:organisation_id}/divisions/{uuid:division_id}/end",
    **told(prose("A division ends"), response=DivisionLine, scopes=WRITE, needs_token=True),
)
def end_one_division(request: Call, organisation_id: UUID, division_id: UUID, sent: End) -> DivisionLine:
    rows = Division.objects.filter(organisation=_group(request, organisation_id), pk=division_id)
    found = rows.select_related("organisation").first()
    if found is None:
        raise NotFound("organisations.division", division_id)
    return _division(end_division(request.actor, found, until=sent.until, now=timezone.now()))


@router.post(
    "/organisations/{uuid:organisation_id}/board-terms",
    **told(
        prose("A new term of the board"), prose("The one that runs ends the day this begins."), response=TermLine,
        status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_board_term(request: Call, organisation_id: UUID, sent: NewTerm) -> TermLine:
    row = organisation_for(request.actor, organisation_id)
    decree = next((one for one in decrees_of(row) if one.pk == sent.decree), None)
    if sent.decree and decree is None:
        raise Invalid("unknown_choice", "decree")
    board = NewBoard(sent.since, sent.until, sent.women, sent.men)
    return _term(begin_board_term(request.actor, row, board=board, decree=decree, now=timezone.now()))


def _group(call: Call, organisation_id: UUID) -> Organisation:
    """Divisions and decrees are a village group's. NotFound for others."""
    row = organisation_for(call.actor, organisation_id)
    if row.kind != OrganisationKind.VILLAGE_GROUP:
        raise NotFound("organisations.organisation", organisation_id)
    return row


def _decree(row: Decree) -> DecreeLine:
    return DecreeLine(id=row.pk, number=row.number, issued_on=row.issued_on, issuer=row.issuer)


def _division(row: Division) -> DivisionLine:
    return DivisionLine(id=row.pk, name=words(row.name) or {}, valid_from=row.valid_from, valid_until=row.valid_until)


def _term(row: BoardTerm) -> TermLine:
    return TermLine(
        id=row.pk, valid_from=row.valid_from, valid_until=row.valid_until, women=row.women, men=row.men,
        decree=row.decree_id,
    )  # fmt: skip
