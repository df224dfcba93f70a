"""A backup comes back as it was, on either engine, whole or not at all, and never over what is there."""

import gzip
import io
import json
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from simpul.config.backup.archive import Manifest
from tests.architecture.source import ROOT
from tests.config.backup.places import FILL, READ, Place, backup_in
from tests.config.command_line import environment

pytestmark = pytest.mark.process

WHOLE = {
    "persons": [["Ani", 1970], ["Inaq Séma ✓", 1970]],
    "contacts": [True, True],
    "acts": [{"n": 1, "fields": ["name"]}] * 2,
    "files": {"ab/one.bin": 1_280_000},
    "journal": 0,
}


def held(where: Place) -> dict[str, object]:
    found: dict[str, object] = json.loads(where.ran(READ))
    assert found.pop("engine") == where.engine
    return found


def test_what_was_backed_up_comes_back_on_either_engine(taken: Path, empty: Place, tmp_path: Path) -> None:
    said = empty.done("restore", str(taken))
    assert "digest equal" in said
    assert "The record of acts is whole." in said
    assert held(empty) == WHOLE
    # Taken again from there, every table but the record of acts has the digest it had where it came from.
    empty.done("backup", str(tmp_path / "again"))
    with tarfile.open(taken) as one, tarfile.open(backup_in(tmp_path / "again")) as other:
        first, second = (json.load(tar.extractfile("manifest.json") or io.BytesIO()) for tar in (one, other))
    changed = {name for name, found in first["tables"].items() if second["tables"][name] != found}
    assert changed == {"audit_act", "audit_batch"}
    assert (first["files"], first["tables"]["people_person"][0]) == (second["files"], 2)


def test_new_rows_get_numbers_above_the_restored_ones(taken: Path, empty: Place) -> None:
    empty.done("restore", str(taken))
    script = """
import django
django.setup()
from simpul.audit.models import Act
from simpul.audit.services import record
from simpul.kernel.actor import System
last = Act.objects.order_by("-id")[0].pk
record(System("tests"), "tests.write_row", None)
assert Act.objects.order_by("-id")[0].pk == last + 1
"""
    empty.ran(script)


def test_a_restore_writes_over_nothing(taken: Path, filled: Place, empty: Place) -> None:
    refused = filled.simpul("restore", str(taken))
    assert refused.returncode == 5
    assert "Nothing was touched." in refused.stderr
    assert "Restore into a new folder: SIMPUL_DATA=" in refused.stderr
    assert held(filled)["persons"] == WHOLE["persons"]
    empty.shape()
    assert empty.simpul("restore", str(taken)).returncode == 5


def test_what_was_erased_since_does_not_come_back(taken: Path, empty: Place, tmp_path: Path) -> None:
    erase = """
import django
django.setup()
from django.db import transaction
from simpul.audit.services import note_erasures
from simpul.people.models import ContactPoint
with transaction.atomic():
    point = ContactPoint.objects.get(person__name="Ani")
    note_erasures(point.ref)
    point.delete()
"""
    empty.done("restore", str(taken))
    empty.ran(erase)
    journal = empty.data / "erasures.jsonl"
    assert "ContactPoint".lower() in journal.read_text()
    assert "Ani" not in journal.read_text()
    empty.done("backup", str(tmp_path / "later"))
    for number, erasures in enumerate([journal, backup_in(tmp_path / "later")]):
        where = Place("sqlite", tmp_path / f"new{number}")
        said = where.done("restore", str(taken), "--erasures", str(erasures))
        assert "Erasures on record: 1; erased again now: 1." in said
        assert held(where) == {**WHOLE, "contacts": [True], "journal": 1}
    # The later backup knows by itself.
    where = Place("sqlite", tmp_path / "latest")
    assert "Erasures on record: 1; erased again now: 0." in where.done("restore", str(backup_in(tmp_path / "later")))


def test_a_case_and_a_person_erased_since_do_not_come_back(empty: Place, tmp_path: Path) -> None:
    """Whoever was erased after the backup is erased again by its restore; of the case, counts alone come back."""
    empty.shape()
    empty.ran(KEPT)
    empty.done("backup", str(tmp_path / "before"))
    empty.ran(ERASED)
    journal = empty.data / "erasures.jsonl"
    assert "Contoh" not in journal.read_text()
    where = Place("sqlite", tmp_path / "new")
    where.done("restore", str(backup_in(tmp_path / "before")), "--erasures", str(journal))
    assert json.loads(where.ran(LEFT)) == {
        "cases": 0, "parties": 0, "tombstones": [["violence", "again", 1]], "people": ["", "Warga Tinggal"],
    }  # fmt: skip


_BEGIN = f"""
import django, json, sys
sys.path.insert(0, {str(ROOT)!r})
django.setup()
from simpul.cases.models import Case, CaseTombstone, Party
from simpul.people.models import Person
"""
KEPT = f"""{_BEGIN}
from simpul.kernel.actor import System
from simpul.people.services import register_person
from simpul.vault.services import confirm_ring
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.organisations import make_organisation
confirm_ring(MAKER, now=NOW)
group = make_organisation(name="Kelompok Contoh")
for name in ("Relawan Contoh", "Warga Tinggal"):
    register_person(MAKER, organisation=group, role="volunteer", name=name, now=NOW)
make_case(group, types=["K.F"], victim={{"name": "Inaq Contoh", "age_stated": 30}})
"""
ERASED = f"""{_BEGIN}
from django.utils import timezone
from simpul.cases.services.keeping import erase_case
from simpul.people.services import erase_person
from tests.factories.cases import MAKER
erase_case(MAKER, Case.objects.get(), ground="asked", now=timezone.now())
erase_person(MAKER, Person.objects.get(name="Relawan Contoh"), ground="asked", now=timezone.now())
"""
LEFT = f"""{_BEGIN}
print(json.dumps({{
    "cases": Case.objects.count(),
    "parties": Party.objects.count(),
    "tombstones": [[row.branch, row.ground, len(row.victims)] for row in CaseTombstone.objects.all()],
    "people": sorted(Person.objects.values_list("name", flat=True)),
}}))
"""


@pytest.mark.parametrize("step", ["shape", "load", "manifest_of", "erase_again"])
def test_a_restore_killed_in_any_step_is_not_served_and_finishes_when_repeated(
    taken: Path, empty: Place, step: str
) -> None:
    killed = empty.python(f"""
import os, sys
import simpul.config.cli as cli
from simpul.config.cli.database import start_django
import django
django.setup()
from simpul.config.backup import restoring
step = restoring.{step}
def until_after(*given, **named):
    step(*given, **named)
    os._exit(9)
restoring.{step} = until_after
cli.main(["restore", {str(taken)!r}])
""")
    assert killed.returncode == 9, killed.stderr
    assert empty.simpul("setup").returncode == 5
    assert "digest equal" in empty.done("restore", str(taken))
    assert held(empty) == WHOLE


def _changed(taken: Path, into: Path, member: str, change: str) -> Path:
    """A backup with one member cut out or changed, and everything else as it was."""
    made = into / "changed.backup"
    with tarfile.open(taken) as source, tarfile.open(made, "w") as target:
        for info in source:
            data = (source.extractfile(info) or io.BytesIO()).read()
            if info.name.startswith(member):
                if change == "cut":
                    continue
                data = data.replace(b"\x00\x01\x02", b"\x00\x01\x03") if member == "files/" else _forged(data)
                info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return made


def _forged(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(b"1970", b"1971"))


@pytest.mark.parametrize(
    ("member", "change", "word"),
    [
        ("tables/people_person", "forged", "people_person"),
        ("tables/people_person", "cut", "people_person"),
        ("files/", "forged", "files/ab/one.bin"),
        ("files/", "cut", "files/ab/one.bin"),
        ("manifest.json", "cut", "cut off"),
    ],
)
def test_a_changed_backup_is_refused_before_anything_is_written(
    taken: Path, tmp_path: Path, member: str, change: str, word: str
) -> None:
    where = Place("sqlite", tmp_path / "data")
    refused = where.simpul("restore", str(_changed(taken, tmp_path, member, change)))
    assert refused.returncode == 1
    assert word in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (where.data / "simpul.sqlite3").exists()
    assert not (where.data / "files").exists()


@pytest.mark.parametrize("length", [0, 5_000, -12_000])
def test_a_backup_that_is_cut_off_is_refused(taken: Path, tmp_path: Path, length: int) -> None:
    short = tmp_path / "short.backup"
    short.write_bytes(taken.read_bytes()[:length])
    where = Place("sqlite", tmp_path / "data")
    refused = where.simpul("restore", str(short))
    assert refused.returncode == 1, refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (where.data / "simpul.sqlite3").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(taken: Path, tmp_path: Path) -> None:
    made = tmp_path / "evil.backup"
    with tarfile.open(taken) as source, tarfile.open(made, "w") as target:
        for info in source:
            if info.name.startswith("files/"):
                info.name = "files/../../evil"
            if info.name == "manifest.json":
                manifest = json.load(source.extractfile(info) or io.BytesIO())
                manifest["files"] = {"../../evil": next(iter(manifest["files"].values()))}
                tables = {name: tuple(found) for name, found in manifest["tables"].items()}
                data = Manifest(tables, manifest["files"], manifest["erasures"]).text()
                info.size = len(data)
                target.addfile(info, io.BytesIO(data))
            else:
                target.addfile(info, source.extractfile(info))
    where = Place("sqlite", tmp_path / "deep" / "data")
    refused = where.simpul("restore", str(made))
    assert (refused.returncode, "outside of the folder" in refused.stderr) == (1, True)
    assert not list(tmp_path.rglob("evil"))


def test_a_record_of_acts_that_was_rewritten_is_not_restored(tmp_path: Path) -> None:
    where = Place("sqlite", tmp_path / "forged")
    where.shape()
    where.ran(FILL)
    where.ran("""
import django, sqlite3
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER audit_act_append_only_update")
    cursor.execute("UPDATE audit_act SET purpose = 'forged' WHERE act = 'tests.write_row'")
""")
    where.done("backup", str(tmp_path / "b"))
    refused = Place("sqlite", tmp_path / "new").simpul("restore", str(backup_in(tmp_path / "b")))
    assert refused.returncode == 1
    assert "The record of acts in this backup is not whole" in refused.stderr


def test_a_process_killed_from_outside_leaves_nothing_that_is_served(taken: Path, tmp_path: Path) -> None:
    where = Place("sqlite", tmp_path / "data")
    running = subprocess.Popen(
        [sys.executable, "-m", "simpul", "restore", str(taken)],
        env=environment(where.data), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while running.poll() is None and not (where.data / "restore-unfinished.json").exists():
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    port, into = ["--port", "18417"], [str(tmp_path / "b")]
    for command in (["setup"], ["worker"], ["serve", *port], ["migrate"], ["backup", *into], ["keys", "new"]):
        refused = where.simpul(*command)
        assert refused.returncode == 5, command
        assert "A restore into this data folder has not finished. Nothing of it is served." in refused.stderr
    where.done("restore", str(taken))
    assert held(where) == WHOLE


def test_half_a_backup_of_another_file_is_started_over(taken: Path, filled: Place, tmp_path: Path) -> None:
    where = Place("sqlite", tmp_path / "data")
    where.data.mkdir()
    shutil.copy(taken, tmp_path / "copy.backup")
    (where.data / "restore-unfinished.json").write_text("not json")
    where.done("restore", str(tmp_path / "copy.backup"))
    assert held(where) == WHOLE
