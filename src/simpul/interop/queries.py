"""Reads of imports and their rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from simpul.interop.limits import KEPT, UNDOABLE
from simpul.interop.models import WAITING, Decision, ImportBatch, ImportRow, Outcome, RowState, State, WordMemory
from simpul.interop.reading.headers import Header, names_of
from simpul.interop.recipes import Recipe, recipes
from simpul.interop.rules import KIND, visible_to
from simpul.interop.tables import Cell, Line
from simpul.interop.words import UNKNOWN, Chosen, Reading, word_digest
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.vault.blind import keyed_digests


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows below the head, by what was found and by what became of them. All counted from the rows themselves."""

    states: Mapping[str, int]
    undecided: int
    outcomes: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def checked(self) -> int:
        return self.total - self.states.get(RowState.STAGED, 0)

    @property
    def settled(self) -> int:
        return self.total - self.outcomes.get(Outcome.WAITING, 0)


def imports_for(actor: Actor) -> QuerySet[ImportBatch]:
    """The newest first."""
    return ImportBatch.objects.filter(visible_to(actor)).order_by("-received_at", "-id")


def import_for(actor: Actor, batch_id: UUID) -> ImportBatch:
    """NotFound for one out of sight."""
    found = imports_for(actor).filter(pk=batch_id).first()
    if found is None or found.recipe not in recipes():
        raise NotFound(KIND, batch_id)
    return found


def row_for(actor: Actor, batch: ImportBatch, row_id: UUID) -> ImportRow:
    """NotFound for one of another import, or out of sight."""
    found = rows_of(import_for(actor, batch.pk)).filter(pk=row_id).first()
    if found is None:
        raise NotFound("interop.importrow", row_id)
    return found


def recipe_of(batch: ImportBatch) -> Recipe:
    return recipes()[batch.recipe]


def rows_of(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows below the head of the chosen sheet, in their order."""
    rows = ImportRow.objects.filter(batch=batch, sheet=batch.sheet, number__gt=batch.header_row)
    return rows.order_by("number")


def count_rows(batch: ImportBatch) -> Counts:
    """One query for all of them."""
    states: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    undecided = 0
    grouped = rows_of(batch).order_by().values_list("state", "outcome", "decision").annotate(n=Count("pk"))
    for state, outcome, decision, number in grouped:
        states[state] += number
        outcomes[outcome] += number
        undecided += number * (state == RowState.ALIKE and decision == Decision.NONE)
    return Counts(dict(states), undecided, dict(outcomes))


def lines_of(batch: ImportBatch, *, sheet: int | None = None, most: int = 25) -> list[Line]:
    """The first lines of a sheet as they stand in the file, heads and all. Opens their cells."""
    wanted = batch.sheet if sheet is None else sheet
    rows = ImportRow.objects.filter(batch=batch, sheet=wanted).order_by("number")[:most]
    return [Line(row.number, cells_of(row)) for row in rows]


def cells_of(row: ImportRow) -> Sequence[Cell]:
    """Opened; nothing once the row has been written."""
    return row.cells.open() if row.cells is not None else ()


def heads_of(batch: ImportBatch) -> list[str]:
    """What each column of the chosen sheet is called."""
    rows = ImportRow.objects.filter(batch=batch, sheet=batch.sheet, number__lte=batch.header_row).order_by("number")
    lines = [Line(row.number, cells_of(row)) for row in rows.filter(number__gt=batch.header_row - batch.header_depth)]
    names = names_of(lines, Header(batch.header_row, batch.header_depth))
    width = int(batch.outline.open()["sheets"][batch.sheet]["width"])
    return [*names, *[""] * (width - len(names))]


def keeper_of(batch: ImportBatch) -> UUID:
    """Who remembers how columns are called and what words mean: the organisation, else the importer's account."""
    return batch.organisation_id or batch.imported_by


def reading_of(batch: ImportBatch) -> Reading:
    """How the cells of this file are read. One query, none where the recipe has no columns of codes to be taught."""
    recipe = recipe_of(batch)
    silent = {name: str(batch.options.get(f"default_{name}") or "") for name in recipe.silent}
    taught: dict[str, dict[str, str]] = {c.name: {} for c in recipe.columns if isinstance(c.read, Chosen)}
    if taught:
        rows = WordMemory.objects.filter(keeper=keeper_of(batch), recipe=batch.recipe, column__in=list(taught))
        for column, digest, code in rows.values_list("column", "digest", "code"):
            taught[column][digest] = code
    return Reading(taught, silent)


@dataclass(frozen=True, slots=True)
class Strange:
    """A word that nobody understands in a column of codes, and in how many rows it stands."""

    column: str
    digest: str
    words: str
    rows: int


def strange_words(batch: ImportBatch, *, most: int = 60) -> list[Strange]:
    """The commonest first. Opens the cells of rows that hold one."""
    reading, recipe = reading_of(batch), recipe_of(batch)
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows_of(batch).filter(state=RowState.FAULTY).iterator(chunk_size=500):
        wrong = {column for column, code in row.faults if code == UNKNOWN}
        for name, word in _strange_in(recipe, batch.places, wrong, cells_of(row) if wrong else (), reading):
            key = (name, word_digest(name, word))
            first, rows = found.get(key, (word, 0))
            found[key] = (first, rows + 1)
    strange = [Strange(column, digest, words, rows) for (column, digest), (words, rows) in found.items()]
    return sorted(strange, key=lambda one: (-one.rows, one.column, one.words))[:most]


def holds_strange(batch: ImportBatch) -> bool:
    """Whether there is any. Opens nothing."""
    chosen = {c.name for c in recipe_of(batch).columns if isinstance(c.read, Chosen)}
    if not chosen:
        return False
    rows = rows_of(batch).filter(state=RowState.FAULTY).values_list("faults", flat=True)
    return any(code == UNKNOWN and name in chosen for faults in rows.iterator(chunk_size=500) for name, code in faults)


def _strange_in(
    recipe: Recipe, places: Mapping[int, str], wrong: set[str], cells: Sequence[Cell], reading: Reading
) -> Iterator[tuple[str, str]]:
    for place, name in places.items():
        column = recipe.column(name) if name in wrong and place < len(cells) else None
        if column is not None and isinstance(column.read, Chosen):
            yield from ((name, word) for word in column.read.strange(cells[place], reading.taught.get(name, {})))


def earlier_with(actor: Actor, batch: ImportBatch) -> ImportBatch | None:
    """The last other import in the actor's sight that brought the very same file."""
    return imports_for(actor).filter(digest=batch.digest, recipe=batch.recipe).exclude(pk=batch.pk).first()


def file_digest(sha256: str) -> str:
    """What is kept of a file's digest: nobody can tell from it whether a certain file was imported."""
    return keyed_digests("interop.file", sha256)[0]


def head_digest(folded: str) -> str:
    return keyed_digests("interop.head", folded)[0][:32]


def expired(now: datetime) -> QuerySet[ImportBatch]:
    """Imports nobody confirmed in time."""
    return ImportBatch.objects.filter(state__in=WAITING, received_at__lt=now - KEPT)


def leftover(now: datetime) -> QuerySet[ImportRow]:
    """Rows of finished imports that still hold somebody's words: heads, left out, refused."""
    done = ImportBatch.objects.filter(state__in=(State.DONE, State.UNDONE), finished_at__lt=now - KEPT)
    return ImportRow.objects.filter(batch__in=done, cells__isnull=False)


def is_undoable(batch: ImportBatch, now: datetime) -> bool:
    """Whether a whole import may still be taken back."""
    return batch.state == State.DONE and batch.finished_at is not None and now - batch.finished_at <= UNDOABLE
