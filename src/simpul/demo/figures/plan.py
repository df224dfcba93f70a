"""How many people of what kind, where and when: made from a seed, the same on every machine, and all invented.

Lombok's regencies, where groups have worked longest, count most; drought months bring aid and papers, school holidays
child marriage, and there is more of everything in the second year. Small places stay small: what is blank is so for a
reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random
from typing import Final

from simpul.demo.acceptance.plan import REGENCIES

SEED: Final = 2024
MONTHS: Final = tuple(f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13))
LOMBOK: Final = ("52.01", "52.02", "52.03", "52.08", "52.71")
OF_LOMBOK: Final = 2.2  # times what a kind below says
PLACES: Final = 40  # at most, of a regency
_CHILDREN: Final = ("6-11", "12-17")
_ADULTS: Final = ("18-24", "25-59", "60+")
_DRY: Final = frozenset({8, 9, 10, 11})
_HOLIDAYS: Final = frozenset({6, 7, 12})
_GROWTH: Final = {2024: 1.0, 2025: 1.25}


@dataclass(frozen=True, slots=True)
class Kind:
    """`often`: people a month; `women` and `children`: their share; `outcome`: what mostly comes of it."""

    code: str
    often: float
    women: float
    children: float
    outcome: str


KINDS: Final = (
    Kind("JK.4", 14.0, 0.55, 0.10, "met"),
    Kind("AD.1", 8.0, 0.50, 0.05, "document_issued"),
    Kind("AD.3", 6.0, 0.50, 0.90, "document_issued"),
    Kind("BS.1", 7.0, 0.80, 0.02, "partly_met"),
    Kind("BS.8", 5.0, 0.60, 0.02, "unmet"),
    Kind("K.F", 5.0, 0.90, 0.25, "met"),
    Kind("K.P", 3.0, 0.90, 0.20, "met"),
    Kind("K.S", 2.5, 0.95, 0.60, "partly_met"),
    Kind("PA.1", 2.0, 0.80, 1.00, "separated"),
    Kind("PA.2", 1.5, 0.75, 1.00, "separated"),
    Kind("DS.1", 2.0, 0.50, 0.30, "met"),
    Kind("LN.3", 2.0, 0.60, 0.00, "met"),
    Kind("PM.2", 2.0, 0.60, 0.00, "partly_met"),
    Kind("KS.1", 1.5, 1.00, 0.05, "met"),
    Kind("PD.1", 1.0, 0.50, 1.00, "met"),
    Kind("EK.2", 1.0, 0.60, 0.00, "unmet"),
    Kind("LP", 2.0, 0.40, 0.00, "partly_met"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; `place` is a number, to be taken round the villages of the regency."""

    place: int
    kind: str
    day: date
    sex: str
    age: str
    outcome: str


def regencies() -> tuple[str, ...]:
    return (*LOMBOK, *REGENCIES)


def people_of(regency: str, month: str) -> list[Person]:
    """Everybody of one regency and month."""
    random = Random(f"{SEED} {regency} {month}")
    first = date(int(month[:4]), int(month[5:]), 1)
    weight = _weight(regency) * _GROWTH[first.year]
    return [person for kind in KINDS for person in _of_kind(random, kind, weight * _season(kind, first.month), first)]


def _weight(regency: str) -> float:
    """In Lombok twice what a kind says; elsewhere from a fifth to the whole of it, by the regency."""
    return OF_LOMBOK if regency in LOMBOK else 0.2 + 0.8 * Random(f"{SEED} {regency}").random()


def _season(kind: Kind, month: int) -> float:
    if kind.code.startswith(("BS", "AD")) and month in _DRY:
        return 1.4
    return 1.8 if kind.code.startswith("PA") and month in _HOLIDAYS else 1.0


def _of_kind(random: Random, kind: Kind, weight: float, first: date) -> Iterator[Person]:
    for _number in range(_poisson(random, kind.often * weight)):
        age = random.choice(_CHILDREN if random.random() < kind.children else _ADULTS)
        sex = "P" if random.random() < kind.women else "L"
        outcome = kind.outcome if random.random() < 0.7 else "unmet"
        yield Person(_place(random), kind.code, first.replace(day=random.randint(1, 28)), sex, age, outcome)


def _place(random: Random) -> int:
    """Few villages bring many: the first tenth of a regency's about half of its people."""
    return min(int(random.expovariate(0.16)), PLACES - 1)


def _poisson(random: Random, mean: float) -> int:
    """By Knuth: means here are small."""
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count
