"""The gap map of one province with few activities and with many: what it costs to look at, today and on a day that was.

    python benchmarks/gaps.py [FEW [MANY]]                          2,000 and 20,000, unless told otherwise
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/gaps.py

The page as the public gets it, through Django's test client: every district of the province as its parts, all eight
clusters, 300 organisations, and twenty open needs. Rows are written straight into their tables;
the cells of today are counted by the service's own function. Each map is looked at REQUESTS times after one to warm up,
the two sizes by turns, so that both meet the same machine.

Fails where the p95 of MANY is more than 1.5 times that of FEW for the map of today.
"""

import os
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles

FEW, MANY = (int(sys.argv[1]) if len(sys.argv) > 1 else 2_000), (int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
REQUESTS = 60
MOST = 1.5
PROVINCE = "52"
NOW = datetime.now(UTC) - timedelta(days=3)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIMPUL_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
        import django

        django.setup()
        from scratch import database

        with database():
            measure()


def measure() -> None:
    from django.db import connection

    from simpul.kernel.actor import System
    from simpul.territory.services.loading import load_territory

    load_territory(System("benchmark"), now=NOW)
    few, many = filled("few", FEW), filled("many", MANY)
    then = (NOW - timedelta(days=1)).date().isoformat()
    print(f"{connection.vendor}; {FEW:,} and {MANY:,} activities in province {PROVINCE}; {REQUESTS} requests each")
    failed = False
    for name, query in (
        ("today, by regency", {"wilayah": PROVINCE}),
        ("today, one regency", {"wilayah": "52.03"}),
        (f"as of {then}", {"wilayah": PROVINCE, "pada": then}),
    ):
        ratio = compare(name, query, {"few": few, "many": many})
        failed |= name.startswith("today") and ratio > MOST
    if failed:
        sys.exit(f"The map of many costs more than {MOST} times that of few.")


def compare(name: str, query: dict[str, str], responses: dict[str, object]) -> float:
    """Prints the times of both sizes, looked at by turns; the ratio of their p95."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    times: dict[str, list[float]] = {size: [] for size in responses}
    seen = {}
    for turn in range(REQUESTS + 1):
        for size, response in responses.items():
            with CaptureQueriesContext(connection) as counted:
                begun = time.perf_counter()
                answer = client.get(f"/tanggap/{response}/", query)
                took = time.perf_counter() - begun
            assert answer.status_code == 200, answer.status_code
            seen[size] = f"{len(counted)} queries  {len(answer.content) / 1000:.0f} kB"
            if turn:
                times[size].append(took * 1000)
    p95 = {size: quantiles(found, n=20)[-1] for size, found in times.items()}
    for size, found in times.items():
        print(f"  {name:20} {size:5} p50 {median(found):7.1f} ms  p95 {p95[size]:7.1f} ms  {seen[size]}")
    ratio = p95["many"] / p95["few"]
    print(f"  {name:20} p95 ratio {ratio:.2f}")
    return ratio


def filled(name: str, count: int) -> object:
    """A published response with so many lines; its key."""
    from django.db import transaction

    from simpul.activities.cell_keeping import refresh_cells
    from simpul.activities.clusters import Cluster
    from simpul.activities.models import ReportedNeed, Response, ResponseActivity, ResponseArea
    from simpul.kernel.ids import uuid7
    from simpul.organisations.listing import sort_key_of
    from simpul.organisations.models import Organisation
    from simpul.territory.models import Area

    dice = random.Random(f"gaps/{name}")
    leads = [
        Organisation(id=uuid7(), kind="OT.Y", name=f"{name} {n}", sort_key=sort_key_of(f"{name} {n}"))
        for n in range(300)
    ]
    network = Organisation(id=uuid7(), kind="OT.N", name=f"Jaringan {name}", sort_key=sort_key_of(name))
    Organisation.objects.bulk_create([*leads, network], batch_size=200)
    response = Response.objects.create(network=network, name=name, valid_from=date(2026, 1, 1), published_at=NOW)
    ResponseArea.objects.create(response=response, area_id=PROVINCE)
    villages = list(Area.objects.filter(code__within=PROVINCE, level=4).values_list("code", flat=True))
    rows = []
    for _n in range(count):
        pk, what = uuid7(), dice.randrange(12)
        rows.append(
            ResponseActivity(
                id=pk, line=pk, response=response, lead=dice.choice(leads), cluster=dice.choice(Cluster.values),
                activity=f"Kegiatan {what}", same_as=f"kegiatan{what}", area_id=dice.choice(villages),
                status=dice.choice(["planned", "ongoing", "done"]), women=dice.randrange(50), men=dice.randrange(50),
                recorded_at=NOW - timedelta(days=dice.randrange(2, 60)),
                as_of=(NOW - timedelta(days=dice.randrange(60))).date(),
            )
        )  # fmt: skip
    ResponseActivity.objects.bulk_create(rows, batch_size=500)
    needs = []
    for _n in range(20):  # as many of both: what differs is the number of activities
        pk = uuid7()
        needs.append(
            ReportedNeed(
                id=pk, line=pk, response=response, area_id=dice.choice(villages), cluster=dice.choice(Cluster.values),
                what="Air bersih", reporter="Pemerintah desa", reported_on=NOW.date(), status="open",
                recorded_at=NOW - timedelta(days=2),
            )
        )  # fmt: skip
    ReportedNeed.objects.bulk_create(needs)
    begun = time.perf_counter()
    places = {(row.area_id, row.cluster) for row in rows}
    with transaction.atomic():
        refresh_cells(response, places)
    print(f"  {name}: {count:,} lines, cells of {len(places):,} places counted in {time.perf_counter() - begun:.1f} s")
    return response.pk


if __name__ == "__main__":
    main()
