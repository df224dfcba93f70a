"""Marks: what an organisation is found by, as bits of one number that every row of the directory's indexes carries.

A walk along one index skips what can't be meant without leaving the index: who lacks a bit of what is asked for is not
it. Who has them all may be it, and is asked properly: two values may share a bit.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import pairwise
from operator import or_
from types import MappingProxyType
from typing import Final
from zlib import crc32

BITS: Final = 63  # of a signed number of eight bytes
# Of a word its first letters: three tell most words apart, five "perempuan" from "perkumpulan".
BEGINNINGS: Final = (3, 5)
_REGENCY: Final = len("area:52.03")


def facet_marks(facets: Iterable[str]) -> int:
    """Of areas as far as the regency: what lies deeper is rare enough to be walked by itself."""
    return _bits({facet[:_REGENCY] if facet.startswith("area:") else facet for facet in facets})


def word_marks(terms: Iterable[str]) -> int:
    """A term has every mark of what it begins with."""
    return _bits({term[:length] for term in terms for length in BEGINNINGS if len(term) >= length})


def repeats(terms: Iterable[str]) -> Mapping[str, int]:
    """Term -> how many letters it begins with as one before it does: under these, its organisation was met already."""
    ordered = sorted(set(terms))
    shared = {later: _shared(earlier, later) for earlier, later in pairwise(ordered)}
    return MappingProxyType({term: shared.get(term, 0) for term in ordered})


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _bits(values: Iterable[str]) -> int:
    return reduce(or_, (1 << crc32(value.encode()) % BITS for value in values), 0)
