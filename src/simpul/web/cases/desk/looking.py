"""Who looked at a case, told by person and day: a morning's work on it is one line, not thirty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from simpul.kernel.time import Zone, local_date

READ: Final = 300  # of the newest openings
SHOWN: Final = 30  # lines
NAMES: Final = "cases:names"


@dataclass(slots=True)
class Look:
    """`last` is the latest of `times` openings on one day; `names`: the names were shown."""

    person: Any
    names: bool
    last: datetime
    times: int = 1


def looks_of(openings: Iterable[Any], zone: Zone) -> list[Look]:
    """`openings` the newest first."""
    found: dict[tuple[object, bool, object], Look] = {}
    for row in openings:
        names = row.page == NAMES
        key = (row.person_id, names, local_date(row.at, zone))
        if key in found:
            found[key].times += 1
        else:
            found[key] = Look(row.person, names, row.at)
    return list(found.values())[:SHOWN]
