"""Where the names of the columns stand: rarely in the first row, and sometimes in two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from simpul.interop.tables import Cell, Line, is_empty, words_of

_LOOKED_AT: Final = 20
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the number of the last row of names; `depth` how many rows of names, 1 or 2."""

    row: int
    depth: int = 1


def find_header(lines: Sequence[Line], is_known: Callable[[str], bool]) -> Header:
    """The row whose cells are most often names that are known, or else look like names; the first of equals.

    Two rows where the one above groups columns ("Alamat" over "Desa" and "Kecamatan").
    """
    top = list(lines[:_LOOKED_AT])
    if not top:
        return Header(1)
    best = max(range(len(top)), key=lambda n: (_score(top[n], is_known), -n))
    if best + 1 < len(top) and _groups(top[best], top[best + 1], is_known):
        return Header(top[best + 1].number, 2)
    depth = 2 if best and _groups(top[best - 1], top[best], is_known) else 1
    return Header(top[best].number, depth)


def _score(line: Line, is_known: Callable[[str], bool]) -> float:
    names = {cell for cell in line.cells if isinstance(cell, str) and _is_name(cell)}
    return sum(map(is_known, names)) * 10 + len(names) / (len(line.cells) or 1)


def _is_name(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_NAME and not any(c.isdigit() for c in text)


def _groups(above: Line, below: Line, is_known: Callable[[str], bool]) -> bool:
    """Whether the upper row names groups of the lower one's columns: one word over several, as a merged cell reads."""
    words = [c for c in (*above.cells, *below.cells) if not is_empty(c)]
    if above.number != below.number - 1 or not all(isinstance(c, str) and _is_name(c) for c in words):
        return False
    spans = [n for n, c in enumerate(above.cells[1:]) if not is_empty(c) and c == above.cells[n]]
    parted = [n for n in spans if _at(below.cells, n) != _at(below.cells, n + 1)]
    return (
        bool(parted)
        and len({_at(above.cells, n) for n in range(len(above.cells))} - {""}) > 1
        and any(is_known(_at(below.cells, n)) for n in range(len(below.cells)))
    )


def names_of(lines: Sequence[Line], header: Header) -> list[str]:
    """What each column is called; the group before it where there are two rows. "" for a column without a name."""
    rows = {line.number: line.cells for line in lines if header.row - header.depth < line.number <= header.row}
    below = rows.get(header.row, ())
    above = rows.get(header.row - 1, ()) if header.depth == 2 else ()
    width = max(len(below), len(above))
    return [_joined(_at(above, n), _at(below, n)) for n in range(width)]


def _joined(above: str, below: str) -> str:
    if not above or above == below:
        return below
    return f"{above} / {below}" if below else above


def _at(cells: Sequence[Cell], place: int) -> str:
    return words_of(cells[place])[:_LONGEST_NAME] if place < len(cells) else ""
