import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Denied
from simpul.territory import packaged
from simpul.territory.models import Area, FormerName
from simpul.territory.packaged import Damaged, Listing
from simpul.territory.queries import children, search_areas
from simpul.territory.services import load_listing, load_territory
from tests.factories.territory import listing, subset
from tests.marks import audits, denies
from tests.territory.conftest import NOW

LOADER = System("tests")


def small() -> Listing:
    return replace(listing(), rows=subset("52.03.05.2008", "52.03.05.2006", "52.71"))


def newer(old: Listing, *rows: packaged.AreaRow) -> Listing:
    return Listing(replace(old.release, digest="f" * 64, as_of=date(2027, 3, 1)), rows)


@denies(load_territory, load_listing)
@pytest.mark.django_db
def test_load_territory_by_the_public_is_denied() -> None:
    with pytest.raises(Denied):
        load_territory(Anonymous(), now=NOW)
    with pytest.raises(Denied):
        load_listing(Anonymous(), small(), now=NOW)
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_load_listing_tells_its_progress_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    load_listing(LOADER, small(), now=NOW, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 6), (6, 6)]


@pytest.mark.django_db
def test_load_listing_of_a_newer_release_closes_opens_and_keeps_former_names() -> None:
    old = small()
    load_listing(LOADER, old, now=NOW)
    by_code = {row.code: row for row in old.rows}
    gone = by_code.pop("52.03.05.2006")
    renamed = by_code["52.03.05"]
    by_code["52.03.05"] = replace(renamed, name="Masbagik Raya", folded="masbagikraya")
    by_code["52.71"] = replace(by_code["52.71"], male_population=1)
    split = replace(gone, code="52.03.05.2011", name="Danger Baru", folded="dangerbaru")
    load_listing(LOADER, newer(old, *by_code.values(), split), now=NOW + timedelta(days=200))

    day = date(2027, 3, 1)
    assert Area.objects.get(code="52.03.05.2006").valid_until == day
    assert Area.objects.get(code="52.03.05.2011").valid_from == day
    assert Area.objects.get(code="52.03.05.2008").valid_from is None
    assert [(f.name, f.until) for f in FormerName.objects.filter(area_id="52.03.05")] == [("Masbagik", day)]
    assert Area.objects.get(code="52.71").male_population == 1
    assert not FormerName.objects.filter(area_id="52.71").exists()
    assert [a.code for a in children("52.03.05")] == ["52.03.05.2008", "52.03.05.2011"]
    assert [a.code for a in children("52.03.05", on=date(2027, 2, 28))] == ["52.03.05.2006", "52.03.05.2008"]
    assert "52.03.05" in {a.code for a in search_areas("masbagik")}


@pytest.mark.django_db
def test_load_listing_of_an_ended_code_opens_it_again() -> None:
    old = small()
    load_listing(LOADER, old, now=NOW)
    load_listing(LOADER, newer(old, *old.rows[:-1]), now=NOW)
    assert Area.objects.get(code=old.rows[-1].code).valid_until is not None
    back = replace(old, release=replace(old.release, digest="e" * 64))
    load_listing(LOADER, back, now=NOW)
    assert Area.objects.get(code=old.rows[-1].code).valid_until is None


def test_rows_of_a_damaged_package_are_refused() -> None:
    with pytest.raises(Damaged):
        packaged.rows(replace(packaged.release(), digest="0" * 64))


@audits(load_territory, load_listing)
@pytest.mark.django_db
def test_load_listing_leaves_its_act() -> None:
    release = load_listing(LOADER, small(), now=NOW)
    act = Act.objects.get()
    assert (act.act, act.ref_id) == ("territory.load_territory", release.pk)
    assert act.details["added"] == 6


SETUP = """
import os, signal, django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import connection
from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.territory.models import Area, TerritoryRelease
from simpul.territory.services import load_territory
connection.settings_dict["NAME"] = os.environ.get("TEST_DATABASE") or connection.settings_dict["NAME"]
def die(done, total):
    if done >= total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
def load(progress):
    load_territory(System("tests"), now=datetime(2026, 11, 21, tzinfo=UTC), progress=progress)
"""
KILLED = SETUP + 'call_command("migrate", verbosity=0); load(die)'
LEFT = SETUP + "print(Area.objects.count(), TerritoryRelease.objects.count())"
AGAIN = SETUP + "load(lambda done, total: None)" + LEFT.removeprefix(SETUP).join("\n\n")


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_load_territory_killed_half_way_leaves_nothing_and_runs_again(tmp_path: Path) -> None:
    def run(script: str) -> subprocess.CompletedProcess[bytes]:
        # The tests' own database on PostgreSQL; on SQLite that lives in memory, so a file of its own.
        name = str(connection.settings_dict["NAME"]) if connection.vendor == "postgresql" else ""
        environment = os.environ | {"SIMPUL_DATA": str(tmp_path), "TEST_DATABASE": name}
        return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)

    killed = run(KILLED)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert run(LEFT).stdout == b"0 0\n"
    again = run(AGAIN)
    assert again.stdout == b"91599 1\n", again.stderr.decode()
