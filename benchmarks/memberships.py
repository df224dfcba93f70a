"""Members of a network through three levels on one day: one statement against the naive walk, in the same run.

    python benchmarks/memberships.py                 SQLite, in a folder of its own
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/memberships.py

Builds 3,000 relations, then 30,000, in a database made for it and dropped afterwards. The naive walk asks one query a
network, as a loop over `network.members` would. A second opponent loads the whole graph in one query and walks it in
Python. All three must name the same organisations with the same depths, or the run fails.
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext
from scratch import database

from simpul.kernel.actor import Anonymous
from simpul.kernel.ids import uuid7
from simpul.kernel.text import fold_words
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.queries.networks import (
    count_members,
    member_organisations,
    members_of_network,
    members_per_network,
)
from simpul.records.models import known_at, true_on

DAY = date(2025, 6, 1)
NOW = datetime(2025, 6, 1, tzinfo=UTC)
LEVELS = 3
Depths = dict[UUID, int]


def build(relations: int, seed: int = 7) -> Organisation:
    """One network of networks, 20 networks in it, 10 forums in each, and organisations in the forums, some in two.

    One relation in ten has ended before DAY, one in fifty has been superseded.
    """
    chance = random.Random(seed)
    nation = _make(OrganisationKind.NETWORK_OF_NETWORKS, 1)[0]
    networks = _make(OrganisationKind.NETWORK, 20 * relations // 3000)
    forums = _make(OrganisationKind.LEARNING_FORUM, 200 * relations // 3000)
    pairs = [(network, nation) for network in networks]
    pairs += [(forum, networks[n % len(networks)]) for n, forum in enumerate(forums)]
    members = _make(OrganisationKind.FOUNDATION, (relations - len(pairs)) * 4 // 5)
    pairs += [(member, forums[n % len(forums)]) for n, member in enumerate(members)]
    taken = set(pairs)
    while len(pairs) < relations:
        pair = (chance.choice(members), chance.choice(forums))
        if pair not in taken:
            taken.add(pair)
            pairs.append(pair)
    Membership.objects.bulk_create((_relation(*pair, chance) for pair in pairs), batch_size=2000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return nation


def _make(kind: str, number: int) -> list[Organisation]:
    names = [f"{kind} {n:06d}" for n in range(number)]
    rows = [Organisation(id=uuid7(), kind=kind, name=name, sort_key=fold_words(name)) for name in names]
    return Organisation.objects.bulk_create(rows, batch_size=2000)


def _relation(member: Organisation, network: Organisation, chance: random.Random) -> Membership:
    ended = date(2025, 1, 1) if chance.random() < 0.1 else None
    superseded = NOW if chance.random() < 0.02 else None
    return Membership(
        member=member,
        network=network,
        valid_from=date(2020, 1, 1),
        valid_until=ended,
        recorded_at=NOW,
        superseded_at=superseded,
    )


def one_statement(nation: Organisation) -> Depths:
    found = members_of_network(Anonymous(), nation, on=DAY, levels=LEVELS)
    return {row.organisation.pk: row.depth for row in found}


def naive_walk(nation: Organisation) -> Depths:
    depths: Depths = {}
    edge = [nation]
    for level in range(1, LEVELS + 1):
        following = []
        for network in edge:
            rows = network.admissions.filter(true_on(DAY), known_at(None), role__in=COUNTED_ROLES)
            for row in rows.select_related("member"):
                if row.member_id not in depths and not row.member.in_safety_mode:
                    depths[row.member_id] = level
                    following.append(row.member)
        edge = following
    return depths


def whole_graph(nation: Organisation) -> Depths:
    rows = Membership.objects.filter(true_on(DAY), known_at(None), role__in=COUNTED_ROLES, member__in_safety_mode=False)
    below: dict[UUID, list[UUID]] = {}
    for member, network in rows.values_list("member_id", "network_id"):
        below.setdefault(network, []).append(member)
    depths: Depths = {}
    edge = [nation.pk]
    for level in range(1, LEVELS + 1):
        edge = list(dict.fromkeys(m for network in edge for m in below.get(network, ()) if m not in depths))
        depths |= dict.fromkeys(edge, level)
    return depths


def measure(name: str, act: Callable[[], object], times: int) -> float:
    """Median seconds; prints it with the 95th percentile and the number of queries."""
    with CaptureQueriesContext(connection) as queries:
        act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    median, slow = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
    print(f"  {name:<34} median {median * 1000:9.1f} ms   p95 {slow * 1000:9.1f} ms   queries {len(queries):>6}")
    return median


def compare(relations: int) -> dict[str, float]:
    nation = build(relations)
    expected = naive_walk(nation)
    if not one_statement(nation) == whole_graph(nation) == expected:
        raise SystemExit("the three walks disagree")
    counts = count_members(Anonymous(), nation, on=DAY)
    print(f"\n{relations} relations, {LEVELS} levels: {counts.total} members, {counts.in_several} in several networks")
    times = {
        "one": measure("one statement, members with ways", lambda: one_statement(nation), 20),
        "ids": measure(
            "one statement, ids alone",
            lambda: list(member_organisations(Anonymous(), nation, on=DAY, levels=LEVELS).values_list("pk")),
            20,
        ),
        "naive": measure("naive walk, a query a network", lambda: naive_walk(nation), 3),
        "whole": measure("whole graph, walked in Python", lambda: whole_graph(nation), 10),
        "count": measure("one statement, counts alone", lambda: count_members(Anonymous(), nation, on=DAY), 20),
        "per": measure("one statement, per network", lambda: members_per_network(Anonymous(), nation, on=DAY), 10),
    }
    print(f"  the naive walk takes {times['naive'] / times['one']:.1f} times as long as the one statement")
    return times


def main() -> None:
    print(f"engine: {connection.vendor}")
    try:
        with database():
            small = compare(3_000)
        with database():
            large = compare(30_000)
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"])
    print(f"\nten times the relations: the one statement takes {large['one'] / small['one']:.1f} times as long")


if __name__ == "__main__":
    main()
