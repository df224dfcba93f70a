"""5,000 check-ins at four doors, a fifth of them of somebody who is in already: each is noted once.

    python benchmarks/checkins.py [CHECK_INS [DOORS]]             5,000 and 4, unless told otherwise
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/checkins.py

Each door is a process of its own and notes, one after another, the passes it is shown, through the same service as the
scanner's page. A fifth of the passes are shown a second time, at whichever door comes next. Fails where anybody was
noted twice or not at all. A bare insert by the same processes, as in benchmarks/seats.py, stands beside it.
"""

import os
import random
import sys
import tempfile
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")

import seats
from rivals import at_once, clients, dealt, obey, told


@cache
def _session():
    from simpul.activities.models import Session

    return Session.objects.select_related("event__owner_organisation").get(event=seats.EVENT)


def note(shown: str) -> None:
    from datetime import UTC, datetime

    from simpul.activities.services.attendance import check_in
    from simpul.kernel.actor import System

    check_in(System("benchmark"), _session(), shown=shown, now=datetime(2026, 2, 1, 1, tzinfo=UTC))


ACTS = {"note": note, "insert": seats.insert_bare, "register": seats.register_one}


def main(number: int, doors: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from scratch import database

    from simpul.activities.models import Attendance
    from simpul.activities.passes import new_receipt, pass_of

    people = number - number // 5
    with database():
        seats._prepare(people)
        receipts = [new_receipt() for _ in range(people)]
        shown = [pass_of(receipt) for receipt in receipts]
        shown += shown[: number - people]
        random.Random(5).shuffle(shown)
        with clients(__file__, doors) as found:
            at_once(found, "register", dealt(receipts, doors))
            took, seconds = at_once(found, "note", dealt(shown, doors))
            bare, each = at_once(found, "insert", dealt(range(number), doors))
        noted = Attendance.objects.filter(undone_at=None)
        if (noted.count(), noted.values("participant").distinct().count()) != (people, people):
            sys.exit(f"{noted.count()} noted of {people} people")
        print(f"{connection.vendor}, {doors} doors, {number} passes shown: {people} people, each noted once")
        print(f"  noting:       {number / took:7.0f}/s, {told(seconds)}")
        print(f"  bare insert:  {number / bare:7.0f}/s, {told(each)}")


if __name__ == "__main__":
    if "--client" in sys.argv:
        obey(ACTS)
    else:
        sizes = [int(word) for word in sys.argv[1:]]
        with tempfile.TemporaryDirectory() as folder:
            os.environ["SIMPUL_DATA"] = folder
            main(*([*sizes, 4][:2] if sizes else [5_000, 4]))
