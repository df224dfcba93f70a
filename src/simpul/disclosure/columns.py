"""Tables as people have them, column by column: a mapping, a pandas or polars frame, an arrow table.

None of these libraries is imported here: a table is asked for its columns, and a column for its values. What a column
can't say in one way only is refused instead of guessed: a label that is missing, or a code that was read as a number
and may have lost its last zero.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, cast

from simpul.disclosure.errors import Refused

LISTS: Final = ("to_pylist", "to_list", "tolist")  # arrow, polars and pandas, numpy
MISSING: Final = frozenset({"NoneType", "NAType", "NaTType"})  # by name, for the sake of those that are not imported


class Named(Protocol):
    """Columns by name: `table["a"]` is one; `column_names` (arrow), `columns` (pandas, polars) or its keys are all."""

    def __getitem__(self, name: str, /) -> object: ...


def column_of(table: Named, name: str) -> Sequence[object]:
    """One column as a list of Python's own values. Refused("unknown_column") for one there is not."""
    if name not in _names_of(table):
        raise Refused("unknown_column", f"The table has no column {name}.")
    column = table[name]
    for method in LISTS:
        listed = cast("Callable[[], Sequence[object]] | None", getattr(column, method, None))
        if listed is not None:
            return listed()
    return list(cast("Sequence[object]", column))


def labels_in(table: Named, name: str) -> list[str]:
    """A column of labels, as text. Refused("unknown_column" | "unreadable_table")."""
    column = column_of(table, name)
    if any(isinstance(value, float) or type(value).__name__ in MISSING for value in column):
        raise Refused("unreadable_table", f"A {name} is missing, or a number with a fraction: read codes as text.")
    return [str(value) for value in column]


def numbers_in(table: Named, name: str) -> list[int]:
    """A column of counts; 5.0 is 5. Refused("unknown_column" | "unreadable_table")."""
    column = column_of(table, name)
    try:
        return [int(value) if isinstance(value, float) and value.is_integer() else int(str(value)) for value in column]
    except ValueError:
        raise Refused("unreadable_table", "A count is not a whole number.") from None


def _names_of(table: Named) -> Sequence[str]:
    if isinstance(table, Mapping):
        return list(table)
    names = getattr(table, "column_names", None) or getattr(table, "columns", None)
    return [str(name) for name in cast("Sequence[object]", () if names is None else names)]
