"""The rows behind a figure: counted, split, and opened page by page from the same query, so they can't disagree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, runtime_checkable
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Subquery, Sum

from simpul.kernel.localized import LocalizedText
from simpul.kernel.refs import RecordRef


@dataclass(frozen=True, slots=True)
class Row:
    """One record as a reader sees it: what it is, in words, and where it opens."""

    ref: RecordRef
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a dimension and how many distinct things fall to it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the source's order; `next_after` continues, None at the end."""

    rows: tuple[Row, ...]
    next_after: UUID | None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split: `path` is an ORM path or annotation of the rows, `labels` turns its values into words."""

    name: LocalizedText
    path: str
    labels: Callable[[Iterable[str]], Mapping[str, str]] = lambda keys: {key: key for key in keys}


class Source(Protocol):
    """What an indicator counts."""

    @property
    def dimensions(self) -> Mapping[str, Dimension]: ...
    def count(self) -> int: ...
    def groups(self, dimension: str, known: Mapping[str, str] | None = None) -> tuple[Group, ...]: ...
    def page(self, *, where: tuple[str, str] | None = None, after: UUID | None = None, limit: int = 50) -> Page: ...


class Number(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    empty_result_value: Final = 0

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        super().__init__(rows, output_field=BigIntegerField())


class Total(Number):
    """The sum of the column `summed` of a subquery."""

    template = "(SELECT COALESCE(SUM(counted.summed), 0) FROM (%(subquery)s) counted)"


@runtime_checkable
class Numbered(Protocol):
    """A source whose count is an expression, so that several are asked at once."""

    def number(self) -> Number: ...


def count_all(anchor: QuerySet[Any], sources: Sequence[Source]) -> list[int]:
    """The count of each, those that are queries in one statement; `anchor` gives one row, whichever."""
    numbers = {f"n{place}": one.number() for place, one in enumerate(sources) if isinstance(one, Numbered)}
    found: dict[str, Any] = (anchor.order_by().values(**numbers).first() if numbers else None) or {}
    return [int(found[f"n{place}"]) if f"n{place}" in found else one.count() for place, one in enumerate(sources)]


@dataclass(frozen=True)
class QuerySource:
    """A source over one queryset.

    `counted` is the path whose distinct values are the figure. `listable` says which rows may be shown to this reader:
    what it hides is in no list, no group and no count (decision 23).
    """

    rows: QuerySet[Any]
    counted: str
    describe: Callable[[Sequence[Any]], Sequence[Row]]
    listable: Q = field(default_factory=Q)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

    def count(self) -> int:
        """As many as open into records for this reader. One query."""
        found = self.rows.filter(self.listable).order_by().aggregate(n=Count(self.counted, distinct=True))
        return int(found["n"])

    def number(self) -> "Number":
        """The count as an expression, so that several are asked at once."""
        found = self.rows.filter(self.listable, **{f"{self.counted}__isnull": False})
        return Number(found.order_by().values(self.counted).distinct())

    def groups(self, dimension: str, known: Mapping[str, str] | None = None) -> tuple[Group, ...]:
        """Largest first, then by label. `known`: labels a page has at hand, which saves asking for them.

        KeyError for a dimension the indicator doesn't declare.
        """
        split = self.dimensions[dimension]
        rows = self.rows.filter(self.listable).order_by().values_list(split.path)
        counts = {str(key): count for key, count in rows.annotate(n=Count(self.counted, distinct=True))}
        return _ordered(counts, split.labels(counts) if known is None else known)

    def page(self, *, where: tuple[str, str] | None = None, after: UUID | None = None, limit: int = 50) -> Page:
        """`where` is (dimension, key)."""
        rows = self.rows.filter(self.listable).order_by("pk")
        if where is not None:
            rows = rows.filter(**{self.dimensions[where[0]].path: where[1]})
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = list(rows[: limit + 1])
        shown = found[:limit]
        return Page(tuple(self.describe(shown)), shown[-1].pk if len(found) > limit else None)


@dataclass(frozen=True)
class SumSource(QuerySource):
    """A source over rows that are counts themselves: the figure is their sum, and each row opens. `counted` is the
    column summed; rows must not overlap.
    """

    def count(self) -> int:
        """One query."""
        found = self.rows.filter(self.listable).order_by().aggregate(n=Sum(self.counted))
        return int(found["n"] or 0)

    def number(self) -> "Number":
        return Total(self.rows.filter(self.listable).order_by().values(summed=F(self.counted)))

    def groups(self, dimension: str, known: Mapping[str, str] | None = None) -> tuple[Group, ...]:
        """Largest first, then by label. KeyError for a dimension the indicator doesn't declare."""
        split = self.dimensions[dimension]
        rows = self.rows.filter(self.listable).order_by().values_list(split.path)
        counts = {str(key): int(total) for key, total in rows.annotate(n=Sum(self.counted))}
        return _ordered(counts, split.labels(counts) if known is None else known)


def _ordered(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Group, ...]:
    groups = [Group(key, labels.get(key, key), count) for key, count in counts.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.label)))
