"""Published counts of cases: cells, blanks told as such, and the releases they stand on. Nothing else."""

from collections.abc import Iterator
from itertools import dropwhile, islice
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field, StringConstraints

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, next_page, page_of, read_cursor
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, Instant, Words
from simpul.kernel.errors import Invalid
from simpul.releases.queries.published import (
    Cell,
    annotations_of,
    cell_for,
    cells_for,
    release_for,
    releases_for,
    tables_for,
)

router = Router(tags=["case counts"])
_KEYS = 5  # period, area, type, sex, age: what tells a cell of a table from every other

Period = Annotated[
    str,
    StringConstraints(pattern=r"^[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$"),
    Field(description=prose("A year, a quarter or a month."), examples=["2025-Q1"]),
]


class CountTableLine(Shape):
    """A table that is published again and again."""

    key: str = Field(examples=["regency-quarter"])
    level: int = Field(description=prose("0 the country, 1 province, 2 regency or city, 3 district, 4 village."))
    depth: int = Field(
        description=prose(
            "How fine it tells what cases are about: 1 branches, 2 families, 3 forms, 4 families and what came of them."
        )
    )
    cadence: str = Field(examples=["quarter"])
    sex: str = Field(description=prose("none, both (all and each) or each."))
    age: str = Field(description=prose("none, both (all and each) or each."))


class CountLine(Shape):
    """A declared cell. Without a count it is below the threshold or hidden; which of these is not told."""

    id: UUID | None = Field(description=prose("Where a published count stands for good; null for a blank."))
    table: str
    area: str = Field(description=prose("The code of the place; empty for the country."), examples=["52.03"])
    type: str = Field(
        description=prose("What it was about; empty for everything. After a colon what came of it."), examples=["JK"]
    )
    sex: str = Field(description=prose("P, L or unknown; empty for all."))
    age: str = Field(description=prose("child, adult or unknown; empty for all."))
    period: str = Field(examples=["2025-Q1"])
    valid_from: Day = Field(description=prose("The first day of the period."))
    valid_until: Day = Field(description=prose("The first day after it."))
    count: int | None
    release: UUID


class CountsSought(Cut):
    table: str = Field(max_length=40, description=prose("The key of a table."), examples=["regency-quarter"])
    period: Period | None = Field(None, description=prose("Only of this period."))
    area: AreaCode | None = Field(None, description=prose("Only in this area, itself included."))
    type: str | None = Field(None, max_length=8, description=prose("Only of this type; empty for everything together."))


class CountNote(Shape):
    """What was said of a release after it was out."""

    kind: str = Field(description=prose("note, corrected or retracted."))
    text: Words
    made_at: Instant


class CountReleaseLine(Shape):
    """A release: one period, published to one audience, a line of a chain that is never changed."""

    id: UUID
    book: int = Field(description=prose("The year whose numbers its chain tells."))
    number: int
    audience: str
    period: str
    published_at: Instant
    declared: int
    published: int
    digest: str = Field(description=prose("Of its line in the ledger."))
    before: str = Field(description=prose("The digest of the line before it."))
    certificate_digest: str


class CountRelease(CountReleaseLine):
    notes: list[CountNote]


class CountFull(CountLine):
    """A published count with where it comes from: what to cite."""

    on: CountRelease


@router.get(
    "/case-counts/tables",
    **told(prose("Tables of published counts"), prose("Those that you may read."), response=list[CountTableLine]),
)
def list_count_tables(request: Call) -> list[CountTableLine]:
    return [
        CountTableLine(
            key=table.key, level=table.level, depth=table.depth, cadence=table.cadence, sex=table.sex, age=table.age
        )
        for table in tables_for(request.actor)
    ]  # fmt: skip


@router.get(
    "/case-counts",
    **told(
        prose("Published counts of cases"),
        prose("Every declared cell, the oldest period first. Without a count it is below the threshold or hidden."),
        response=Page[CountLine],
    ),
)  # fmt: skip
def list_counts(request: Call, sought: Query[CountsSought]) -> Page[CountLine]:
    asked = cells_for(
        request.actor, sought.table, period=sought.period, within=sought.area or "", type=sought.type
    )  # fmt: skip
    cells = _after(asked, read_cursor(sought))
    found = list(islice(cells, sought.limit + 1))
    shown = found[: sought.limit]
    keys = _key(shown[-1]) if len(found) > sought.limit else ()
    return Page(items=[_line(cell) for cell in shown], next=next_page(request, keys))


@router.get(
    "/case-counts/{cell_id}",
    **told(prose("Read a published count"), prose("With the release it stands on: what to cite."), response=CountFull),
)
def read_count(request: Call, cell_id: UUID) -> CountFull:
    row: Any = cell_for(request.actor, cell_id)
    return CountFull(
        id=row.pk, table=row.table, area=row.area, type=row.type, sex=row.sex, age=row.age, period=row.period,
        valid_from=row.period_from, valid_until=row.period_until, count=row.count, release=row.release.pk,
        on=_full(row.release, row),
    )  # fmt: skip


@router.get(
    "/case-releases",
    **told(prose("Releases of counts"), prose("The latest first."), response=Page[CountReleaseLine]),
)
def list_count_releases(request: Call, sought: Query[Cut]) -> Page[CountReleaseLine]:
    def lines(rows: list[Any]) -> list[CountReleaseLine]:
        return [CountReleaseLine(**_told(row)) for row in rows]

    return page_of(request, releases_for(request.actor), sought, lines, by=("published_at", "pk"), newest_first=True)


@router.get(
    "/case-releases/{release_id}",
    **told(prose("Read a release"), prose("With what was said of it afterwards."), response=CountRelease),
)
def read_count_release(request: Call, release_id: UUID) -> CountRelease:
    return _full(release_for(request.actor, release_id))


def _after(cells: Iterator[Cell], last: list[str]) -> Iterator[Cell]:
    """What follows the cell with these keys. Invalid("unknown_cursor") for no such cell."""
    if not last:
        return cells
    rest = dropwhile(lambda cell: list(_key(cell)) != last, cells)
    if len(last) != _KEYS or next(rest, None) is None:
        raise Invalid("unknown_cursor", "after")
    return rest


def _key(cell: Cell) -> tuple[str, ...]:
    return cell.period, cell.area, cell.type, cell.sex, cell.age


def _line(cell: Cell) -> CountLine:
    assert cell.release_id is not None  # a cell of a proposal alone has none
    return CountLine(
        id=cell.id, table=cell.table, area=cell.area, type=cell.type, sex=cell.sex, age=cell.age, period=cell.period,
        valid_from=cell.start, valid_until=cell.until, count=cell.count, release=cell.release_id,
    )  # fmt: skip


def _told(row: Any) -> dict[str, Any]:
    names = ("number", "audience", "period", "published_at", "declared", "published", "digest", "before",
             "certificate_digest")  # fmt: skip
    return {"id": row.pk, "book": row.book.year, **{name: getattr(row, name) for name in names}}


def _full(row: Any, cell: Any = None) -> CountRelease:
    said = annotations_of(row, cell)
    notes = [CountNote(kind=one.kind, text=dict(one.text or {}), made_at=one.made_at) for one in said]
    return CountRelease(**_told(row), notes=notes)
