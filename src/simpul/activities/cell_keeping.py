"""Keeping the cells of the map of today in step with the lines: within the transaction that writes a line."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.db.models import Q

from simpul.activities.models import Response, ResponseActivity, ResponseCell
from simpul.activities.queries.gaps import Cell, code_level, tally
from simpul.records.locks import lock_graph
from simpul.records.models import known_at
from simpul.territory.names import lineage_of

Place = tuple[str, str]  # area code, cluster
_COUNTED: Final = ("activities", "at_work", "organisations", "overlaps", "newest_on")
_A_BATCH: Final = 500


def refresh_cells(response: Response, places: Collection[Place]) -> None:
    """Count anew what these areas, and all that hold them, have of these clusters. One writer at a time a response.

    As many statements for one place as for thousands: each level is counted in one go, and only what differs from what
    is kept is written.
    """
    lock_graph(f"activities.cells/{response.pk}")
    wanted = {(above, cluster) for code, cluster in places for above in lineage_of(code)}
    for level in sorted({code_level(code) for code, _cluster in wanted}):
        _refresh(response, level, {place for place in wanted if code_level(place[0]) == level})


def _refresh(response: Response, level: int, wanted: Collection[Place]) -> None:
    near = _near(wanted)
    rows = ResponseActivity.objects.filter(known_at(None), near, response=response)
    counted = {place: cell for place, cell in tally(rows, level).items() if place in wanted}
    kept = {
        (row.area_id, row.cluster): row
        for row in ResponseCell.objects.filter(near, response=response, level=level)
        if (row.area_id, row.cluster) in wanted
    }
    _take_away(kept[place].pk for place in kept.keys() - counted.keys())
    _write(response, level, {place: cell for place, cell in counted.items() if _of(kept.get(place)) != cell})


def _near(wanted: Collection[Place]) -> Q:
    """All of these places, and as little else as one range of codes and a list of clusters can say."""
    asked = Q(cluster__in={cluster for _code, cluster in wanted})
    lines = [lineage_of(code) for code in {code for code, _cluster in wanted}]
    holding = next((code for code in reversed(lines[0]) if all(code in line for line in lines)), "")
    return asked & Q(area__code__within=holding) if holding else asked


def _of(row: ResponseCell | None) -> Cell | None:
    return Cell(*(getattr(row, name) for name in _COUNTED)) if row else None


def _take_away(keys: Iterable[int]) -> None:
    gone = list(keys)
    for first in range(0, len(gone), _A_BATCH):
        ResponseCell.objects.filter(pk__in=gone[first : first + _A_BATCH]).delete()


def _write(response: Response, level: int, cells: Mapping[Place, Cell]) -> None:
    rows = [
        ResponseCell(
            response=response,
            level=level,
            area_id=code,
            cluster=cluster,
            **{name: getattr(cell, name) for name in _COUNTED},
        )
        for (code, cluster), cell in cells.items()
    ]
    ResponseCell.objects.bulk_create(
        rows,
        batch_size=_A_BATCH,
        update_conflicts=True,
        unique_fields=["response", "level", "area", "cluster"],
        update_fields=_COUNTED,
    )
