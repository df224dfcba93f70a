"""The relations of one network, read and drawn: queries and milliseconds at 3,000 and 30,000 relations.

    python benchmarks/graph.py                 SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/graph.py

Claims, each asserted by the exit status: all 3,000 ties come in one query, as fast as a query a network or faster; at
30,000, of which the drawing reads the first 6,000 and says so, ten times the relations take at most ten times as long;
the way between two organisations asks at most six queries.
"""

import os
import random
import shutil
import sys

from django.db import connection
from django.test.utils import CaptureQueriesContext
from memberships import DAY, build, measure
from scratch import database

from simpul.kernel.actor import Anonymous
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.queries.relations import FARTHEST, MOST_TIES, common_networks, shortest_way, ties_through
from simpul.records.models import known_at, true_on
from simpul.web.organisations.graph import lay_out

PUBLIC = Anonymous()


def network_by_network(nation: Organisation) -> int:
    """The same ties by a query a network, as a loop over `network.admissions` would."""
    seen, edge, ties = {nation.pk}, [nation], 0
    while edge:
        rows = [r for n in edge for r in n.admissions.filter(true_on(DAY), known_at(None)).select_related("member")]
        ties += len(rows)
        edge = [r.member for r in {r.member_id: r for r in rows}.values() if r.member_id not in seen]
        seen |= {o.pk for o in edge}
    return ties


def compare(relations: int) -> tuple[float, list[str]]:
    nation, broken = build(relations), []
    ties = ties_through(PUBLIC, nation, on=DAY)
    print(f"\n{relations:,} relations: {len(ties.rows):,} ties read{', cut' if ties.is_cut else ''}")
    read = measure("all ties, one statement", lambda: ties_through(PUBLIC, nation, on=DAY), 10)
    measure("laid out", lambda: lay_out(nation, ties.rows, opened=(), words=str), 10)
    with CaptureQueriesContext(connection) as queries:
        ties_through(PUBLIC, nation, on=DAY)
    if len(queries) != 1:
        broken.append(f"{len(queries)} queries for {relations:,} relations")
    if not ties.is_cut:
        if network_by_network(nation) != len(ties.rows):
            raise SystemExit("the two walks disagree")
        naive = measure("the same, a query a network", lambda: network_by_network(nation), 3)
        print(f"  a query a network takes {naive / read:.1f} times as long")
        if naive < read:
            broken.append("a query a network is faster than the one statement")
    return read, broken + between(random.Random(7))


def between(dice: random.Random) -> list[str]:
    members = list(Organisation.objects.filter(pk__in=Membership.objects.values("member_id")).order_by("pk")[:2000])
    pairs = [dice.sample(members, 2) for _ in range(10)]
    turn = iter(range(10_000))

    def ask(question: object) -> object:
        first, second = pairs[next(turn) % len(pairs)]
        return question(PUBLIC, first, second, on=DAY)  # type: ignore[operator]

    measure("the way between two", lambda: ask(shortest_way), 20)
    measure("networks in common", lambda: ask(common_networks), 20)
    most = 0
    for first, second in pairs:
        with CaptureQueriesContext(connection) as queries:
            shortest_way(PUBLIC, first, second, on=DAY)
        most = max(most, len(queries))
    return [] if most <= FARTHEST else [f"{most} queries for the way between two"]


def main() -> None:
    print(f"engine: {connection.vendor}; at most {MOST_TIES:,} ties are read")
    try:
        with database():
            small, broken = compare(3_000)
        with database():
            large, also = compare(30_000)
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"])
    print(f"\nten times the relations take {large / small:.1f} times as long")
    broken += also + ([] if large <= 10 * small else ["more than ten times as long for ten times the relations"])
    print("Every promise holds." if not broken else "Broken:\n  " + "\n  ".join(broken))
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
