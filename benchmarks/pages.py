"""The pages of the network at 1,000, 10,000 and 100,000 organisations: p50 and p95 in milliseconds, queries, bytes.

    python benchmarks/pages.py                  SQLite, in files of its own
    SIMPUL_DATABASE_URL=postgresql://... python benchmarks/pages.py
    python benchmarks/pages.py 1000 100000      other sizes

Claims, each asserted by the exit status: p95 at the largest size is at most twice that at the smallest; at most 12
queries a page, those of sign-in and grants counted; at most 60 kB compressed for the public, 100 kB for who is signed
in, 300 kB with a map: the page and all it loads by its own links.

Every page goes through the whole program, middleware included, in this process; what a network adds is not in it. It
is asked of each size in turn, with other words, places and organisations every time, so that whatever else the machine
does falls on all sizes alike. What the script itself holds, a list of all areas, is kept from the garbage collector: no
server carries it through its collections. Who is signed in is the secretariat of the network whose pages are asked for.
"""

import gzip
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

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

from django.contrib.staticfiles import finders
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from nation import FIRST, KINDS, SECOND, Nation, Sides, machine, sized

from simpul.access.services import grant_role
from simpul.accounts.models import User
from simpul.accounts.services import create_user
from simpul.kernel.actor import System
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector
from simpul.people.services import link_user, register_person
from simpul.web.http import SECOND_FACTOR

ROUNDS = 100
RATIO, QUERIES = 2.0, 12
READING, WORK, MAP = 60_000, 100_000, 300_000
SYSTEM = System("benchmark")
Address = Callable[[random.Random], str]


@dataclass(slots=True)
class Taken:
    """What a page took at one size."""

    times: list[float] = field(default_factory=list)
    queries: int = 0
    page: int = 0  # bytes as written
    packed: int = 0  # bytes as sent
    loaded: int = 0  # bytes as sent, with everything the page loads
    has_map: bool = False

    @property
    def median(self) -> float:
        return quantiles(self.times, n=20)[9]

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[18]


def addresses(nation: Nation, known: list[str]) -> dict[str, Address]:
    """`known` are organisations that are in the smallest database, and so in all."""
    regencies = sorted({p.code[:5] for p in nation.places})
    network = reverse("organisations:members", args=[nation.networks[0]])

    def directory(**asked: str) -> str:
        return f"{reverse('organisations:directory')}?{urlencode(asked)}"

    return {
        "directory": lambda _: directory(),
        "directory, a common word": lambda d: directory(q=d.choice(["yayasan", "kelompok", "perk"])),
        "directory, a rare word": lambda d: directory(q=d.choice(nation.places).name),
        "directory, two words": lambda d: directory(q=f"{d.choice(SECOND)} {d.choice(FIRST)}"),
        "directory, a regency": lambda d: directory(wilayah=d.choice(regencies)),
        "directory, province and issue": lambda d: directory(
            wilayah=d.choice(regencies)[:2], isu=d.choice(Sector.values)
        ),
        "directory, word, province, kind": lambda d: directory(
            q=d.choice(FIRST), wilayah=d.choice(regencies)[:2], jenis=d.choice(list(KINDS))
        ),
        "directory, map of a province": lambda d: directory(wilayah=d.choice(regencies)[:2], tampilan="peta"),
        "organisation": lambda d: reverse("organisations:profile", args=[d.choice(known)]),
        "network, 580 members in 3 levels": lambda _: f"{network}?tingkat=3",
        "network, on a past day": lambda d: f"{network}?tingkat=3&pada={d.randint(2020, 2024)}-06-30",
    }


def sign_up(nation: Nation) -> None:
    """The secretariat of the first network."""
    now = timezone.now()
    network = Organisation.objects.get(pk=nation.networks[0])
    user = create_user(SYSTEM, now=now)
    person = register_person(SYSTEM, organisation=network, role="staff", name="Dewi", now=now)
    link_user(SYSTEM, person, user, now=now)
    grant_role(SYSTEM, person, role="secretariat", organisation=network, reason="benchmark", now=now)


def browsers() -> dict[str, Client]:
    """For the database at hand: somebody of the public, and the secretariat."""
    signed_in = Client()
    signed_in.force_login(User.objects.get())
    session = signed_in.session
    session[SECOND_FACTOR] = True
    session.save()
    return {"public": Client(), "secretariat": signed_in}


def ask(browser: Client, address: str, taken: Taken, *, timed: bool) -> None:
    if timed:
        start = time.perf_counter()
        answer = browser.get(address, headers={"accept-encoding": "gzip"})
        taken.times.append((time.perf_counter() - start) * 1000)
    else:
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(address, headers={"accept-encoding": "gzip"})
        taken.queries = max(taken.queries, len(captured))
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    html = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else answer.content
    if len(html) > taken.page:
        names = set(re.findall(r'(?:href|src)="/static/([^"#?]+)', html.decode())) | {"icons.svg"}
        taken.page, taken.packed = len(html), len(answer.content)
        taken.loaded = taken.packed + sum(map(asset, names))
        taken.has_map = any("leaflet" in name for name in names)


@cache
def asset(name: str) -> int:
    """Bytes as sent; fonts are compressed already."""
    content = Path(str(finders.find(name))).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))


def compare(sides: Sides, nation: Nation) -> list[str]:
    """Prints a row a page, reader and size; what is over its budget, in words."""
    smallest, largest = min(sides), max(sides)
    connections["default"] = sides[smallest]
    known = [str(pk) for pk in Organisation.objects.order_by("pk").values_list("pk", flat=True)[:500]]
    readers = {}
    for size, side in sides.items():
        connections["default"] = side
        readers[size] = browsers()
    print(f"\n{'page':34}{'reader':13}{'organisations':>14}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}", end="")
    print(f"{'bytes':>9}{'gzip':>8}{'with all':>9}{'p95 ratio':>11}")
    over: list[str] = []
    for name, address in addresses(nation, known).items():
        for reader in ("public", "secretariat"):
            found = measure(sides, {size: readers[size][reader] for size in sides}, address)
            first = found[smallest].p95
            for size, taken in found.items():
                print(f"{name:34}{reader:13}{size:14,}{taken.median:8.0f}{taken.p95:8.0f}{taken.queries:9}", end="")
                print(f"{taken.page:9,}{taken.packed:8,}{taken.loaded:9,}{taken.p95 / first:11.2f}", flush=True)
            over += judge(f"{name} ({reader})", found, found[largest].p95 / first, reader)
    return over


def measure(sides: Sides, readers: dict[int, Client], address: Address) -> dict[int, Taken]:
    dice = {size: random.Random(7) for size in sides}
    found = {size: Taken() for size in sides}
    for turn in range(ROUNDS + 3):
        for size, side in sides.items():
            connections["default"] = side
            # The first turns count queries, and warm what a running server has warm.
            ask(readers[size], address(dice[size]), found[size], timed=turn > 2)
    return found


def judge(name: str, found: dict[int, Taken], ratio: float, reader: str) -> list[str]:
    over = []
    if ratio > RATIO:
        over.append(
            f"{name}: p95 at {max(found):,} is {ratio:.1f} times that at {min(found):,}; {RATIO:.0f} are allowed"
        )
    queries = max(taken.queries for taken in found.values())
    if queries > QUERIES:
        over.append(f"{name}: {queries} queries; {QUERIES} are allowed")
    heaviest = max(found.values(), key=lambda taken: taken.loaded)
    allowed = MAP if heaviest.has_map else WORK if reader == "secretariat" else READING
    if heaviest.loaded > allowed:
        over.append(f"{name}: {heaviest.loaded:,} bytes with all it loads; {allowed:,} are allowed")
    return over


def main() -> None:
    sizes = sorted(int(a) for a in sys.argv[1:]) or [1_000, 10_000, 100_000]
    nation = Nation()
    print(f"{machine()}; {len(nation.rows):,} areas, {ROUNDS} rounds")
    try:
        with sized(sizes, nation, prepare=sign_up) as sides:
            over = compare(sides, nation)
    finally:
        shutil.rmtree(os.environ["SIMPUL_DATA"], ignore_errors=True)
    print("\nEvery page is within its budgets." if not over else "\nOver budget:\n  " + "\n  ".join(over))
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
