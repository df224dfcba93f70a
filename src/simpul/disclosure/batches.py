"""Closed batches of records: a month's, or a correction of one. What is in a batch never changes once it is published.

Negative corrections are netted; while any finest cell stays below zero they are held, since a batch that takes away
would let two releases be subtracted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from simpul.disclosure.certificates import fresh_salt
from simpul.disclosure.columns import Named, labels_in, numbers_in
from simpul.disclosure.dimensions import Dimension, Indices
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Outline
from simpul.disclosure.packing import digest_of, packed, unpacked
from simpul.disclosure.periods import parse_batch
from simpul.disclosure.pool import Wide

MOST: Final = 2**53
Recoded = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Batch:
    """Counts above 0 by finest cell of an outline, ascending. Confidential, but for the name and the digest."""

    name: str
    outline: str
    places: Wide
    counts: Wide
    salt: str = field(default_factory=fresh_salt)

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    @cached_property
    def data(self) -> bytes:
        heading = {"batch": self.name, "outline": self.outline, "salt": self.salt}
        return packed(heading, {"places": self.places, "counts": self.counts})

    @cached_property
    def digest(self) -> str:
        return digest_of(self.data)

    @classmethod
    def from_data(cls, data: bytes) -> "Batch":
        """Refused("unreadable_data")."""
        heading, arrays = unpacked(data)
        try:
            name, outline, salt = (str(heading[name]) for name in ("batch", "outline", "salt"))
            return cls(name, outline, arrays["places"], arrays["counts"], salt)
        except KeyError:
            raise Refused("unreadable_data", "This is no batch.") from None


def batch_of(outline: Outline, name: str, table: Named, count: str, *, recoded: Recoded | None = None) -> Batch:
    """The batch of a table of records or counts: the finest column of each dimension, and `count` by name.

    `recoded` maps labels the outline does not have, of a village that was split or a type that was renamed within the
    year, to the one it has: `{"village": {new: old}}`. Rows of the same cell add up.
    Refused("unknown_column" | "unknown_label" | "unknown_period" | "negative_count" | "unreadable_table" | "overflow").
    """
    whole = _summed(outline, [table], count, recoded or {})
    if (whole[1] < 0).any():
        raise Refused("negative_count", "A count is below zero: corrections are batches of their own.")
    return _batch(outline, name, whole)


def correction_of(
    outline: Outline, name: str, tables: Sequence[Named], count: str, *, recoded: Recoded | None = None
) -> Batch:
    """One batch of all these corrections, whose counts may be below zero as long as together none is.

    Refused("negative_correction"): hold them all, and try again when others have come. Else as `batch_of`.
    """
    if not parse_batch(name).correction:
        raise Refused("unknown_period", f"{name!r} is no correction: write the month, then +1.")
    whole = _summed(outline, tables, count, recoded or {})
    if (whole[1] < 0).any():
        raise Refused("negative_correction", "Together they take more away than they add: hold them for a later batch.")
    return _batch(outline, name, whole)


def _batch(outline: Outline, name: str, whole: tuple[Wide, Wide]) -> Batch:
    month = parse_batch(name)
    if month.year != outline.year or name < outline.begins:
        raise Refused("unknown_period", f"{name} is no month of this book.")
    places, counts = whole
    return Batch(name, outline.digest, places[counts > 0], counts[counts > 0])


def _summed(outline: Outline, tables: Sequence[Named], count: str, recoded: Recoded) -> tuple[Wide, Wide]:
    """Finest cells and their sums, ascending."""
    places, numbers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for table in tables:
        leaves = [_leaves(one, table, recoded.get(one.columns[-1], {})) for one in outline.dimensions]
        places.append(np.ravel_multi_index(leaves, outline.sizes).astype(np.int64))
        numbers.append(_counted(numbers_in(table, count)))
    found, inverse = np.unique(np.concatenate(places), return_inverse=True)
    sums = np.zeros(len(found), dtype=np.int64)
    np.add.at(sums, inverse, np.concatenate(numbers))
    return found, sums


def _leaves(dimension: Dimension, table: Named, recoded: Mapping[str, str]) -> Indices:
    column = dimension.columns[-1]
    position = {leaf[-1]: index for index, leaf in enumerate(dimension.leaves)}
    labels = labels_in(table, column)
    try:
        return np.array([position[recoded.get(label, label)] for label in labels], dtype=np.int64)
    except KeyError:
        raise Refused(
            "unknown_label", f"A {column} is not in the outline of this year: map what was split or renamed to what is."
        ) from None


def _counted(numbers: list[int]) -> Wide:
    if sum(map(abs, numbers)) >= MOST:
        raise Refused("overflow", "The counts add up to more than this can carry.")
    return np.array(numbers, dtype=np.int64)
