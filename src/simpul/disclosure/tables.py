"""Tables in and out: CSV files, and any pandas, polars or arrow table that gives its columns by name."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, cast

from simpul.disclosure.cubes import Columns
from simpul.disclosure.dimensions import Labels
from simpul.disclosure.errors import Refused
from simpul.disclosure.protecting import Protection

PUBLISHED: Final = "published"
SUPPRESSED: Final = "suppressed"
LISTS: Final = ("to_pylist", "to_list", "tolist")


class Named(Protocol):
    """Columns by name: a mapping, a pandas or polars frame, an arrow table."""

    def __getitem__(self, name: str, /) -> object: ...


def columns_of(table: Named, names: Sequence[str]) -> Columns:
    """These columns as lists. Refused("unknown_column") for one there is not."""
    found = {}
    for name in names:
        try:
            column = table[name]
        except (KeyError, IndexError):
            raise Refused("unknown_column", f"The table has no column {name}.") from None
        found[name] = _listed(column)
    return found


def _listed(column: object) -> Sequence[object]:
    for name in LISTS:
        method = cast("Callable[[], Sequence[object]] | None", getattr(column, name, None))
        if method is not None:
            return method()
    return list(cast("Sequence[object]", column))


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


def write_csv(path: Path, protection: Protection) -> None:
    """The declared cells as CSV: the dimension columns (`Total` for a margin), `count`, `status`."""
    names = [name for dimension in protection.cells.cube.dimensions for name in dimension.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, "count", "status"])
        writer.writerows((*labels, count, status) for labels, count, status in declared_rows(protection))
