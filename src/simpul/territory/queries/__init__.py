"""Reads of the territory. Areas are public: no actor is asked."""

from simpul.territory.queries.areas import (
    ancestors,
    area,
    areas_by_code,
    children,
    descendants_q,
    path_of,
    paths_of,
    villages,
)
from simpul.territory.queries.searching import search_areas

__all__ = [
    "ancestors",
    "area",
    "areas_by_code",
    "children",
    "descendants_q",
    "path_of",
    "paths_of",
    "search_areas",
    "villages",
]
