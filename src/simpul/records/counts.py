"""Counting several lists in one query, none of them further than somebody would read."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import IntegerField, QuerySet, Subquery


class CountUpTo(Subquery):
    """How many rows there are, `most` at the highest: beyond that the database stops looking."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    empty_result_value: Final = 0  # rows that no condition can hold for are none

    def __init__(self, rows: QuerySet[Any, Any], most: int) -> None:
        super().__init__(rows.order_by().values("pk")[:most], output_field=IntegerField())


def count_together(anchor: QuerySet[Any, Any], lists: Mapping[str, QuerySet[Any, Any]], *, most: int) -> dict[str, int]:
    """How many are on each list, `most` at the highest, in one query; `anchor` gives one row, whichever. {} without."""
    counts: dict[str, Any] = {name: CountUpTo(rows, most) for name, rows in lists.items()}
    found: dict[str, Any] = (anchor.order_by().values(**counts).first() if counts else None) or {}
    return {name: int(found[name]) for name in lists if name in found}
