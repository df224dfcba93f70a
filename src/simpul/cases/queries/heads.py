"""The first of several ordered lists together, none of them read further than that: flat however long they are."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")


def first_of(
    parts: "Sequence[QuerySet[M, Any]]", shape: "QuerySet[M, Row]", order: Sequence[str], most: int
) -> "QuerySet[M, Row]":
    """The first `most` rows of all parts together, as `shape` loads them, in `order`, a row of several parts once: one
    query. Each part is one that an index has in order.
    """
    return shape.filter(pk__in=keys_of(parts, order, most)).order_by(*order)[:most]


def keys_of(parts: "Sequence[QuerySet[M, Any]]", order: Sequence[str], most: int) -> "QuerySet[M, Any]":
    """The keys of the first `most` rows of each part, a key of several parts once: to be counted with other lists."""
    heads = [part.order_by(*order).values("pk")[:most] for part in parts]
    # SQLite takes no LIMIT in what a UNION puts together, only inside of it.
    keys = [
        part.model._default_manager.filter(pk__in=head).order_by().values("pk")
        for part, head in zip(parts, heads, strict=True)
    ]
    return keys[0].union(*keys[1:]) if keys[1:] else keys[0]
