"""Draw the demo's district 52.03.99: five invented villages in the open sea of the Alas Strait, where nobody lives.

    .venv/bin/python tools/draw_demo_district.py

One village in the middle, four around it. Every border is one arc, shared by the two villages on its sides, made jagged
by displacing midpoints; the seed is fixed, so the same district comes out each time. Writes areas.csv and the
TopoJSON with the objects `districts` and `villages`.
"""

import csv
import gzip
import json
import random
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "simpul" / "territory" / "data" / "demo"
CENTRE = (116.674, -8.752)  # longitude, latitude
VILLAGES = {
    "52.03.99.2001": "Lentera Jati",
    "52.03.99.2002": "Aik Bening",
    "52.03.99.2003": "Tanjung Kenari",
    "52.03.99.2004": "Batu Selendang",
    "52.03.99.2005": "Lembah Kemiri",
}
COLUMNS = ["code", "name", "kind", "latitude", "longitude", "area_km2", "male_population", "female_population"]
SCALE = 1e-6
Point = tuple[float, float]


def at(angle: float, radius: float) -> Point:
    return CENTRE[0] + radius * cos(angle), CENTRE[1] + 1.15 * radius * sin(angle)


def jagged(rng: random.Random, start: Point, end: Point, rough: float, depth: int = 5) -> list[Point]:
    """From `start` to `end`, both included, each midpoint pushed to a side by up to `rough` of the length."""
    if not depth:
        return [start, end]
    dx, dy = end[0] - start[0], end[1] - start[1]
    push = rng.uniform(-rough, rough)
    middle = ((start[0] + end[0]) / 2 - dy * push, (start[1] + end[1]) / 2 + dx * push)
    return jagged(rng, start, middle, rough, depth - 1)[:-1] + jagged(rng, middle, end, rough, depth - 1)


def arcs() -> list[list[Point]]:
    """0-3 around the middle village, 4-7 the coast, 8-11 the borders from the middle to the coast."""
    rng = random.Random(520399)
    turns = [0.35 + n * pi / 2 + rng.uniform(-0.22, 0.22) for n in range(4)]
    inner = [at(t, 0.017 * rng.uniform(0.85, 1.15)) for t in turns]
    outer = [at(t, 0.038 * rng.uniform(0.9, 1.1)) for t in turns]
    bulge = [at(turns[n] + pi / 4, 0.039 * rng.uniform(0.92, 1.08)) for n in range(4)]
    middle = [jagged(rng, inner[n], inner[(n + 1) % 4], 0.13) for n in range(4)]
    coast = [
        jagged(rng, outer[n], bulge[n], 0.16)[:-1] + jagged(rng, bulge[n], outer[(n + 1) % 4], 0.16) for n in range(4)
    ]
    spokes = [jagged(rng, inner[n], outer[n], 0.13) for n in range(4)]
    return middle + coast + spokes


def rings() -> dict[str, list[int]]:
    """Village -> its arcs, a negative number n standing for arc ~n backwards."""
    around = [[8 + n, 4 + n, ~(8 + (n + 1) % 4), ~n] for n in range(4)]
    return dict(zip(VILLAGES, [[0, 1, 2, 3], *around], strict=True))


def topology(lines: list[list[Point]]) -> dict[str, object]:
    def geometry(code: str, ring: list[int]) -> dict[str, object]:
        return {"type": "Polygon", "arcs": [ring], "properties": {"code": code}}

    objects = {
        "districts": [geometry("52.03.99", [4, 5, 6, 7])],
        "villages": [geometry(code, ring) for code, ring in rings().items()],
    }
    corner = (min(x for line in lines for x, _ in line), min(y for line in lines for _, y in line))
    return {
        "type": "Topology",
        "transform": {"scale": [SCALE, SCALE], "translate": [round(c, 6) for c in corner]},
        "objects": {name: {"type": "GeometryCollection", "geometries": shapes} for name, shapes in objects.items()},
        "arcs": [deltas(line, corner) for line in lines],
    }


def deltas(line: list[Point], corner: Point) -> list[list[int]]:
    grid = [(round((x - corner[0]) / SCALE), round((y - corner[1]) / SCALE)) for x, y in line]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid)]
    return [list(grid[0]), *(list(step) for step in steps if step != (0, 0))]


def centre(lines: list[list[Point]], ring: list[int]) -> Point:
    points = [p for n in ring for p in lines[n if n >= 0 else ~n]]
    return round(sum(x for x, _ in points) / len(points), 5), round(sum(y for _, y in points) / len(points), 5)


def main() -> None:
    lines = arcs()
    TARGET.mkdir(parents=True, exist_ok=True)
    plain = json.dumps(topology(lines), separators=(",", ":")).encode()
    (TARGET / "52.03.99.json.gz").write_bytes(gzip.compress(plain, compresslevel=9, mtime=0))
    with (TARGET / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerow(["52.03.99", "Wilayah Contoh", "district", CENTRE[1], CENTRE[0], "", "", ""])
        for code, ring in rings().items():
            longitude, latitude = centre(lines, ring)
            rows.writerow([code, VILLAGES[code], "village", latitude, longitude, "", "", ""])


if __name__ == "__main__":
    main()
