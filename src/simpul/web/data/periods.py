"""Periods by their labels: "2025", "2025-Q1", "2025-03"; finer ones lie whole in coarser ones."""

import re
from collections.abc import Iterable
from typing import Final

YEAR: Final = "year"
QUARTER: Final = "quarter"
MONTH: Final = "month"
FINENESS: Final = {YEAR: 0, QUARTER: 1, MONTH: 2}
_LABEL: Final = re.compile(r"[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?")


def is_label(text: str) -> bool:
    return bool(_LABEL.fullmatch(text))


def cadence_of(label: str) -> str:
    """ValueError for what is no label."""
    if not is_label(label):
        raise ValueError("no period")
    return YEAR if len(label) == 4 else QUARTER if "Q" in label else MONTH


def parts_of(label: str, cadence: str) -> tuple[str, ...]:
    """The periods of a finer cadence it is made of, in order; itself for its own. ValueError for a coarser one."""
    own = cadence_of(label)
    if FINENESS[cadence] < FINENESS[own]:
        raise ValueError("a period has no coarser parts")
    if cadence == own:
        return (label,)
    year = label[:4]
    months = range(1, 13) if own == YEAR else range(3 * int(label[6]) - 2, 3 * int(label[6]) + 1)
    if cadence == QUARTER:
        return tuple(f"{year}-Q{number}" for number in range(1, 5))
    return tuple(f"{year}-{month:02}" for month in months)


def containing(label: str, cadence: str) -> str:
    """The period of that cadence it lies in. ValueError for a finer one."""
    own = cadence_of(label)
    if FINENESS[cadence] > FINENESS[own]:
        raise ValueError("a period lies in no finer one")
    if cadence == own:
        return label
    return label[:4] if cadence == YEAR else f"{label[:4]}-Q{(int(label[5:]) + 2) // 3}"


def offered(released: Iterable[str]) -> dict[str, list[str]]:
    """Cadence -> what may be chosen, newest first: what was released, and what it adds up to without a gap."""
    known = set(released)
    found: dict[str, list[str]] = {YEAR: [], QUARTER: [], MONTH: []}
    finest = max(known, key=lambda label: FINENESS[cadence_of(label)], default="")
    for cadence in (YEAR, QUARTER, MONTH) if finest else ():
        if FINENESS[cadence] <= FINENESS[cadence_of(finest)]:
            whole = {containing(label, cadence) for label in known}
            kept = [one for one in whole if known.issuperset(parts_of(one, cadence_of(finest)))]
            found[cadence] = sorted(kept, reverse=True)
    return found


def chosen(asked: str, offers: dict[str, list[str]]) -> str:
    """What was asked for where it is offered; else the latest whole year, quarter or month there is; "" for none."""
    every = [label for cadence in (YEAR, QUARTER, MONTH) for label in offers[cadence]]
    return asked if asked in every else next(iter(every), "")


def nearest(wanted: str, released: Iterable[str]) -> str:
    """Of what is released or adds up: the wanted period, the one it lies in, or the latest; "" for none."""
    offers = offered(released)
    if any(wanted in labels for labels in offers.values()):
        return wanted
    finest = next((c for c in (MONTH, QUARTER, YEAR) if offers[c]), "")
    if not finest:
        return ""
    if wanted and FINENESS[finest] <= FINENESS[cadence_of(wanted)] and containing(wanted, finest) in offers[finest]:
        return containing(wanted, finest)
    return offers[finest][0]
