"""Published tables, as far as somebody's work lets them read. Blanks are all alike: declared, and no more is known."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.releases.models import Annotation, PublishedCell, Release
from simpul.releases.months import cadence_of
from simpul.releases.queries.books import Key, declared_keys, places_of
from simpul.releases.rules import audience_of
from simpul.releases.tables import TABLES, Audience, Cadence, Table, tables_of

CELL, RELEASE = "releases.publishedcell", "releases.release"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period that is out for one table."""

    label: str
    start: date
    until: date
    release_id: UUID
    book_id: UUID
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """A declared cell. `count` and `id` are None where it is blank; of a preview, no `id` and no release."""

    id: UUID | None
    release_id: UUID | None
    table: str
    area: str
    type: str
    sex: str
    age: str
    period: str
    start: date
    until: date
    count: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cells of a table; None for all there are."""

    period: str | None = None
    within: str = ""
    places: Collection[str] | None = None
    type: str | None = None
    sex: str | None = None
    age: str | None = None

    def has(self, key: Key) -> bool:
        area, kind, sex, age = key
        told = ((self.type, kind), (self.sex, sex), (self.age, age))
        if any(wanted is not None and wanted != is_ for wanted, is_ in told):
            return False
        return self.places is None or area in self.places


def tables_for(actor: Actor) -> tuple[Table, ...]:
    return tables_of(audience_of(actor))


def periods_for(actor: Actor, table: str) -> list[PeriodRow]:
    """The periods of a table that are out, oldest first. NotFound for a table that is not theirs to read."""
    return _periods(_readable(audience_of(actor), table))


def _readable(audience: Audience, key: str) -> Table:
    table = TABLES.get(key)
    if table is None or table.audience.tier > audience.tier:
        raise NotFound("releases.table")
    return table


def _periods(table: Table, period: str | None = None) -> list[PeriodRow]:
    rows = Release.objects.filter(audience=table.audience).order_by("period_from")
    if period is not None:
        rows = rows.filter(period=period)
    told = rows.values_list("period", "period_from", "period_until", "id", "book_id", "published_at")
    return [row for row in (PeriodRow(*one) for one in told) if cadence_of(row.label) is table.cadence]


def cells_for(
    actor: Actor,
    table: str,
    *,
    period: str | None = None,
    within: str = "",
    places: Collection[str] | None = None,
    type: str | None = None,  # noqa: A002 - as the column is called
    sex: str | None = None,
    age: str | None = None,
) -> Iterator[Cell]:
    """The declared cells of a table, in order of period, place, type, sex, age; "" asks for a margin, None for all.

    Two statements, whatever the size, and one more the first time a book is read. NotFound for a table that is not
    theirs to read.
    """
    wanted = _readable(audience_of(actor), table)
    asked = Asked(period, within, places, type, sex, age)
    periods = _periods(wanted, period)
    found = _found(wanted, asked)
    books = {row.book_id for row in periods}
    keys = {book: [key for key in declared_keys(wanted, book, within) if asked.has(key)] for book in books}
    for row in periods:
        for key in keys[row.book_id]:
            identity, count = found.get((row.label, *key), (None, None))
            yield Cell(identity, row.release_id, table, *key, row.label, row.start, row.until, count)


def cells_of(actor: Actor, tables: Sequence[str], *, within: str = "") -> Iterator[Cell]:
    """All declared cells of several tables, one table after another, each as `cells_for`: two statements in all."""
    audience = audience_of(actor)
    wanted = [_readable(audience, table) for table in tables]
    periods = _released({table.audience for table in wanted})
    rows = PublishedCell.objects.filter(table__in=tables)
    rows = rows.filter(area__within=within) if within else rows
    told = rows.values_list("table", "period", "area", "type", "sex", "age", "id", "count")
    found = {row[:6]: row[6:] for row in told.iterator()}
    for table in wanted:
        keys: dict[UUID, list[Key]] = {}
        for row in periods.get((table.audience, table.cadence), ()):
            own = keys.setdefault(row.book_id, declared_keys(table, row.book_id, within))
            for key in own:
                identity, count = found.get((table.key, row.label, *key), (None, None))
                yield Cell(identity, row.release_id, table.key, *key, row.label, row.start, row.until, count)


def _released(audiences: Collection[str]) -> dict[tuple[str, Cadence], list[PeriodRow]]:
    """What is out, oldest first, by audience and cadence."""
    rows = Release.objects.filter(audience__in=audiences).order_by("period_from")
    told = rows.values_list("audience", "period", "period_from", "period_until", "id", "book_id", "published_at")
    found: dict[tuple[str, Cadence], list[PeriodRow]] = {}
    for audience, label, start, until, release, book, at in told:
        period = PeriodRow(label, start, until, release, book, at)
        found.setdefault((audience, cadence_of(label)), []).append(period)
    return found


def _found(table: Table, asked: Asked) -> dict[tuple[str, ...], tuple[UUID, int]]:
    """What was published of it, by period and key."""
    rows = PublishedCell.objects.filter(table=table.key)
    named = {"period": asked.period, "type": asked.type, "sex": asked.sex, "age": asked.age}
    rows = rows.filter(**{name: value for name, value in named.items() if value is not None})
    if asked.within:
        rows = rows.filter(area__within=asked.within)
    if asked.places is not None and len(asked.places) <= 500:  # an engine takes so many values in one statement
        rows = rows.filter(area__in=list(asked.places))
    told = rows.values_list("period", "area", "type", "sex", "age", "id", "count")
    return {row[:5]: row[5:] for row in told.iterator()}


def places_for(actor: Actor, table: str, period: str) -> tuple[str, ...]:
    """The codes of the places a period tells apart. NotFound for what is not out."""
    wanted = _readable(audience_of(actor), table)
    periods = _periods(wanted, period)
    if not periods:
        raise NotFound(RELEASE)
    return places_of(periods[0].book_id, wanted.level)


def cell_for(actor: Actor, cell_id: UUID) -> PublishedCell:
    """One published cell with its release and what was said of either. NotFound for what is not theirs to read."""
    rows = PublishedCell.objects.filter(tier__lte=audience_of(actor).tier)
    found = rows.select_related("release", "release__book").filter(pk=cell_id).first()
    if found is None:
        raise NotFound(CELL, cell_id)
    return found


def annotations_of(release: Release, cell: PublishedCell | None = None) -> list[Annotation]:
    """What was said of a release, and of that cell on it, oldest first."""
    rows = Annotation.objects.filter(release=release)
    return list(rows.filter(Q(cell=None) | Q(cell=cell)) if cell else rows.filter(cell=None))


def releases_for(actor: Actor) -> QuerySet[Release]:
    """Every release they may read with its annotations, the latest first; never the line or the certificate itself."""
    readable = [one for one in Audience if one.tier <= audience_of(actor).tier]
    told = Prefetch("annotations", Annotation.objects.filter(cell=None))
    rows = Release.objects.filter(audience__in=readable).defer("line", "certificate", "book__outline", "book__places")
    return rows.select_related("book").prefetch_related(told).order_by("-published_at", "-book__year", "-number")


def release_for(actor: Actor, release_id: UUID) -> Release:
    found = releases_for(actor).filter(pk=release_id).first()
    if found is None:
        raise NotFound(RELEASE, release_id)
    return found
