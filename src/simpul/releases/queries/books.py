"""What a year's book declares, read once a process: it never changes."""

from functools import lru_cache
from uuid import UUID

from simpul.releases.kinds import ALL, SEXES, Age, types_to
from simpul.releases.models import Book
from simpul.releases.places import is_within, places_at
from simpul.releases.tables import Level, Margin, Table

Key = tuple[str, str, str, str]  # area, type, sex, age


@lru_cache(maxsize=40)
def places_of(book: UUID, level: Level) -> tuple[str, ...]:
    """The codes of the places that a book tells apart at that level, in order."""
    finest = Book.objects.values_list("places", flat=True).get(pk=book)
    return places_at(level, finest)


def sexes_of(table: Table) -> tuple[str, ...]:
    return _told(table.sex, SEXES)


def ages_of(table: Table) -> tuple[str, ...]:
    return _told(table.age, tuple(Age.values))


def _told(margin: Margin, each: tuple[str, ...]) -> tuple[str, ...]:
    if margin is Margin.NONE:
        return (ALL,)
    return each if margin is Margin.EACH else (ALL, *each)


def declared_keys(table: Table, book: UUID, within: str) -> list[Key]:
    """Every declared cell of a table for one period, in order of place, type, sex, age."""
    kinds, sexes, ages = types_to(table.depth), sexes_of(table), ages_of(table)
    return [
        (place, kind, sex, age)
        for place in places_of(book, table.level)
        if is_within(place, within)
        for kind in kinds
        for sex in sexes
        for age in ages
    ]
