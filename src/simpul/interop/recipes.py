"""What can be imported, as data and a few functions. Contexts above declare a recipe; this context only follows it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from simpul.interop.likeness import Likeness, Match
from simpul.interop.limits import MOST_COLUMNS
from simpul.interop.tables import Book, Cell, is_empty
from simpul.interop.values import Unreadable
from simpul.interop.words import AS_IT_STANDS, NOTHING, Chosen, Reading
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid, SimpulError
from simpul.kernel.text import fold

if TYPE_CHECKING:
    from simpul.interop.models import ImportBatch

Text = str | Promise
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a row can tell. `read` makes its value of a cell: None for nothing, Unreadable or Invalid else.

    `names` are what people call it at the head of a column, besides its label. `missing` is said of a row that lacks
    what is `required`.
    """

    name: str
    label: Text
    read: Callable[[Cell], Any]
    names: Sequence[str] = ()
    required: bool = False
    hint: Text = ""
    example: Cell = ""
    missing: Text = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row. `column` is the name of a `Column`, "" for the row as a whole."""

    column: str
    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row. `undo` is what it takes to take it back: ids, codes and versions alone."""

    ref: str
    undo: Mapping[str, Any] = field(default_factory=dict)
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of a row with a double: "new" beside it, or into it ("merge") with these columns winning."""

    decision: str = "new"
    into: str = ""  # RecordRef of the entry to be merged into
    winning: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()  # doubles that were shown and told apart


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row that is to be written: its id, what it says, and what was decided of it."""

    id: UUID
    values: Values
    choice: Choice


class Desk(ABC):
    """One pass over an import: what it looked up once, it keeps. Made by `Recipe.desk` for an actor and a batch."""

    @abstractmethod
    def faults(self, values: Values) -> Iterable[Fault]:
        """What is wrong with the values together, or against the records. A value that could not be read is missing."""

    @abstractmethod
    def likeness(self, key: str, values: Values) -> Likeness | None:
        """What of the row is compared with others; None where rows of this kind have no doubles."""

    @abstractmethod
    def known(self) -> Iterable[Likeness]:
        """The entries in the actor's sight that a row may repeat. Keys are `str(RecordRef)`."""

    def near(self, likeness: Likeness) -> Iterable[Likeness]:
        """Of `known` at least those that one row may repeat: what is quicker to fetch for a single one."""
        return self.known()

    def twins(self, values: Values) -> Iterable[Match]:
        """Entries that this row may repeat and that are found by a question of their own, besides those of `known`."""
        return ()

    def in_sight(self, keys: Sequence[str]) -> frozenset[str]:
        """Which of these entries the actor sees at this moment. Asked for recipes that are `private`."""
        return frozenset(self.shown(keys))

    @abstractmethod
    def shown(self, refs: Sequence[str]) -> Mapping[str, "Shown"]:
        """Such entries as the actor may see them, to be put beside a row."""

    def named(self, refs: Sequence[str]) -> Mapping[str, "Shown"]:
        """The same for a list: their titles and pages are enough."""
        return self.shown(refs)

    def told(self, values: Values) -> Text:
        """What becomes of a row that is ready, where that is not simply an entry; "" else."""
        return ""

    def remarks(self) -> Sequence[str]:
        """What whoever imports should be told of what was entered, beside how much it was."""
        return ()

    def expect(self, rows: Sequence[Values]) -> None:  # noqa: B027 - most have nothing to prepare
        """These are applied next, under the lock of their kind: what they all need may be looked up once."""

    @abstractmethod
    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        """Write one row through the services, within the caller's transaction; with the same `row_id` the same again.

        Denied, Invalid or Conflict with a message refuse this row alone.
        """

    def apply_together(self, rows: Sequence[Incoming], *, now: datetime) -> Mapping[UUID, Written | SimpulError]:
        """`apply` of several: by the id of the row what became of it, or why it was refused. One that is refused
        keeps no other.
        """
        done: dict[UUID, Written | SimpulError] = {}
        for row in rows:
            try:
                with transaction.atomic():
                    done[row.id] = self.apply(row.id, row.values, row.choice, now=now)
            except SimpulError as refusal:
                done[row.id] = refusal
        return done

    @abstractmethod
    def undo(self, written: Written, *, now: datetime) -> None:
        """Take back what `apply` wrote. Conflict with a message where something has been built on it since."""

    def undo_together(self, written: Sequence[Written], *, now: datetime) -> Mapping[str, SimpulError]:
        """`undo` of several: those that stay, by their ref, each with why. One that stays keeps no other."""
        refused: dict[str, SimpulError] = {}
        for one in written:
            try:
                with transaction.atomic():
                    self.undo(one, now=now)
            except SimpulError as refusal:
                refused[one.ref] = refusal
        return refused


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry beside a row. `texts`: column -> what it says; `href` its page; `note`: what merging can't do."""

    title: str
    href: str
    texts: Mapping[str, str]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class FormWords:
    """How a form asks: what stands at the head of a column, folded to small letters -> the question as people read it;
    and of a question with answers to choose from, its head -> name of an answer -> the answer as people read it.
    """

    questions: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Recipe(ABC):
    """One kind of thing that can be imported."""

    key: ClassVar[str]
    label: ClassVar[Text]
    permission: ClassVar[str]  # at the organisation the import is for
    confidential: ClassVar[bool] = False
    # An import is then seen by the one person who brought it in, while they may; by no program, and by nobody beside
    # them. What was not entered goes with the last row that was, and each page of it is noted as a look.
    private: ClassVar[bool] = False
    merging: ClassVar[Text] = ""  # what merging does, where it is not to fill what is empty
    titled: ClassVar[str] = ""  # the column by which a row is called, where that is not its first
    mergeable: ClassVar[bool] = True  # a row may be merged into its double
    silent: ClassVar[frozenset[str]] = frozenset()  # columns that may be answered once for all rows that are silent
    whys: ClassVar[Mapping[str, Text]] = {}  # why a row may be a double, in words of its own
    columns: ClassVar[tuple[Column, ...]]
    unmerged: ClassVar[frozenset[str]] = frozenset()  # columns whose words never replace what is there
    widest: ClassVar[int] = MOST_COLUMNS  # columns of a file before it is unfolded
    knows_forms: ClassVar[bool] = False  # the form by which rows were written down may say what its columns mean

    @abstractmethod
    def desk(self, actor: Actor, batch: "ImportBatch", *, now: datetime) -> Desk: ...

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def unfold(self, book: Book) -> Book:
        """The file as it is put aside: what its maker spread over columns and sheets may be brought together here."""
        return book

    def words_of_form(self, book: Book) -> FormWords | None:
        """What a form says of its own questions; None for a file that is no form. See `knows_forms`."""
        return None

    def name_by_form(self, heads: Sequence[str], asked: Sequence[str]) -> list[str]:
        """As `name_columns`; `asked` is the question behind each head, "" where the form has none."""
        return self.name_columns([question or head for head, question in zip(heads, asked, strict=True)])

    def guess(self, header: str) -> str:
        """The column that a name at the head of a column means; "" where nobody can tell."""
        parts = [header, *reversed(header.split(" / "))]
        return next((found for part in parts if (found := self._by_name().get(fold(part)))), "")

    def name_columns(self, heads: Sequence[str]) -> list[str]:
        """What each column means, "" where nobody can tell. Of two that mean the same, the first counts."""
        return [self.guess(head) if head else "" for head in heads]

    def is_known(self, header: str) -> bool:
        return bool(self.guess(header))

    def _by_name(self) -> dict[str, str]:
        # Labels follow the reader's language: made anew, and cheap. What went out in another language comes in too.
        found: dict[str, str] = {}
        for column in self.columns:
            for name in (column.name, str(column.label), *column.names):
                found.setdefault(fold(name), column.name)
        for language, _name in settings.LANGUAGES:
            with override(language):
                for column in self.columns:
                    found.setdefault(fold(str(column.label)), column.name)
        return found


_recipes: Final[dict[str, Recipe]] = {}


def register_recipe(recipe: Recipe) -> None:
    """ValueError for a taken key."""
    if type(_recipes.get(recipe.key, recipe)) is not type(recipe):
        raise ValueError(f"two recipes are called {recipe.key}")
    _recipes[recipe.key] = recipe


def recipes() -> Mapping[str, Recipe]:
    return dict(_recipes)


def read_row(
    recipe: Recipe, mapping: Mapping[int, str], cells: Sequence[Cell], reading: Reading = AS_IT_STANDS
) -> tuple[dict[str, Any], list[Fault]]:
    """The values of a row, of the columns that it has; and what of them can't be read."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for place, name in mapping.items():
        column = recipe.column(name)
        if column is None:
            continue
        try:
            value = _value(column, cells[place] if place < len(cells) else None, reading)
        except Unreadable as error:
            faults.append(Fault(name, error.code, error.message))
            continue
        except Invalid as error:
            faults.append(Fault(name, error.code, str(error.message)))
            continue
        if value is not None and values.get(name) is None:
            values[name] = value
    told = {fault.column for fault in faults}
    for name in recipe.silent - told:
        if values.get(name) is None and reading.silent.get(name):
            values[name] = reading.silent[name]
    missing = [c for c in recipe.columns if c.required and values.get(c.name) in (None, "") and c.name not in told]
    needed = _("This is needed. Fill it in, or skip the row.")
    return values, [*faults, *(Fault(column.name, "needed", column.missing or needed) for column in missing)]


def _value(column: Column, cell: Cell, reading: Reading) -> Any:
    if is_empty(cell):
        return None
    if isinstance(column.read, Chosen):
        return column.read.read(cell, reading.taught.get(column.name, NOTHING))
    return column.read(cell)


def faults_of(
    recipe: Recipe, desk: Desk, places: Mapping[int, str], cells: Sequence[Cell], reading: Reading = AS_IT_STANDS
) -> list[Fault]:
    """What is wrong with a row, in the words of who reads it now."""
    values, faults = read_row(recipe, places, cells, reading)
    return with_the_row(desk, values, faults)


def with_the_row(desk: Desk, values: Values, faults: Sequence[Fault]) -> list[Fault]:
    """The faults of the cells, and after them those of the row in columns that have none yet."""
    told = {fault.column for fault in faults}
    return [*faults, *(fault for fault in desk.faults(values) if not fault.column or fault.column not in told)]
