"""The first of several ordered lists together, none of them read further than that: flat however long they are."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")


def first_of(
    parts: "Sequence[QuerySet[M, Any]]", shape: "QuerySet[M, Row]", order: Sequence[str], most: int
) -> "QuerySet[M, Row]":
    """The first `most` rows of each part, as `shape` loads them, in `order`: one query.

    A row stands there once for every part it is in. Each part is one that an index has in order.
    """
    heads = [shape.filter(pk__in=part.order_by(*order).values("pk")[:most]) for part in parts]
    together = heads[0].union(*heads[1:], all=True) if heads[1:] else heads[0]
    return together.order_by(*order)


def keys_of(parts: "Sequence[QuerySet[M, Any]]", order: Sequence[str], most: int) -> "QuerySet[M, Any]":
    """The keys of the first `most` rows of each part, a key of several parts once: to be counted with other lists."""
    heads = [part.model._default_manager.filter(pk__in=part.order_by(*order).values("pk")[:most]) for part in parts]
    keys = [head.order_by().values("pk") for head in heads]
    return keys[0].union(*keys[1:]) if keys[1:] else keys[0]
