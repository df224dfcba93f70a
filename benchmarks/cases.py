"""The case desk at 10,000, 100,000 and 1,000,000 cases: p50 and p95 in milliseconds, queries, bytes.

    python benchmarks/cases.py                  SQLite, in files of its own
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/cases.py
    python benchmarks/cases.py 10000 100000     other sizes

Claims, each asserted by the exit status: p95 at the largest size is at most twice that at the smallest; a page that is
read asks at most 12 queries, sign-in counted. Everything goes through the whole program, middleware included, in this
process, signed in as somebody who may: what a network adds is not in it. A write is one post: the form that is saved.
The board of what is overdue, due
today and soon is the queue by its shelves. What the cases are like: `caseload.py`.
"""

import html
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")

import django
from django.conf import settings

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Path(settings.STATIC_ROOT).mkdir(parents=True)
django.setup()

from caseload import Caseload, account_of
from comparing import Question, Taken, compare
from django.test import Client
from django.utils import timezone
from nation import Sides, machine, sized

from simpul.access.queries import actor_for
from simpul.cases.complaint_drafting import keep_answers
from simpul.cases.complaint_receipts import new_key
from simpul.cases.models import Case
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.rules.sight import visible_to
from simpul.cases.services.complaints import submit_complaint
from simpul.kernel.actor import Anonymous
from simpul.kernel.ids import uuid7
from simpul.web.cases.complaint.cookies import DRAFT
from simpul.web.http import SECOND_FACTOR

ROUNDS = 60
RATIO, QUERIES = 2.0, 12
READERS = ("coordinator", "companion", "several", "crisis", "small", "supervisor")
WRITES = {"save a service", "public: a step", "public: send", "public: write with a receipt"}


def browser(name: str) -> Client:
    """Of somebody who is signed in and showed a second factor."""
    made = Client()
    made.force_login(account_of(name))
    session = made.session
    session[SECOND_FACTOR] = True
    session.save()
    return made


def got(client: Client, address: str) -> Callable[[], object]:
    return lambda: answered(client.get(address), 200)


def answered(response: Any, *expected: int) -> Any:
    if response.status_code not in expected:
        sys.exit(f"answered {response.status_code}: {response.content[:500]!r}")
    return response


def questions(load: Caseload) -> dict[str, Question]:
    browsers = {name: browser(name) for name in READERS}
    return {**queues(load, browsers), **desk(load, browsers), **public(load)}


def queues(load: Caseload, browsers: Mapping[str, Client]) -> dict[str, Question]:
    """Of the coordinator of the large group and its companion; of who helps in three groups, in the crisis centre, in
    a village group; and of the supervisor.
    """
    found: dict[str, Question] = {}

    def ask(name: str, who: str, query: str, villages: Sequence[str] = ()) -> None:
        def ready(dice: random.Random) -> Callable[[], object]:
            village = f"&desa={dice.choice(villages)}" if villages else ""
            return got(browsers[who], f"/kasus/?{query}{village}")

        found[f"queue, {name}: {who}"] = ready

    for who in READERS:
        ask("all open", who, "rak=semua")
        ask("overdue", who, "rak=terlambat")
    for who in ("coordinator", "companion", "several", "crisis"):
        villages = load.crisis.villages if who == "crisis" else load.large.villages
        ask("a village", who, "rak=semua", villages)
        ask("a village, overdue", who, "rak=terlambat", villages)
        ask("one's own", who, "rak=semua&milik=saya")
        ask("ended", who, "rak=selesai")
    ask("a village, ended", "coordinator", "rak=selesai", load.large.villages)
    found["queue, its second page: companion"] = lambda _: got(browsers["companion"], second(browsers["companion"]))
    return found


def second(client: Client) -> str:
    """The address the first page leads on to."""
    page = answered(client.get("/kasus/?rak=terlambat"), 200).content.decode()
    onward = re.findall(r'href="([^"]*setelah=[^"]*)"', page)[0]
    return f"/kasus/{html.unescape(onward)}"


def desk(load: Caseload, browsers: Mapping[str, Client]) -> dict[str, Question]:
    coordinator = browsers["coordinator"]
    actor = actor_for(account_of("coordinator").pk, now=timezone.now(), second_factor=True)
    seen = Case.objects.filter(visible_to(actor, now=timezone.now()))
    rich = list(seen.filter(pk__in=load.rich).values_list("pk", flat=True).order_by("pk"))
    known = list(seen.filter(pk__in=load.known).values_list("pk", flat=True).order_by("pk"))

    def save(dice: random.Random) -> Callable[[], object]:
        told = {"key": uuid7(), "kind": "SV.24", "provided_on": timezone.localdate() - timedelta(days=1)}
        address = f"/kasus/{dice.choice(rich)}/layanan/"
        return lambda: answered(coordinator.post(address, {**told, "result": "done"}), 302)

    return {
        "case page, 30 services": lambda d: got(coordinator, f"/kasus/{d.choice(rich)}/"),
        "case page, people": lambda d: got(coordinator, f"/kasus/{d.choice(rich)}/orang/"),
        "same person by NIK and name": lambda d: got(coordinator, f"/kasus/{d.choice(known)}/mirip/"),
        "complaints that wait": lambda _: got(coordinator, "/pengaduan/"),
        "save a service": save,
    }


def public(load: Caseload) -> dict[str, Question]:
    receipts = [sent(load) for _ in range(10)]

    def drafted() -> Client:
        made, key = Client(), new_key()
        keep_answers(key, said(load), now=timezone.now())
        made.cookies[DRAFT] = key
        return made

    def send(_: random.Random) -> Callable[[], object]:
        client = drafted()
        return lambda: answered(client.post("/adu/kirim/"), 200)

    def step(_: random.Random) -> Callable[[], object]:
        client, told = drafted(), {"reported_by": "anonymous"}
        return lambda: answered(client.post("/adu/1/", told), 302)

    def track(dice: random.Random) -> Callable[[], object]:
        client, receipt = Client(), dice.choice(receipts)
        return lambda: answered(client.post("/resi/", {"receipt": receipt}), 200)

    def write(dice: random.Random) -> Callable[[], object]:
        client = Client()
        told = {"receipt": dice.choice(receipts), "langkah": "tulis", "id": uuid7(), "words": "Masih menunggu."}
        return lambda: answered(client.post("/resi/", told), 200)

    return {
        "public: a step": step,
        "public: send": send,
        "public: track": track,
        "public: write with a receipt": write,
    }


def said(load: Caseload) -> dict[str, Any]:
    village = load.dice.choice(load.large.villages)
    return {"area": village, "matter": "AD", "about": "nobody", "narrative": "KTP belum jadi."}


def sent(load: Caseload) -> str:
    """The sixteen digits of a complaint made now."""
    key, now = new_key(), timezone.now()
    keep_answers(key, said(load), now=now)
    submit_complaint(Anonymous(), key=key, now=now)
    return receipt_of_sent(key, now=now)[1]


def judge(taken: Mapping[str, Mapping[int, Taken]]) -> list[str]:
    over = []
    for name, sizes in taken.items():
        ratio = sizes[max(sizes)].p(95) / sizes[min(sizes)].p(95)
        if ratio > RATIO:
            over.append(f"{name}: p95 at {max(sizes):,} is {ratio:.1f} times that at {min(sizes):,}")
        queries = max(one.queries for one in sizes.values())
        if queries > QUERIES and name not in WRITES:
            over.append(f"{name}: {queries} queries; {QUERIES} are allowed")
    return over


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [10_000, 100_000, 1_000_000]
    load = Caseload()
    print(f"{machine()}; {ROUNDS} rounds")
    try:
        with sized(sizes, load, what="cases") as sides:
            over = measured(sides, load)
            print(f"load average at the end {os.getloadavg()[0]:.1f}")
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)
    print("\nEverything is within its budgets." if not over else "\nOver budget:\n  " + "\n  ".join(over))
    sys.exit(1 if over else 0)


def measured(sides: Sides, load: Caseload) -> list[str]:
    return judge(compare(sides, lambda: questions(load), rounds=ROUNDS, what="cases"))


if __name__ == "__main__":
    main()
