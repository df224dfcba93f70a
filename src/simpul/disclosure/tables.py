"""Tables in and out: CSV files, and what may be published as columns for any other table (`columns` reads those)."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from simpul.disclosure.dimensions import Labels
from simpul.disclosure.errors import Refused
from simpul.disclosure.protecting import Protection

PUBLISHED: Final = "published"
SUPPRESSED: Final = "suppressed"


def read_csv(path: Path) -> Mapping[str, Sequence[object]]:
    """The columns of a CSV file in UTF-8 with a heading, apart by commas or semicolons.

    Refused("unreadable_table") for anything else, a row of another length among it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused("unreadable_table", "The table can't be read: is it a CSV file in UTF-8?") from None
    first = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))
    if not rows or any(len(row) != len(rows[0]) for row in rows) or len(set(rows[0])) != len(rows[0]):
        raise Refused("unreadable_table", "Every row needs as many fields as the heading, and each heading once.")
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else ((),) * len(rows[0])
    return {name: list(column) for name, column in zip(rows[0], columns, strict=True)}


def declared_rows(protection: Protection) -> list[tuple[Labels, str, str]]:
    """One row a declared cell: its labels, its count where it is published, and its status."""
    cells = protection.cells
    values, out = cells.values.tolist(), protection.is_published.tolist()
    return [
        (labels, str(value) if shown else "", PUBLISHED if shown else SUPPRESSED)
        for labels, value, shown in zip(cells.labels(), values, out, strict=True)
    ]


def told_columns(protection: Protection) -> dict[str, list[str] | list[int | None]]:
    """The declared cells as columns, which pandas, polars and arrow make a table of: the dimension columns (`Total` for
    a margin), `count` (None where it is blank), `status`.
    """
    rows = declared_rows(protection)
    told: dict[str, list[str] | list[int | None]] = {
        name: [labels[place] for labels, _, _ in rows] for place, name in enumerate(_columns(protection))
    }
    told["count"] = [int(number) if number else None for _, number, _ in rows]
    told["status"] = [status for _, _, status in rows]
    return told


def write_csv(path: Path, protection: Protection) -> None:
    """The declared cells as CSV: the dimension columns (`Total` for a margin), `count`, `status`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_columns(protection), "count", "status"])
        writer.writerows((*labels, count, status) for labels, count, status in declared_rows(protection))


def _columns(protection: Protection) -> list[str]:
    return [name for dimension in protection.cells.cube.dimensions for name in dimension.columns]
