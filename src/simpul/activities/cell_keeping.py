"""Keeping the cells of the map of today in step with the lines: within the transaction that writes a line."""

from collections.abc import Collection
from typing import Any

from simpul.activities.models import Response, ResponseActivity, ResponseCell
from simpul.activities.queries.gaps import Cell, code_level, tally
from simpul.records.locks import lock_graph
from simpul.records.models import known_at
from simpul.territory.names import lineage_of

Place = tuple[str, str]  # area code, cluster


def refresh_cells(response: Response, places: Collection[Place]) -> None:
    """Count anew what these areas, and all that hold them, have of these clusters. One writer at a time a response."""
    lock_graph(f"activities.cells/{response.pk}")
    wanted = {(above, cluster) for code, cluster in places for above in lineage_of(code)}
    for area_code, of_cluster in sorted(wanted):
        _refresh(response, area_code, of_cluster)


def _refresh(response: Response, code: str, cluster: str) -> None:
    rows = ResponseActivity.objects.filter(known_at(None), response=response, cluster=cluster, area__code__within=code)
    level = code_level(code)
    cell = tally(rows, level).get((code, cluster))
    place: dict[str, Any] = {"response": response, "level": level, "area_id": code, "cluster": cluster}
    if cell is None:
        ResponseCell.objects.filter(**place).delete()
    else:
        ResponseCell.objects.update_or_create(**place, defaults=_columns(cell))


def _columns(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in ("activities", "at_work", "organisations", "overlaps", "newest_on")}
