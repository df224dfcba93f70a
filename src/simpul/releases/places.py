"""Places as the tables know them: codes of areas, and one place a regency for records not told apart by village."""

from collections.abc import Iterable
from typing import Final

from simpul.releases.tables import Level

NATION: Final = ""
_LENGTHS: Final = {Level.NATION: 0, Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}
_REST: Final = ".00.0000"


def rest_of(regency: str) -> str:
    """The finest place of a regency for what is in none of its villages: "52.03.00.0000"."""
    return f"{regency}{_REST}"


def is_rest(place: str) -> bool:
    return place.endswith((_REST, _REST[:3])) and len(place) > _LENGTHS[Level.REGENCY]


def above(place: str, level: Level) -> str:
    """The place of that level which this one lies in."""
    return place[: _LENGTHS[level]]


def places_at(level: Level, finest: Iterable[str]) -> tuple[str, ...]:
    """Every place of a level, in order of code."""
    return tuple(sorted({above(place, level) for place in finest}))


def is_within(place: str, area: str) -> bool:
    return not area or place == area or place.startswith(f"{area}.")
