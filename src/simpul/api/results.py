"""Figures, and the records behind them."""

from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, next_page, read_cursor
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, Words, on_day
from simpul.kernel.errors import Invalid, NotFound
from simpul.results.presenting import as_data
from simpul.results.queries import evaluate, evaluate_all, indicator, source_of
from simpul.results.questions import Question

router = Router(tags=["figures"])


class Asked(Shape):
    """What is asked of a figure."""

    as_of: Day | None = Field(None, description=prose("True on this day and known by its end; today otherwise."))
    about: UUID | None = Field(None, description=prose("What it is about; the node's own subject otherwise."))


class AskedNarrowly(Asked):
    area: AreaCode | None = Field(None, description=prose("Only in this area."))


class RecordsSought(AskedNarrowly, Cut):
    part: str = Field("", max_length=40, description=prose("The key of a part; the main one otherwise."))
    by: str = Field("", max_length=40, description=prose("A dimension to narrow by, with key."))
    key: str = Field("", max_length=80, description=prose("The value of that dimension."))


class About(Shape):
    kind: str
    id: UUID
    name: str


class PartLine(Shape):
    """One part of a figure: as many as open into records that you may see."""

    key: str
    name: Words
    unit: Words
    value: int


class StatedLine(Shape):
    """What was said, not counted."""

    name: Words
    value: int
    approximate: bool
    on: Day


class FigureLine(Shape):
    """A figure about one subject on one day, with its definition."""

    code: str = Field(examples=["F1"])
    version: int
    name: Words
    definition: Words
    about: About
    as_of: Day
    valid_from: Day | None
    valid_until: Day | None
    area: str | None
    value: int
    unit: Words
    parts: list[PartLine]
    stated: StatedLine | None


class RecordLine(Shape):
    """A record behind a figure."""

    kind: str = Field(examples=["organisations.organisation"])
    id: UUID
    title: str
    note: str


@router.get(
    "/figures",
    **told(prose("All figures at a glance"), prose("About the node's own subjects."), response=list[FigureLine]),
)
def list_figures(request: Call, asked: Query[Asked]) -> list[FigureLine]:
    question = Question(as_of=on_day(asked.as_of), actor=request.actor, subject_id=asked.about)
    return [_line(as_data(found)) for found in evaluate_all(question)]


@router.get(
    "/figures/{code}",
    **told(prose("Read a figure"), prose("With its definition and all its parts."), response=FigureLine),
)
def read_figure(request: Call, code: str, asked: Query[AskedNarrowly]) -> FigureLine:
    return _line(as_data(evaluate(indicator(code), _question(request, asked))))


@router.get(
    "/figures/{code}/records",
    **told(
        prose("Open a figure into its records"),
        prose("Those that you may see, from the same question as the figure itself."),
        response=Page[RecordLine],
    ),
)
def list_records(request: Call, code: str, sought: Query[RecordsSought]) -> Page[RecordLine]:
    figure = indicator(code)
    question = evaluate(figure, _question(request, sought)).question
    after = read_cursor(sought)
    where = (sought.by, sought.key) if sought.by else None
    source = source_of(figure, sought.part, question)
    if where is not None and where[0] not in source.dimensions:
        raise NotFound("results.dimension")
    found = source.page(where=where, after=_key(after[0]) if after else None, limit=sought.limit)
    items = [RecordLine(kind=row.ref.kind, id=row.ref.uuid, title=row.title, note=row.note) for row in found.rows]
    return Page(items=items, next=next_page(request, [found.next_after] if found.next_after else []))


def _question(call: Call, asked: AskedNarrowly) -> Question:
    return Question(as_of=on_day(asked.as_of), actor=call.actor, subject_id=asked.about, area_code=asked.area)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid("unknown_cursor", "after") from error


def _line(data: dict[str, Any]) -> FigureLine:
    known = {name: value for name, value in data.items() if name in FigureLine.model_fields}
    return FigureLine(**{"stated": None, **known, "valid_from": data["from"], "valid_until": data["until"]})
