"""The seat race: 300 people at once for 100 seats, beside a bare insert by the same clients in the same run.

    python benchmarks/seats.py [PEOPLE [SEATS [CLIENTS ...]]]      300 100 8 32, unless told otherwise
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/seats.py

Each client is a process of its own and registers its share of the people through the same service as the public form,
one after another, while all the others do. A bare insert is one row of two columns in a transaction of its own, by as
many clients as often. Fails where more or fewer seats were given than there are, where a number was given twice, where
somebody neither sits nor waits, or where a form sent a second time made a second registration.
"""

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")

from rivals import at_once, clients, dealt, obey, told

EVENT = "0197f1a0-0000-7000-8000-00000000a001"


@cache
def _event():
    from simpul.activities.models import Event

    return Event.objects.select_related("owner_organisation").get(pk=EVENT)


def register_one(receipt: str) -> None:
    from datetime import UTC, datetime

    from simpul.activities.details import Details
    from simpul.activities.services.registrations import register
    from simpul.kernel.actor import Anonymous

    details = Details(name=f"Peserta {receipt}", phone="08123456789", sex="P", age_band="25-39")
    register(Anonymous(), _event(), receipt=receipt, details=details, now=datetime(2026, 1, 5, 3, tzinfo=UTC))


def insert_bare(number: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (id, words) VALUES (%s, %s)", [number, f"Peserta {number}"])


ACTS = {"register": register_one, "insert": insert_bare}


def main(people: int, seats: int, crowds: list[int]) -> None:
    import django

    django.setup()
    from django.db import connection
    from scratch import database

    with database():
        for crowd in crowds:
            _race(people, seats, crowd, connection.vendor)


def _race(people: int, seats: int, crowd: int, engine: str) -> None:
    from django.db import connection

    from simpul.activities.models import Registration

    _prepare(seats)
    from simpul.activities.passes import new_receipt

    receipts = [new_receipt() for _ in range(people)]
    with clients(__file__, crowd) as found:
        took, seconds = at_once(found, "register", dealt(receipts, crowd))
        again, _seconds = at_once(found, "register", dealt(receipts[: people // 3], crowd))
        bare, each = at_once(found, "insert", dealt(range(people), crowd))
    rows = list(Registration.objects.filter(event=EVENT))
    given = sorted(row.seat for row in rows if row.seat is not None)
    if given != list(range(1, min(people, seats) + 1)) or len(rows) != people:
        sys.exit(f"{len(given)} seats given of {seats}, {len(rows)} registrations of {people} people")
    if {row.state.value for row in rows if row.seat is None} - {"waiting"}:
        sys.exit("somebody neither sits nor waits")
    print(f"{engine}, {crowd} clients, {people} people for {seats} seats: 0 oversold, {len(rows) - len(given)} wait")
    print(f"  registering:  {people / took:7.0f}/s, {told(seconds)}")
    print(f"  sent again:   {people // 3 / again:7.0f}/s, each the registration that is there")
    print(f"  bare insert:  {people / bare:7.0f}/s, {told(each)}")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_bare")
    _clear()


def _prepare(seats: int) -> None:
    from datetime import UTC, datetime
    from uuid import UUID

    from django.db import connection

    from simpul.activities.services.events import create_event
    from simpul.activities.services.life import publish_event
    from simpul.kernel.actor import System
    from simpul.kernel.localized import LocalizedText
    from simpul.organisations.services.registration import register_organisation

    maker, now = System("benchmark"), datetime(2026, 1, 1, tzinfo=UTC)
    host = register_organisation(maker, kind="OT.Y", name="Yayasan Contoh", now=now)
    event = create_event(
        maker,
        host,
        kind="EV.03",
        title=LocalizedText(id="Pelatihan contoh"),
        starts_at=datetime(2026, 2, 1, 1, tzinfo=UTC),
        ends_at=datetime(2026, 2, 1, 5, tzinfo=UTC),
        mode="online",
        visibility="public",
        capacity=seats,
        takes_registrations=True,
        asks=["sex", "age_band"],
        id=UUID(EVENT),
        now=now,
    )
    publish_event(maker, event, now=now)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id integer PRIMARY KEY, words text NOT NULL)")


def _clear() -> None:
    from simpul.activities.models import Event, Participant

    Participant.objects.filter(event=EVENT).delete()
    Event.objects.filter(pk=EVENT).delete()


if __name__ == "__main__":
    if "--client" in sys.argv:
        obey(ACTS)
    else:
        sizes = [int(word) for word in sys.argv[1:]]
        with tempfile.TemporaryDirectory() as folder:
            os.environ["SIMPUL_DATA"] = folder
            main(*(sizes[:2] if len(sizes) > 1 else [sizes[0] if sizes else 300, 100]), sizes[2:] or [8, 32])
