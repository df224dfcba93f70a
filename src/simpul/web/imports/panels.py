"""Imports and their rows as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from simpul.interop.models import ImportBatch, ImportRow, Outcome, RowState, State
from simpul.interop.queries import Counts, cells_of, heads_of, lines_of, reading_of
from simpul.interop.recipes import Desk, Recipe, Text, faults_of, read_row, recipes
from simpul.interop.tables import Line, words_of
from simpul.interop.words import Reading
from simpul.web.components import Stat, Tone
from simpul.web.imports.forms import letter_of

TONES: Final[Mapping[str, Tone]] = {
    State.MAPPING: Tone.WARN,
    State.REVIEW: Tone.WARN,
    State.CHECKING: Tone.INFO,
    State.APPLYING: Tone.INFO,
    State.UNDOING: Tone.INFO,
    State.DONE: Tone.OK,
    State.UNDONE: Tone.IDLE,
}
_NOTES: Final[Mapping[str, Any]] = {
    "formulas": ngettext_lazy(
        "%(n)s cell holds a formula. What Excel calculated last was read; nothing is calculated here.",
        "%(n)s cells hold formulas. What Excel calculated last was read; nothing is calculated here.",
        "n",
    ),
    "merged": ngettext_lazy(
        "%(n)s merged range was filled: each of its rows has its words now.",
        "%(n)s merged ranges were filled: each of their rows has their words now.",
        "n",
    ),
    "folded": ngettext_lazy(
        "%(n)s question that was spread over its answers is one column again.",
        "%(n)s questions that were spread over their answers are one column each again.",
        "n",
    ),
    "joined": ngettext_lazy(
        "%(n)s line of a repeated group stands beside its report: each person in a row of their own.",
        "%(n)s lines of a repeated group stand beside their reports: each person in a row of their own.",
        "n",
    ),
    "unread": ngettext_lazy(
        "%(n)s further sheet of a repeated group is not read, and not kept.",
        "%(n)s further sheets of repeated groups are not read, and not kept.",
        "n",
    ),
    "cut": ngettext_lazy("%(n)s very long cell was cut.", "%(n)s very long cells were cut.", "n"),
}
SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Listed:
    batch: ImportBatch
    name: str
    kind: Text
    tone: Tone
    href: str


def listed(rows: Iterable[ImportBatch]) -> list[Listed]:
    """Imports by name of their file, opened for who may see them."""
    known = recipes()
    return [
        Listed(
            row,
            row.file_name.open(),
            known[row.recipe].label,
            TONES.get(row.state, Tone.INFO),
            reverse("imports:batch", args=[row.pk]),
        )
        for row in rows
        if row.recipe in known
    ]


def told(batch: ImportBatch) -> list[str]:
    """What was done to the file while it was read, in words."""
    outline = batch.outline.open()
    notes = outline["sheets"][batch.sheet]["notes"]
    words = [_NOTES[code] % {"n": n} for code, n in notes.items() if code in _NOTES]
    if outline["encoding"] == "cp1252":
        words.append(_("The letters of this CSV are those of old Windows. Look at names with é or ñ before you go on."))
    return words


@dataclass(frozen=True, slots=True)
class Head:
    """One column of the file: its letter, its name and the first words below it."""

    letter: str
    name: str
    samples: Sequence[str]


def heads(batch: ImportBatch) -> list[Head]:
    names = heads_of(batch)
    lines = [line for line in lines_of(batch, most=batch.header_row + 30) if line.number > batch.header_row]
    return [Head(letter_of(n), name, _samples(lines, n)) for n, name in enumerate(names)]


def _samples(lines: Sequence[Line], place: int) -> list[str]:
    found = [words_of(line.cells[place])[:60] for line in lines if place < len(line.cells)]
    return list(dict.fromkeys(words for words in found if words))[:SAMPLES]


@dataclass(frozen=True, slots=True)
class ShownCell:
    label: Text
    words: str
    fault: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`whole` is what is wrong with the row and with no one cell; `fate` what becomes of one that is ready."""

    row: ImportRow
    title: str
    cells: Sequence[ShownCell]
    whole: Sequence[str]
    fate: Text = ""


def shown_rows(batch: ImportBatch, recipe: Recipe, desk: Desk, rows: Iterable[ImportRow]) -> list[ShownRow]:
    """With what is wrong in each cell, in the reader's words. Looks the rows up again: their faults are codes."""
    reading = reading_of(batch)
    return [_shown_row(batch, recipe, desk, row, reading) for row in rows]


def _shown_row(batch: ImportBatch, recipe: Recipe, desk: Desk, row: ImportRow, reading: Reading) -> ShownRow:
    cells = cells_of(row)
    wrong: dict[str, str] = {}
    if row.state == RowState.FAULTY:
        for fault in faults_of(recipe, desk, batch.places, cells, reading):
            wrong.setdefault(fault.column, str(fault.message))
    shown = [
        ShownCell(column.label, words_of(cells[place]) if place < len(cells) else "", wrong.pop(name, ""))
        for place, name in sorted(batch.places.items())
        if (column := recipe.column(name)) is not None
    ]
    told = [shown_cell for shown_cell in shown if shown_cell.words or shown_cell.fault]
    left = [_about(recipe, name, message) for name, message in wrong.items()]
    called = column.label if (column := recipe.column(recipe.titled)) else ""
    title = next((c.words for c in shown if c.words and c.label == called), "")
    fate = desk.told(read_row(recipe, batch.places, cells, reading)[0]) if row.state == RowState.READY else ""
    return ShownRow(row, title or next((c.words for c in shown if c.words), ""), told, left, fate)


def _about(recipe: Recipe, name: str, message: str) -> str:
    column = recipe.column(name)
    return f"{column.label}: {message}" if column else message


def stats(batch: ImportBatch, counts: Counts) -> list[Stat]:
    page = reverse("imports:batch", args=[batch.pk])
    ready = counts.states.get(RowState.READY, 0)
    faulty = counts.states.get(RowState.FAULTY, 0)
    alike = counts.states.get(RowState.ALIKE, 0)
    return [
        Stat(ready, _("ready to be entered"), href=f"{page}?lihat=ready"),
        Stat(faulty, _("to be mended, or left out"), href=f"{page}?lihat=faulty"),
        Stat(alike, _("perhaps there already"), href=reverse("imports:doubles", args=[batch.pk]) if alike else ""),
    ]


RESULTS: Final[Mapping[str, Text]] = {
    Outcome.WRITTEN: gettext_lazy("entered"),
    Outcome.MERGED: gettext_lazy("merged with what was there"),
    Outcome.SKIPPED: gettext_lazy("left out"),
    Outcome.REFUSED: gettext_lazy("refused, with the reason below"),
    Outcome.UNDONE: gettext_lazy("taken back"),
    Outcome.KEPT: gettext_lazy("could not be taken back, with the reason below"),
}


def results(counts: Counts) -> list[Stat]:
    return [Stat(counts.outcomes[code], label) for code, label in RESULTS.items() if counts.outcomes.get(code)]


@dataclass(frozen=True, slots=True)
class Beside:
    """A double beside the row: one line a column; `differs` where both say something, and not the same."""

    key: str
    title: str
    href: str
    why: Text
    lines: Sequence["BesideLine"]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class BesideLine:
    name: str
    label: Text
    mine: str
    theirs: str
    differs: bool


WHY: Final[Mapping[str, Text]] = {
    "mark": gettext_lazy("the same telephone, e-mail or number"),
    "name": gettext_lazy("a name that is nearly the same"),
    "acronym": gettext_lazy("the same short name"),
    "same": gettext_lazy("the same entry"),
}


@dataclass(frozen=True, slots=True)
class Double:
    row: ImportRow
    title: str
    besides: Sequence[Beside]


def doubles(batch: ImportBatch, recipe: Recipe, desk: Desk, rows: Sequence[ImportRow]) -> list[Double]:
    """Each row with its first three doubles. Those out of the reader's sight by now are not shown."""
    keys = [twin["key"] for row in rows for twin in row.twins[:3]]
    known = desk.shown([key for key in keys if not key.startswith("row:")])
    numbers = [int(key.removeprefix("row:")) for key in keys if key.startswith("row:")]
    fellows = {f"row:{r.number}": r for r in batch.rows.filter(sheet=batch.sheet, number__in=numbers)}
    found = []
    for row in rows:
        mine = _texts(batch, recipe, row)
        pairs = [(twin, known.get(twin["key"]), fellows.get(twin["key"])) for twin in row.twins[:3]]
        sides = (_beside(batch, recipe, twin, mine, known=one, fellow=other) for twin, one, other in pairs)
        besides = [side for side in sides if side is not None]
        found.append(Double(row, mine.get(recipe.titled) or next(iter(mine.values()), ""), besides))
    return found


def _beside(
    batch: ImportBatch, recipe: Recipe, twin: Mapping[str, Any], mine: Mapping[str, str], *, known: Any, fellow: Any
) -> Beside | None:
    if known is not None:
        title, href, theirs, note = known.title, known.href, known.texts, known.note
    elif fellow is not None:
        title, href, note = _("Row %(number)s of this file") % {"number": fellow.number}, "", ""
        theirs = _texts(batch, recipe, fellow)
    else:
        return None
    # Where nothing is merged, only what both can tell is worth a line.
    names = [c.name for c in recipe.columns if theirs.get(c.name) or (recipe.mergeable and mine.get(c.name))]
    lines = [_line(recipe, name, mine.get(name, ""), theirs.get(name, "")) for name in names]
    if theirs.get("seat"):
        lines.append(BesideLine("seat", _("Seat"), "", theirs["seat"], differs=False))
    return Beside(twin["key"], title, href, {**WHY, **recipe.whys}.get(twin["why"], ""), lines, note)


def _line(recipe: Recipe, name: str, mine: str, theirs: str) -> BesideLine:
    column = recipe.column(name)
    differs = bool(mine and theirs) and mine.casefold() != theirs.casefold() and name not in recipe.unmerged
    return BesideLine(name, column.label if column else name, mine, theirs, differs)


def _texts(batch: ImportBatch, recipe: Recipe, row: ImportRow) -> dict[str, str]:
    cells = cells_of(row)
    by_name = {name: words_of(cells[place]) for place, name in batch.places.items() if place < len(cells)}
    return {c.name: by_name[c.name] for c in recipe.columns if by_name.get(c.name)}
