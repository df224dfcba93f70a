"""The library on tables as analysts have them: pandas, polars, arrow, in and out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from simpul.disclosure.batches import batch_of
from simpul.disclosure.checking import verify
from simpul.disclosure.columns import column_of
from simpul.disclosure.cubes import cube_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.errors import Refused
from simpul.disclosure.protecting import Protection, protect, thresholds
from simpul.disclosure.tables import told_columns
from tests.disclosure.worlds import every
from tests.disclosure.years import nesting, rows

ROWS: dict[str, list[Any]] = {
    "prov": ["52", "52", "52", "32", "32", "32"] * 2,
    "dist": [5201, 5202, 5203, 3201, 3202, 3203] * 2,
    "sex": ["f"] * 6 + ["m"] * 6,
    "n": [31, 4, 12, 9, 2, 17, 3, 25, 8, 0, 11, 6],
}
Made = Callable[[Mapping[str, Sequence[Any]]], Any]
KINDS: dict[str, Made] = {
    "lists": dict,
    "pandas": pd.DataFrame,
    "pandas with categories": lambda rows: pd.DataFrame(rows).astype({"prov": "category", "sex": "string"}),
    "pandas on arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "pandas with fractions": lambda rows: pd.DataFrame(rows).astype({"n": "float64"}),
    "polars": pl.DataFrame,
    "polars with categories": lambda rows: pl.DataFrame(rows).with_columns(pl.col("prov").cast(pl.Categorical)),
    "arrow": pa.table,
    "arrow with a dictionary": lambda rows: pa.table(rows).set_column(
        2, "sex", pa.array(rows["sex"]).dictionary_encode()
    ),
}


def published(table: Any) -> Protection:
    cells = every(cube_of(table, parse_shapes("prov>dist,sex"), "n"))
    made = protect(cells, 5)
    verify(cells, thresholds(cells, 5), made.is_published, made.certificate)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_any_table_gives_the_same_publication(kind: str) -> None:
    assert told_columns(published(KINDS[kind](ROWS))) == told_columns(published(ROWS))


def test_what_is_published_becomes_a_table_again() -> None:
    told = told_columns(published(ROWS))
    known = sum(status == "published" for status in told["status"])
    assert 0 < known < len(told["status"])
    frame, arrow = pl.DataFrame(told), pa.table(told)
    assert list(pd.DataFrame(told).columns) == frame.columns == arrow.column_names == list(told)
    assert frame["count"].null_count() == arrow["count"].null_count == len(frame) - known
    assert int(pd.DataFrame(told)["count"].notna().sum()) == known
    assert frame.filter(pl.col("status") == "published")["count"].min() >= 5  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_a_months_batch_is_made_from_any_table(kind: str) -> None:
    outline, counts = nesting(), rows(list(range(18)))
    plain, other = (batch_of(outline, "2025-01", table, "n") for table in (counts, KINDS[kind](counts)))
    assert (other.places.tolist(), other.counts.tolist()) == (plain.places.tolist(), plain.counts.tolist())


@pytest.mark.parametrize("kind", ["lists", "pandas", "polars", "arrow"])
@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("n", [1.5, *ROWS["n"][1:]], "unreadable_table"),
        ("n", [None, *ROWS["n"][1:]], "unreadable_table"),
        ("n", [-1, *ROWS["n"][1:]], "negative_count"),
        ("n", [2**62, *ROWS["n"][1:]], "overflow"),
        ("prov", [None, *ROWS["prov"][1:]], "unreadable_table"),
        ("dist", [52.1, *map(float, ROWS["dist"][1:])], "unreadable_table"),  # was it 52.1 or 52.10?
        ("sex", ["Total", *ROWS["sex"][1:]], "reserved_label"),
    ],
)
def test_what_a_table_says_in_two_ways_is_refused(kind: str, column: str, values: list[Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        published(KINDS[kind](ROWS | {column: values}))
    assert refused.value.code == code


@pytest.mark.parametrize("kind", ["lists", "pandas", "polars", "arrow"])
def test_a_column_there_is_not_is_named(kind: str) -> None:
    with pytest.raises(Refused, match="no column sexe"):
        column_of(KINDS[kind](ROWS), "sexe")
