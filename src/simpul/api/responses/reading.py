"""Responses: which there are, who does what where in one, what is needed, where the gaps are, whom it reached."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.activities.clusters import Cluster
from simpul.activities.models import ReportedNeed, Response, ResponseActivity
from simpul.activities.queries.gaps import NeedState, code_level, gap_map, known_on, states_of
from simpul.activities.queries.reach import reach_of
from simpul.activities.queries.responses import (
    Narrowing,
    areas_of,
    inside_of,
    line_for,
    lines_of,
    names_in_sight,
    need_for,
    needs_of,
    response_for,
    responses_for,
    root_of,
)
from simpul.activities.rules.responses import may_lead, told_code
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.responses.shapes import (
    ActivityLine,
    NeedLine,
    ResponseFull,
    ResponseLine,
    activity_line,
    need_line,
    response_line,
)
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, OrganisationRef, on_day
from simpul.territory.models import Area

router = Router(tags=["responses"])
INSIDE: Final = ("responses:write",)  # opens what is guarded to who may write it


class RowsCut(Cut):
    """Which rows of a response, as they were known on a day."""

    on: Day | None = Field(None, description=prose("As known by the end of this day; now where it is left out."))
    cluster: Cluster | None = None
    area: AreaCode | None = Field(None, description=prose("And all that lies in it."))

    def narrowing(self) -> Narrowing:
        return Narrowing(cluster=self.cluster or "", area_code=self.area or "")


class GapsAsked(Shape):
    on: Day | None = Field(None, description=prose("As known by the end of this day; now where it is left out."))
    area: AreaCode | None = Field(None, description=prose("The area whose parts are told; the response's own else."))


class GapCellLine(Shape):
    """What stands in an area and a cluster. `age` is in days, of the newest that was told."""

    area: str
    cluster: Cluster
    activities: int
    at_work: int
    organisations: int
    overlaps: int
    newest_on: Day
    age: int


class GapMapFull(Shape):
    """The gap map of one area on one day: its cells, and the needs that still want something."""

    area: str | None
    day: Day
    cells: list[GapCellLine]
    needs: list[NeedLine]


class SplitLine(Shape):
    code: str
    people: int


class ReachFull(Shape):
    """People reached. The three splits are of the same people and are never added up."""

    told: int = Field(description=prose("The sum of what activities told."))
    at_least: int = Field(description=prose("So many are different people, counted in each place where most were."))
    by_sex: list[SplitLine]
    by_age: list[SplitLine]
    by_disability: list[SplitLine]


@router.get("/responses", **told(prose("List responses"), response=Page[ResponseLine]))
def list_responses(request: Call, cut: Query[Cut]) -> Page[ResponseLine]:
    return page_of(request, responses_for(request.actor), cut, lambda rows: [response_line(row) for row in rows])


@router.get("/responses/{uuid:response_id}", **told(prose("Read a response"), response=ResponseFull))
def read_response(request: Call, response_id: UUID) -> ResponseFull:
    return full(request, response_for(request.actor, response_id))


@router.get(
    "/responses/{uuid:response_id}/activities",
    **told(
        prose("Who does what where (4W)"),
        prose("Lines as they stand, or stood by the end of a day."),
        response=Page[ActivityLine],
        scopes=INSIDE,
    ),
)
def list_response_activities(request: Call, response_id: UUID, cut: Query[RowsCut]) -> Page[ActivityLine]:
    response = response_for(request.actor, response_id)
    known = known_on(on_day(cut.on), timezone.now())
    rows = lines_of(request.actor, response, cut.narrowing(), known=known)
    return page_of(request, rows, cut, lambda found: activity_lines(request, response, found), by=("line",))


@router.get(
    "/response-activities/{uuid:line}",
    **told(prose("Read a line of the 4W"), response=ActivityLine, scopes=INSIDE),
)
def read_response_activity(request: Call, line: UUID) -> ActivityLine:
    row = line_for(request.actor, line)
    return activity_lines(request, row.response, [row])[0]


@router.get(
    "/responses/{uuid:response_id}/needs",
    **told(
        prose("What villages need"),
        prose("Each with whether somebody is on it."),
        response=Page[NeedLine],
        scopes=INSIDE,
    ),
)
def list_response_needs(request: Call, response_id: UUID, cut: Query[RowsCut]) -> Page[NeedLine]:
    response = response_for(request.actor, response_id)
    known = known_on(on_day(cut.on), timezone.now())
    rows: QuerySet[ReportedNeed] = needs_of(request.actor, response, cut.narrowing(), known=known)

    def show(found: list[ReportedNeed]) -> list[NeedLine]:
        return need_lines(request, response, states_of(request.actor, response, found, known))

    return page_of(request, rows, cut, show, by=("line",))


@router.get("/response-needs/{uuid:line}", **told(prose("Read a need"), response=NeedLine, scopes=INSIDE))
def read_response_need(request: Call, line: UUID) -> NeedLine:
    row = need_for(request.actor, line)
    return need_lines(request, row.response, states_of(request.actor, row.response, [row], None))[0]


@router.get(
    "/responses/{uuid:response_id}/gaps",
    **told(
        prose("The gap map"),
        prose("Where a need meets nobody, where several do the same, how old what is known is."),
        response=GapMapFull,
        scopes=INSIDE,
    ),
)
def read_response_gaps(request: Call, response_id: UUID, asked: Query[GapsAsked]) -> GapMapFull:
    response = response_for(request.actor, response_id)
    code = asked.area or root_of(areas_of(response))
    level = min(code_level(code) + 1, 4) if code else 1
    day = on_day(asked.on)
    found = gap_map(request.actor, response, code=code, level=level, day=day, now=timezone.now())
    cells = [
        GapCellLine(
            area=area, cluster=Cluster(cluster), activities=cell.activities, at_work=cell.at_work,
            organisations=cell.organisations, overlaps=cell.overlaps, newest_on=cell.newest_on, age=cell.age(day),
        )
        for (area, cluster), cell in sorted(found.cells.items())
    ]  # fmt: skip
    return GapMapFull(area=code or None, day=day, cells=cells, needs=need_lines(request, response, found.needs))


@router.get(
    "/responses/{uuid:response_id}/reach",
    **told(prose("People reached"), prose("By sex, by age, by disability."), response=ReachFull),
)
def read_response_reach(request: Call, response_id: UUID, asked: Query[GapsAsked]) -> ReachFull:
    response = response_for(request.actor, response_id)
    known = known_on(on_day(asked.on), timezone.now())
    found = reach_of(lines_of(request.actor, response, Narrowing(area_code=asked.area or ""), known=known))
    return ReachFull(
        told=found.told, at_least=found.at_least, by_sex=_split(found.by_sex()), by_age=_split(found.by_age()),
        by_disability=_split(found.by_disability()),
    )  # fmt: skip


def _split(of: Mapping[str, int]) -> list[SplitLine]:
    return [SplitLine(code=code, people=people) for code, people in of.items()]


def full(call: Call, response: Response) -> ResponseFull:
    """With its version for the ETag."""
    call.version = response.version
    areas = [AreaRef(code=area.pk, name=area.title) for area in areas_of(response)]
    return ResponseFull(**response_line(response).model_dump(), areas=areas)


def activity_lines(call: Call, response: Response, rows: list[ResponseActivity]) -> list[ActivityLine]:
    inside = _inside(call, response)
    places = _places(told_code(row, inside=_holds(inside, row.lead_id)) for row in rows)
    return [activity_line(row, places, inside=_holds(inside, row.lead_id)) for row in rows]


def need_lines(call: Call, response: Response, states: Iterable[NeedState]) -> list[NeedLine]:
    """Each told as closely as the caller may know."""
    held, inside = list(states), _inside(call, response)
    told_as = [
        NeedState(s.need, s.answered, told_code(s.need, inside=_holds(inside, s.need.reported_by_id))) for s in held
    ]
    places = _places(state.code for state in told_as)
    names = names_in_sight(call.actor, {state.need.reported_by_id for state in held})
    reporters = {pk: OrganisationRef(id=pk, name=name) for pk, name in names.items()}
    return [need_line(state, places, reporters) for state in told_as]


def _inside(call: Call, response: Response) -> frozenset[UUID] | None:
    return inside_of(call.actor, leads=may_lead(call.actor, response))


def _holds(inside: frozenset[UUID] | None, holder: UUID | None) -> bool:
    return inside is None or holder in inside


def _places(codes: Iterable[str]) -> Mapping[str, AreaRef]:
    found = Area.objects.in_bulk(list(set(codes)))
    return {code: AreaRef(code=code, name=area.title) for code, area in found.items()}
