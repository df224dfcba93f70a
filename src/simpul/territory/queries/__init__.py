"""Reads of the territory. Areas are public: no actor is asked."""

from simpul.territory.queries.areas import (
    Surroundings,
    ancestors,
    area,
    area_and_path,
    areas_by_code,
    children,
    descendants_q,
    path_of,
    paths_of,
    surroundings,
    villages,
)
from simpul.territory.queries.crosswalks import Successor, crosswalks, successors
from simpul.territory.queries.holidays import DayOff, calendar, calendar_decided, holidays_between
from simpul.territory.queries.searching import search_areas

__all__ = [
    "DayOff",
    "Successor",
    "Surroundings",
    "ancestors",
    "area",
    "area_and_path",
    "areas_by_code",
    "calendar",
    "calendar_decided",
    "children",
    "crosswalks",
    "descendants_q",
    "holidays_between",
    "path_of",
    "paths_of",
    "search_areas",
    "successors",
    "surroundings",
    "villages",
]
