"""A year of releases of confidential counts: processor seconds and memory for each month, quarter and year's end.

    python benchmarks/releases.py               SQLite, 40 regencies told down to the village, 4,000 people
    python benchmarks/releases.py 500 60000     other sizes: regencies, people counted in the year

Every month is closed, proposed, worked out, agreed to by two and published, through the services, in this process; the
whole ledger is verified at the end. Asserted by the exit status: every month is published and the ledger is proved.
The first month also compiles, where that was not done before.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")

import django

django.setup()

import numpy as np
from django.db import connection, transaction
from scratch import database

from simpul.cases.kinds import CASE_TYPES, branch_of, family_of, form_of
from simpul.cases.models import CountedType, CountedVictim
from simpul.cases.models.counted import Counting
from simpul.kernel.actor import Member, Reach, ResolvedGrant, System
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from simpul.organisations.services.registration import register_organisation
from simpul.records.batches import insert_all
from simpul.releases.models import Book, PublishedCell, Release
from simpul.releases.months import closing
from simpul.releases.services.proposing import compute_proposal, propose_release
from simpul.releases.services.publishing import approve_release
from simpul.releases.verifying import verify_books
from simpul.territory.models import Area
from simpul.territory.services.loading import load_territory

SYSTEM = System("benchmark")
BEGIN = datetime(2025, 1, 1, 3, tzinfo=UTC)
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))


def filled(regencies: int, people: int) -> Organisation:
    """The country, a group's seat in that many regencies, and people counted over the year; the node's host."""
    load_territory(SYSTEM, now=BEGIN)
    host = register_organisation(SYSTEM, name="Jaringan", kind=OrganisationKind.NETWORK, now=BEGIN)
    open_node(SYSTEM, host=host, preset=Preset.NETWORK, now=BEGIN)
    chance = np.random.default_rng(1)
    codes = list(Area.objects.filter(level=2).order_by("code").values_list("code", flat=True))
    chosen = sorted(chance.choice(codes, size=min(regencies, len(codes)), replace=False).tolist())
    for code in chosen:
        village = Area.objects.filter(level=4, code__within=code).order_by("code").first()
        kind = OrganisationKind.VILLAGE_GROUP
        register_organisation(SYSTEM, name=f"KK {code}", kind=kind, seat=village, now=BEGIN)
    plant(host, chosen, people, chance)
    return host


def plant(host: Organisation, regencies: list[str], people: int, chance: np.random.Generator) -> None:
    """Long-tailed regencies, villages and types."""
    size = chance.lognormal(0, 1.2, len(regencies))
    below = Area.objects.filter(level=4).order_by("code")
    villages = {code: list(below.filter(code__within=code).values_list("code", flat=True)) for code in regencies}
    types = sorted(CASE_TYPES)
    weight = chance.lognormal(0, 1.2, len(types))
    where = chance.choice(len(regencies), people, p=size / size.sum())
    what = chance.choice(len(types), people, p=weight / weight.sum())
    rows, kinds = [], []
    for place, kind in zip(where.tolist(), what.tolist(), strict=True):
        own = villages[regencies[place]]
        at = BEGIN + timedelta(minutes=int(chance.integers(0, 360 * 24 * 60)))
        code = types[kind]
        row = CountedVictim(
            victim_key=uuid4(), case_key=uuid4(), owner_organisation=host, counting=Counting.UNASKED,
            area_id=own[int(len(own) * chance.beta(0.6, 3))], branch=branch_of([code]), received_on=at.date(),
            stage="received", stage_since=at.date(), sex=str(chance.choice(["P", "L"], p=[0.78, 0.22])),
            age_band=str(chance.choice(["12-17", "25-59"])), disability="", recorded_at=at,
        )  # fmt: skip
        rows.append(row)
        kinds.append(CountedType(counted=row, family=family_of(code), form=form_of(code), code=code))
    with transaction.atomic():
        insert_all(rows)
        insert_all(kinds)


def officer(host: Organisation) -> Member:
    """One of the two; each is another person."""
    held = dict.fromkeys(("release.propose", "release.approve"), Reach.OWN)
    grant = ResolvedGrant("monitoring_officer", host.pk, None, held)
    return Member(uuid4(), uuid4(), (grant,), second_factor=True)


def released(month: str, one: Member, other: Member) -> tuple[list[Release], float, float]:
    """What came out, processor seconds to work it out, and to publish it."""
    now = closing(month) + timedelta(days=1)
    begun = time.process_time()
    proposal = compute_proposal(SYSTEM, propose_release(one, now=now), now=now)
    decided = time.process_time()
    if not proposal.digest:
        sys.exit(f"{month} was refused: {proposal.refusal}")
    approve_release(one, proposal, digest=proposal.digest, reason="Benchmark", now=now)
    made = approve_release(other, proposal, digest=proposal.digest, reason="Benchmark", now=now)
    return made, decided - begun, time.process_time() - decided


def peak() -> float:
    """Megabytes that this process has held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    regencies, people = (int(argument) for argument in (sys.argv[1:] + ["40", "4000"][len(sys.argv) - 1 :]))
    with database():
        measured(regencies, people)


def measured(regencies: int, people: int) -> None:
    host = filled(regencies, people)
    one, other = officer(host), officer(host)
    print(
        f"{'month':8} {'releases':>8} {'declared':>9} {'published':>9} {'tables':>6} {'decide s':>9} {'publish s':>9}"
        f" {'peak MB':>8}"
    )
    for month in MONTHS:
        made, decide, publish = released(month, one, other)
        declared, out, tables = (sum(getattr(r, name) for r in made) for name in ("declared", "published", "tables"))
        print(f"{month:8} {len(made):8} {declared:9} {out:9} {tables:6} {decide:9.1f} {publish:9.1f} {peak():8.0f}")
    begun = time.perf_counter()
    (book,) = verify_books()
    if book.wrong:
        sys.exit(f"not proved: {book.wrong}")
    print(f"{len(Book.objects.get().places)} finest places, {PublishedCell.objects.count()} published cells")
    print(f"proved in {time.perf_counter() - begun:.1f} s: {book.protected} protected, {book.tables} tables")
    size = Path(connection.settings_dict["NAME"]).stat().st_size / 2**20
    print(f"database {size:.0f} MB, memory at most {peak():.0f} MB")


if __name__ == "__main__":
    main()
