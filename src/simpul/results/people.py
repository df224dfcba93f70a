"""People behind a figure: counted once each, told in groups too large to recognise somebody in, opened into the events
they came to and never into themselves.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from simpul.kernel.localized import LocalizedText
from simpul.results.sources import Dimension, Group, Number, Page, Row

FEWEST: Final = 5
TOGETHER: Final = "lain"  # the key of those groups that are told together
_TOGETHER: Final = LocalizedText(id="lainnya, digabung", en="others, taken together")


@dataclass(frozen=True)
class PeopleSource:
    """`people` has one row for each of them, `there` one for each of them and event; `events` are those that the
    reader may see. `describe` gets events with `people`, how many of them came there.
    """

    people: QuerySet[Any]
    there: QuerySet[Any]
    events: QuerySet[Any]
    describe: Callable[[Sequence[Any]], Sequence[Row]]
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

    def count(self) -> int:
        """One query."""
        return int(self.there.order_by().aggregate(n=Count("key", distinct=True))["n"])

    def number(self) -> Number:
        """The count as an expression."""
        return Number(self.there.order_by().values("key").distinct())

    def groups(self, dimension: str, known: Mapping[str, str] | None = None) -> tuple[Group, ...]:
        """Largest first. A group of fewer than five is told together with others, until they are five or more: where
        it alone is small, with the next larger one, so that nobody finds it by subtraction.
        """
        told, together = self._told(dimension)
        labels = self.dimensions[dimension].labels(told) if known is None else known
        groups = [Group(key, labels.get(key, key), count) for key, count in told.items()]
        groups.sort(key=lambda group: (-group.count, group.label))
        rest = [Group(TOGETHER, _TOGETHER.to(get_language() or "id"), together)] if together else []
        return (*groups, *rest)

    def page(self, *, where: tuple[str, str] | None = None, after: UUID | None = None, limit: int = 50) -> Page:
        """Events, with how many came. `where` keeps those to which five or more of a group came; a group that is not
        told by itself opens into nothing.
        """
        rows = self.events.filter(pk__in=self._events_of(where)).order_by("pk")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = list(rows[: limit + 1])
        shown = found[:limit]
        came = self._came([event.pk for event in shown])
        for event in shown:
            event.people = came.get(event.pk, 0)
        return Page(tuple(self.describe(shown)), shown[-1].pk if len(found) > limit else None)

    def _told(self, dimension: str) -> tuple[dict[str, int], int]:
        """Group -> people, of those told by themselves; how many are told together."""
        counts = self._counted[dimension]
        ordered = sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))
        together = 0
        while ordered and (ordered[0][1] < FEWEST or 0 < together < FEWEST):
            together += ordered.pop(0)[1]
        if 0 < together < FEWEST:  # they are all there are
            return {}, together
        return dict(ordered), together

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        """Dimension -> group -> people, in one query for all of them."""
        names = list(self.dimensions)
        found: dict[str, Counter[str]] = {name: Counter() for name in names}
        for row in self.people.values_list(*(self.dimensions[name].path for name in names)):
            for name, key in zip(names, row, strict=True):
                found[name][str(key or "")] += 1
        return found

    def _events_of(self, where: tuple[str, str] | None) -> QuerySet[Any]:
        rows = self.there.order_by()
        if where is None or where[1] == TOGETHER:
            return rows.values("event_id")
        dimension, key = where
        if key not in self._told(dimension)[0]:
            return rows.none().values("event_id")
        of_them = rows.filter(**{self.dimensions[dimension].path: key}).values("event_id")
        counted = of_them.annotate(n=Count("key", distinct=True))
        found: QuerySet[Any] = counted.filter(n__gte=FEWEST).values("event_id")
        return found

    def _came(self, events: Sequence[UUID]) -> dict[UUID, int]:
        rows = self.there.order_by().filter(event__in=events).values_list("event_id")
        return dict(rows.annotate(n=Count("key", distinct=True)))
