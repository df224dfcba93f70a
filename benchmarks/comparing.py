"""The same questions asked of databases of several sizes in turn: p50 and p95 in milliseconds, queries, bytes, ratio.

Each size gets other words and places every time, and one round asks all sizes, so that whatever else the machine does
falls on all of them alike.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Final

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from nation import Sides

from simpul.config.settling import settle

ROUNDS: Final = 40
# What is got ready is not measured; what it gives is. An answer's `content` is counted in bytes.
Question = Callable[[random.Random], Callable[[], object]]


@dataclass(slots=True)
class Taken:
    """What a question took at one size."""

    times: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0  # bytes as written, 0 where there is no page

    def p(self, percent: int) -> float:
        return quantiles(self.times, n=20)[percent // 5 - 1]


def compare(
    sides: Sides,
    questions: Callable[[], Mapping[str, Question]],
    *,
    rounds: int = ROUNDS,
    what: str = "organisations",
) -> dict[str, dict[int, Taken]]:
    """Prints one line a question and size. `questions` is called once a size, with its database connected."""
    asked = {}
    for size, side in sides.items():
        connections["default"] = side
        asked[size] = questions()
    smallest = min(sides)
    print(f"{'':34}{what:>14}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'bytes':>9}{'p95 ratio':>11}")
    all_taken = {}
    for name in asked[smallest]:
        taken = all_taken[name] = _taken(sides, {size: each[name] for size, each in asked.items()}, rounds)
        for size, one in taken.items():
            ratio = one.p(95) / taken[smallest].p(95)
            said, weight = name if size == smallest else "", f"{one.size:,}" if one.size else ""
            print(f"{said:34}{size:14,}{one.p(50):9.1f}{one.p(95):9.1f}{one.queries:9}", end="")
            print(f"{weight:>9}{ratio:11.2f}", flush=True)
    return all_taken


def counted(ask: Callable[[], object]) -> tuple[object, int]:
    """What it answers, and how many queries it took: what only begins or ends a transaction asks for nothing."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    return answer, sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured.captured_queries)


def _taken(sides: Sides, asked: Mapping[int, Question], rounds: int) -> dict[int, Taken]:
    """The first round warms up, the second counts the queries. Then it is as in a server that was asked before."""
    dice = {size: random.Random(7) for size in sides}
    found = {size: Taken() for size in sides}
    for turn in range(rounds + 2):
        if turn == 2:
            settle()
        for size, side in sides.items():
            connections["default"] = side
            ask, taken = asked[size](dice[size]), found[size]
            if turn > 1:
                start = time.perf_counter()
                answer = ask()
                taken.times.append((time.perf_counter() - start) * 1000)
            else:
                answer, taken.queries = counted(ask)
            taken.size = max(taken.size, len(getattr(answer, "content", b"")))
    return found
