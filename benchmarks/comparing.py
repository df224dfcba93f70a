"""The same questions asked of databases of several sizes in turn: p50 and p95 in milliseconds, queries, ratio.

Each size gets other words and places every time, and one round asks all sizes, so that whatever else the machine does
falls on all of them alike.
"""

import random
import time
from collections.abc import Callable, Mapping
from statistics import quantiles
from typing import Final

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from nation import Sides

ROUNDS: Final = 40
# What is got ready is not measured; what it gives is.
Question = Callable[[random.Random], Callable[[], object]]


def compare(sides: Sides, questions: Callable[[], Mapping[str, Question]]) -> None:
    """Prints one line a question and size. `questions` is called once a size, with its database connected."""
    asked = {}
    for size, side in sides.items():
        connections["default"] = side
        asked[size] = questions()
    smallest = min(sides)
    print(f"{'':34}{'organisations':>14}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'p95 ratio':>11}")
    for name in asked[smallest]:
        times, queries = _taken(sides, {size: each[name] for size, each in asked.items()})
        cuts = {size: quantiles(values, n=20) for size, values in times.items()}
        for size, cut in cuts.items():
            ratio = cut[18] / cuts[smallest][18]
            said = name if size == smallest else ""
            print(f"{said:34}{size:14,}{cut[9]:9.1f}{cut[18]:9.1f}{queries[size]:9}{ratio:11.2f}", flush=True)


def _taken(sides: Sides, asked: Mapping[int, Question]) -> tuple[dict[int, list[float]], dict[int, int]]:
    """Milliseconds and queries. The first round warms up, and counts the queries."""
    dice = {size: random.Random(7) for size in sides}
    times: dict[int, list[float]] = {size: [] for size in sides}
    queries: dict[int, int] = {}
    for turn in range(ROUNDS + 1):
        for size, side in sides.items():
            connections["default"] = side
            ask = asked[size](dice[size])
            if turn:
                start = time.perf_counter()
                ask()
                times[size].append((time.perf_counter() - start) * 1000)
            else:
                with CaptureQueriesContext(connection) as captured:
                    ask()
                queries[size] = len(captured)
    return times, queries
