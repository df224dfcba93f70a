"""An export of KoboToolbox or ODK as one table: a question with several answers in one column, a line for each person.

KoboToolbox may spread one question over a column for each answer, and puts a repeated group into a sheet of its own,
tied by `_parent_index` to the `_index` of the report.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simpul.interop.tables import Book, Cell, Line, Sheet, is_empty, words_of
from simpul.kernel.text import fold, fold_words

Guess = Callable[[str], str]

PERSON: Final = "_person"  # the head of the number of a person within their report
_INDEX, _PARENT, _TABLE = "_index", "_parent_index", "_parent_table_name"
_ON: Final = frozenset({"1", "1.0", "true", "ya", "yes"})
_OFF: Final = frozenset({"0", "0.0", "false", "tidak", "no"})
# What a repeated group is called whose people are assisted; any other is not read: it may be about whoever is accused.
_ASSISTED: Final = frozenset(
    """
    korban penyintas pemohon warga penerima dampingan klien victim victims survivor survivors person persons people
    terdampak didampingi dibantu
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_OTHERS: Final = frozenset(
    """
    pelaku terlapor tersangka terduga terdakwa saksi pelapor pengadu pendamping perpetrator accused suspect witness
    reporter
    """.split()  # noqa: SIM905
)


def is_of_others(words: str) -> bool:
    """Whether a head or a sheet is about somebody else than the person assisted."""
    return bool(_OTHERS & set(fold_words(words).split()))


def unfold(book: Book, guess: Guess, several: frozenset[str]) -> Book:
    """`several` are the columns that take several answers. A file that is no such export stays as it is."""
    whole = [_Table.of(sheet) for sheet in book.sheets]
    reports = [table for table in whole if not table.has(_PARENT)]
    parts = [table for table in whole if table.has(_PARENT)]
    if len(reports) == 1 and parts:
        reports = [_joined(reports[0], parts)]
    return replace(book, sheets=tuple(_folded(table, guess, several).sheet() for table in reports or whole))


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet by its first row, which holds the heads. `numbers` are those of the rows below."""

    source: Sheet
    heads: list[str]
    rows: list[list[Cell]]
    numbers: list[int]
    notes: dict[str, int]

    @classmethod
    def of(cls, sheet: Sheet) -> "_Table":
        first = sheet.lines[0].cells if sheet.lines else ()
        heads = [words_of(cell) for cell in first]
        below = sheet.lines[1:]
        width = max([len(heads), *(len(line.cells) for line in below)])
        heads += [""] * (width - len(heads))
        rows = [[*line.cells, *[None] * (width - len(line.cells))] for line in below]
        return cls(sheet, heads, rows, [line.number for line in below], dict(sheet.notes))

    def has(self, head: str) -> bool:
        return head in self.heads

    def column(self, head: str) -> list[Cell]:
        place = self.heads.index(head)
        return [row[place] for row in self.rows]

    def sheet(self) -> Sheet:
        first = self.source.lines[0].number if self.source.lines else 1
        lines = [Line(first, tuple(head or None for head in self.heads))] if self.heads else []
        lines += [Line(number, tuple(row)) for number, row in zip(self.numbers, self.rows, strict=True)]
        return Sheet(self.source.name, tuple(lines), self.notes)


def _joined(reports: _Table, parts: Sequence[_Table]) -> _Table:
    """A line for each person of the first repeated group that is about people who are assisted."""
    people = next((part for part in parts if _is_about_assisted(part, reports)), None)
    left = len(parts) - (people is not None)
    notes = {**reports.notes, **({"unread": left} if left else {})}
    if people is None or not reports.has(_INDEX):
        return replace(reports, notes={**reports.notes, "unread": len(parts)})
    told = [place for place, head in enumerate(people.heads) if head and not head.startswith("_")]
    by_report: dict[str, list[tuple[Cell, list[Cell]]]] = defaultdict(list)
    numbers = people.column(_INDEX) if people.has(_INDEX) else list(people.numbers)
    for parent, number, row in zip(people.column(_PARENT), numbers, people.rows, strict=True):
        by_report[words_of(parent)].append((number, [row[place] for place in told]))
    nobody: list[tuple[Cell, list[Cell]]] = [(None, [None] * len(told))]
    rows = [
        [number, *person, *row]
        for index, row in zip(reports.column(_INDEX), reports.rows, strict=True)
        for number, person in by_report.get(words_of(index)) or nobody
    ]
    heads = [PERSON, *(people.heads[place] for place in told), *reports.heads]
    numbered = [n + 2 for n in range(len(rows))]
    return _Table(reports.source, heads, rows, numbered, {**notes, "joined": len(people.rows)})


def _is_about_assisted(part: _Table, reports: _Table) -> bool:
    names = set(fold_words(part.source.name).split())
    parents = {words_of(cell) for cell in part.column(_TABLE)} if part.has(_TABLE) else set()
    # Excel keeps no more than 31 letters of a sheet's name.
    nested = any(name and name[:31] != reports.source.name[:31] for name in parents)
    return bool(names & _ASSISTED) and not names & _OTHERS and not nested


def _folded(table: _Table, guess: Guess, several: frozenset[str]) -> _Table:
    """Each question that was spread over its answers in one column again, the answers between semicolons."""
    spread = _spread(table, guess, several)
    if not spread:
        return table
    gone = {place for places in spread.values() for place in places}
    first = {table.heads.index(base) if table.has(base) else min(places): base for base, places in spread.items()}
    heads: list[str] = []
    rows: list[list[Cell]] = [[] for _row in table.rows]
    for place, head in enumerate(table.heads):
        base = first.get(place)
        if base is None and place in gone:
            continue
        heads.append(base if base is not None else head)
        for row, made in zip(table.rows, rows, strict=True):
            made.append(_answers(table.heads, row, base, spread[base]) if base is not None else row[place])
    notes = {**table.notes, "folded": len(spread)}
    return replace(table, heads=heads, rows=rows, notes=notes)


def _answers(heads: Sequence[str], row: Sequence[Cell], base: str, places: Iterable[int]) -> Cell:
    """Of a question that was not asked nothing; where only the column of the whole question is filled, that."""
    found = [heads[place].removeprefix(f"{base}/") for place in places if _is(row[place], _ON)]
    whole = row[heads.index(base)] if base in heads else None
    return "; ".join(found) or whole


def _spread(table: _Table, guess: Guess, several: frozenset[str]) -> dict[str, list[int]]:
    """Question -> the places of its answers."""
    under: dict[str, list[int]] = defaultdict(list)
    for place, head in enumerate(table.heads):
        base, between, answer = head.rpartition("/")
        if between and base and answer:
            under[base].append(place)
    return {base: places for base, places in under.items() if _is_spread(table, base, places, guess, several)}


def _is_spread(table: _Table, base: str, places: Sequence[int], guess: Guess, several: frozenset[str]) -> bool:
    known = table.has(base) or guess(base) in several
    # A group of questions that are answered by yes and no is no question with several answers.
    if not known and (len(places) < 2 or any(guess(table.heads[place]) for place in places)):
        return False
    cells = [row[place] for row in table.rows for place in places]
    told = [cell for cell in cells if not is_empty(cell)]
    return bool(told) and all(_is(cell, _ON | _OFF) for cell in told)


def _is(cell: Cell, words: frozenset[str]) -> bool:
    return fold(words_of(cell)) in words or words_of(cell).casefold() in words
