"""What a file holds, once it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# A date is text in ISO form ("2024-01-12"): it is stored as JSON, and reads the same wherever it was typed.
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row with content; `number` is the one its reader sees beside it, from 1."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes` are what its reader should be told: code -> how often ("formulas", "merged", "cut")."""

    name: str
    lines: Sequence[Line]
    notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """`encoding` and `delimiter` of a CSV; "" of a workbook."""

    sheets: Sequence[Sheet]
    encoding: str = ""
    delimiter: str = ""


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def words_of(cell: Cell) -> str:
    """A cell as somebody would read it aloud: 2008 and not 2008.0."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
