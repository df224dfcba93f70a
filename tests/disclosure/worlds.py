"""Small tables, and an attacker who knows nothing of the method."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from simpul.disclosure.cubes import Cells, Cube, cells_of, cube_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.protecting import Protection

MUCH = 1e6  # where nothing bounds a cell
Wide = npt.NDArray[np.int64]
Columns = Mapping[str, Sequence[object]]


def table(shape: Sequence[int], counts: Sequence[int]) -> Columns:
    """Records with one column a dimension, `a`, `b`, ..., of so many leaves each."""
    names = "abcdef"[: len(shape)]
    places = list(itertools.product(*(range(size) for size in shape)))
    columns: dict[str, list[object]] = {name: [f"{name}{place[i]}" for place in places] for i, name in enumerate(names)}
    return columns | {"n": list(counts)}


def crossed(shape: Sequence[int], counts: Sequence[int]) -> Cells:
    """All margins of a plain cross table."""
    return every(cube_of(table(shape, counts), parse_shapes(",".join("abcdef"[: len(shape)])), "n"))


def every(cube: Cube) -> Cells:
    return cells_of(cube, cube.every_view())


def nested(groups: Sequence[int], others: int, counts: Sequence[int]) -> Cells:
    """Groups of so many leaves (`a>b`), crossed with another dimension (`c`)."""
    leaves = [(f"g{g}", f"g{g}l{leaf}") for g, many in enumerate(groups) for leaf in range(many)]
    rows = [(group, leaf, f"c{other}") for group, leaf in leaves for other in range(others)]
    columns: Columns = {
        "a": [r[0] for r in rows],
        "b": [r[1] for r in rows],
        "c": [r[2] for r in rows],
        "n": list(counts),
    }
    return every(cube_of(columns, parse_shapes("a>b,c"), "n"))


def matrix(cells: Cells) -> Wide:
    """One row a cell, one column an atom."""
    whole = np.zeros((len(cells), len(cells.cube.atoms)), dtype=np.int64)
    for cell in range(len(cells)):
        whole[cell, cells.incidence.of(cell)] = 1
    return whole


def brute(cells: Cells, shown: npt.NDArray[np.bool_], least: Wide, most: int) -> list[tuple[int, int]]:
    """The least and the most every cell is over all whole tables that fit what is shown, atoms from `least` to `most`.

    A backtracking enumeration: feasible for a handful of atoms.
    """
    rows = matrix(cells)
    known, sums = rows[shown], cells.values[shown]
    low = np.full(len(cells), np.iinfo(np.int64).max)
    high = np.full(len(cells), -1)
    for found in _tables(known, sums, least, most, []):
        values = rows @ np.array(found)
        low, high = np.minimum(low, values), np.maximum(high, values)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _tables(known: Wide, sums: Wide, least: Wide, most: int, begun: list[int]) -> Iterator[list[int]]:
    many = len(begun)
    if many == known.shape[1]:
        yield list(begun)
        return
    done = known[:, :many] @ np.array(begun, dtype=np.int64) if many else np.zeros(len(known), dtype=np.int64)
    ahead = known[:, many:]
    for value in range(int(least[many]), most + 1):
        now = done + value * ahead[:, 0]
        rest = ahead[:, 1:]
        floor = now + rest @ least[many + 1 :]
        ceiling = now + rest.sum(axis=1) * most
        if (floor > sums).any():
            break
        if (ceiling < sums).any():
            continue
        yield from _tables(known, sums, least, most, [*begun, value])


def attacked(protection: Protection, cell: int) -> tuple[int, int]:
    """The least and the most the cell can be, by integer programming over everything published."""
    cells = protection.cells
    rows = matrix(cells)
    out = protection.is_published
    fits = LinearConstraint(rows[out], cells.values[out], cells.values[out])
    floor = np.zeros(rows.shape[1])
    if protection.zeros == "show":
        floor = (cells.cube.atoms > 0).astype(float)
    ceiling = np.where((protection.zeros == "show") & (cells.cube.atoms == 0), 0.0, MUCH)
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * rows[cell].astype(float),
            constraints=fits,
            integrality=np.ones(rows.shape[1]),
            bounds=Bounds(floor, ceiling),
        )
        assert found.success, found.message
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]
