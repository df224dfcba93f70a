"""The public calendar with 10,000 events, and the page of one of them: p95, queries, and bytes as they are sent.

    python benchmarks/calendar_pages.py [EVENTS [REQUESTS]]        10,000 and 100, unless told otherwise
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/calendar_pages.py

A month, the list, one regency, one series, and an event, as the public gets them through Django's test client, another
month, place and event each time. Events are spread over three years and 200 hosts, a third of them in one series; rows
are written straight into their tables. Fails where a page asks more than 12 questions of the database, or is larger
than 80 kB compressed.
"""

import gzip
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")

HOSTS, QUERIES, BYTES = 200, 12, 80_000
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
DICE = random.Random(23)


def main(events: int, requests: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from scratch import database

    with database():
        made = _filled(events)
        print(f"{connection.vendor}, {events:,} events of {HOSTS} hosts, {requests} requests each")
        failed = [name for name, address in _pages(made) if not _measured(name, address, requests)]
    if failed:
        sys.exit(f"too many questions, or too large: {', '.join(failed)}")


def _filled(events: int) -> dict[str, list[Any]]:
    from simpul.activities.models import Event, Session
    from simpul.activities.services.series import create_series
    from simpul.kernel.actor import System
    from simpul.kernel.localized import LocalizedText
    from simpul.kernel.time import Zone, local_date
    from simpul.organisations.services.registration import register_organisation
    from simpul.territory.models import Area
    from simpul.territory.services.loading import load_territory

    maker, began = System("benchmark"), NOW - timedelta(days=900)
    load_territory(maker, now=began)
    places = [area.code for area in Area.objects.filter(code__startswith="52.03.").exclude(parent=None)[:200]]
    hosts = [register_organisation(maker, kind="OT.Y", name=f"Yayasan {n}", now=began) for n in range(HOSTS)]
    series = create_series(
        maker, hosts[0], title=LocalizedText(id="Semidaring contoh"), kind="EV.05", visibility="public",
        rhythm="weekly", starts_on=began.date(), now=began,
    )  # fmt: skip
    rows = []
    for number in range(events):
        start = began + timedelta(hours=DICE.randrange(1100 * 24))
        day = local_date(start, Zone.WITA)
        row = Event(
            owner_organisation=DICE.choice(hosts), kind="EV.05", title=LocalizedText(id=f"Kegiatan contoh {number}"),
            mode="place", venue="Balai desa", area_id=DICE.choice(places), zone=Zone.WITA, starts_at=start,
            ends_at=start + timedelta(hours=2), starts_on=day, visibility="public", published_at=began,
            ends_on=local_date(start + timedelta(hours=2), Zone.WITA), created_at=began, changed_at=began,
        )  # fmt: skip
        if number % 3 == 0:
            row.series, row.number = series, number // 3 + 1
        rows.append(row)
    Event.objects.bulk_create(rows, batch_size=500)
    sessions = [Session(event=row, starts_at=row.starts_at, ends_at=row.ends_at) for row in rows]
    Session.objects.bulk_create(sessions, batch_size=500)
    return {"events": [row.pk for row in rows], "places": places, "series": [series.pk]}


def _pages(made: dict[str, list[Any]]) -> list[tuple[str, Callable[[], str]]]:
    def month() -> str:
        day = NOW + timedelta(days=DICE.randrange(-600, 150))
        return f"/kegiatan/?bulan={day:%Y-%m}"

    return [
        ("a month", month),
        ("the list", lambda: "/kegiatan/?tampilan=daftar"),
        ("one place", lambda: f"{month()}&wilayah={DICE.choice(made['places'])}"),
        ("one series", lambda: f"/kegiatan/seri/{made['series'][0]}/"),
        ("an event", lambda: f"/kegiatan/{DICE.choice(made['events'])}/"),
    ]


def _measured(name: str, address: Callable[[], str], requests: int) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times, asked, size = Client(SERVER_NAME="localhost"), [], 0, 0
    for turn in range(requests + 1):
        where = address()
        with CaptureQueriesContext(connection) as counted:
            begun = time.perf_counter()
            answer = client.get(where)
            took = time.perf_counter() - begun
        assert answer.status_code == 200, (where, answer.status_code)
        asked, size = max(asked, len(counted)), max(size, len(gzip.compress(answer.content)))
        times += [took] if turn else []
    p95 = quantiles(times, n=20)[18]
    told = f"median {median(times) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
    print(f"  {name:12} {told}, at most {asked} queries, {size / 1000:.0f} kB compressed")
    return asked <= QUERIES and size <= BYTES


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIMPUL_DATA"] = folder
        main(*([*sizes, 100][:2] if sizes else [10_000, 100]))
