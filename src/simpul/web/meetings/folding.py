"""Several joins of one person brought together: reports write a line for each, and one looks at people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from simpul.interop.reading.headers import Header, find_header, names_of
from simpul.interop.tables import Book, Cell, Line, Sheet, words_of
from simpul.interop.values import Unreadable
from simpul.kernel.text import fold
from simpul.web.meetings.clocks import lasted

BETWEEN: Final = "; "  # between the times of several joins in one cell
_TIMES: Final = ("joined", "left")
Named = Callable[[Sequence[str]], list[str]]


@dataclass(slots=True)
class _Somebody:
    line: Line
    joined: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    minutes: list[Cell] = field(default_factory=list)


def fold_joins(book: Book, is_known: Callable[[str], bool], named: Named) -> Book:
    """One line a person, at the place of their first, in every sheet whose columns are known. Of a sheet with names of
    our own nothing is lost: what is said only once a person stays as it stands in the first of their lines.
    """
    return replace(book, sheets=[_folded(sheet, is_known, named) for sheet in book.sheets])


def _folded(sheet: Sheet, is_known: Callable[[str], bool], named: Named) -> Sheet:
    header = find_header(sheet.lines, is_known)
    places = {name: place for place, name in enumerate(named(names_of(sheet.lines, header))) if name}
    if "name" not in places or not ({"joined", "minutes"} & places.keys()):
        return sheet
    above = [line for line in sheet.lines if line.number <= header.row]
    found: dict[tuple[str, ...], _Somebody] = {}
    for line in _below(sheet.lines, header):
        _add(found.setdefault(_key(line, places), _Somebody(line)), line, places)
    return replace(sheet, lines=[*above, *(_line(one, places) for one in found.values())])


def _below(lines: Sequence[Line], header: Header) -> list[Line]:
    return [line for line in lines if line.number > header.row]


def _at(line: Line, places: dict[str, int], name: str) -> Cell:
    place = places.get(name)
    return line.cells[place] if place is not None and place < len(line.cells) else None


def _key(line: Line, places: dict[str, int]) -> tuple[str, ...]:
    said = [fold(words_of(_at(line, places, name))) for name in ("email", "name", "last_name")]
    return tuple(said) if any(said) else (str(line.number),)


def _add(one: _Somebody, line: Line, places: dict[str, int]) -> None:
    joined, left = (words_of(_at(line, places, name)) for name in _TIMES)
    if joined or left:
        one.joined.append(joined)
        one.left.append(left)
    one.minutes.append(_at(line, places, "minutes"))


def _line(one: _Somebody, places: dict[str, int]) -> Line:
    cells = list(one.line.cells)
    told: dict[str, Cell] = {"joined": BETWEEN.join(one.joined), "left": BETWEEN.join(one.left)}
    told["minutes"] = _total(one.minutes)
    for name, value in told.items():
        if name in places:
            cells += [None] * (places[name] + 1 - len(cells))
            cells[places[name]] = value
    return replace(one.line, cells=cells)


def _total(cells: Sequence[Cell]) -> Cell:
    """Of lengths that can't be read the words stay, to be mended."""
    if len(cells) == 1:
        return cells[0]
    try:
        return sum(lasted(cell) or 0 for cell in cells)
    except Unreadable:
        return BETWEEN.join(words_of(cell) for cell in cells)
