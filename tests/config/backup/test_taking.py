"""A backup is one file, whole or absent, readable by its owner alone, and holds no key."""

import errno
import gzip
import io
import json
import os
import resource
import stat
import tarfile
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from simpul.audit.models import Act
from simpul.config.backup import taking
from simpul.config.backup.guard import Guard
from simpul.config.backup.reading import read_backup
from simpul.config.backup.snapshot import one_moment
from simpul.config.backup.taking import remove_older, take_backup
from simpul.config.cli.console import Progress, Stop
from simpul.config.cli.errors import explain
from simpul.people.models import ContactPoint
from simpul.vault.ringfile import current_ring
from tests.config.backup.places import Place, backup_in
from tests.config.command_line import simpul
from tests.factories.audit import acts
from tests.factories.people import make_person
from tests.racing import at_once

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def silent(label: str) -> Progress:
    return lambda done, total: None


def content(path: Path) -> bytes:
    """Everything a finder could read in a backup that is not sealed."""
    with tarfile.open(path) as tar:
        parts = [(info.name, (tar.extractfile(info) or io.BytesIO()).read()) for info in tar]
    return b"".join(gzip.decompress(data) if name.endswith(".gz") else data for name, data in parts)


@pytest.mark.process
def test_no_key_is_in_it_and_encrypted_fields_stay_encrypted(filled: Place, taken: Path) -> None:
    held = content(taken)
    ring = json.loads((filled.data / "key-ring.json").read_text())
    secrets = [key["secret"] for key in ring["keys"].values()]
    assert len(secrets) == 1
    for secret in secrets:
        raw = urlsafe_b64decode(secret)
        assert [form in held for form in (secret.rstrip("=").encode(), raw, raw.hex().encode())] == [False] * 3
    assert (filled.data / "secret-key").read_bytes() not in held
    assert b"81234567890" not in held
    assert b"people_contactpoint" in held
    assert b"half an upload" not in held
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_copy_of_the_keys_among_the_files_stops_it(tmp_path: Path) -> None:
    secret = next(iter(current_ring().keys.values())).secret
    forgotten = Path(settings.DATA) / "files" / "old" / "ring.txt"
    forgotten.parent.mkdir(parents=True)
    forgotten.write_bytes(b"x" * 70_000 + secret.hex().encode() + b"y" * 70_000)
    try:
        with pytest.raises(Stop, match="A key of this deployment lies among what would be backed up"):
            take_backup(tmp_path, now=NOW, progress=silent)
    finally:
        forgotten.unlink()
    assert [p.name for p in tmp_path.iterdir()] == [".backup.lock"]


def test_a_key_is_seen_across_two_reads() -> None:
    guard = Guard([b"0123456789abcdef"])
    guard.look(b"...01234567")
    with pytest.raises(Stop):
        guard.look(b"89abcdef...")
    guard.begin()
    guard.look(b"89abcdef...")


@pytest.mark.django_db
def test_a_backup_holds_every_table_and_reads_back(tmp_path: Path) -> None:
    acts(3)
    person = make_person(name="Inaq Contoh")
    ContactPoint.objects.create(person=person, kind="phone", value="+6281234567890")
    done = take_backup(tmp_path, now=NOW, progress=silent)
    found = read_backup(done.path, None, silent(""))
    assert done.path.name == "simpul-simpul-20261122T020000Z.backup"
    assert found.manifest.digest == done.digest
    assert found.manifest.tables["audit_act"][0] == Act.objects.count()
    assert (found.head.engine, found.manifest.tables["people_contactpoint"][0]) == (connection.vendor, 1)
    left_out = {"django_session", "accounts_session", "django_content_type", "auth_permission", "django_migrations"}
    expected = set(connection.introspection.table_names()) - left_out - {"auth_group", "auth_group_permissions"}
    assert set(found.manifest.tables) == {t for t in expected if not t.startswith(("sqlite_", "search_words"))}


@pytest.mark.django_db
def test_equal_contents_have_equal_digests_and_other_contents_others(tmp_path: Path) -> None:
    first = take_backup(tmp_path, now=NOW, progress=silent)
    second = take_backup(tmp_path, now=NOW + timedelta(seconds=1), progress=silent)
    make_person(name="Ani")
    third = take_backup(tmp_path, now=NOW + timedelta(seconds=2), progress=silent)
    assert first.digest == second.digest != third.digest


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    whole = take_backup(tmp_path, now=NOW, progress=silent)
    before = whole.path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as raised:
        take_backup(tmp_path, now=NOW + timedelta(days=1), progress=silent)
    assert explain(raised.value).message.startswith("The disk is full")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".backup.lock", whole.path.name]
    assert whole.path.read_bytes() == before


@pytest.mark.process
def test_a_kernel_that_refuses_to_write_on_is_told_in_words_and_the_last_backup_stays(
    filled: Place, tmp_path: Path
) -> None:
    filled.done("backup", str(tmp_path))
    whole = backup_in(tmp_path)
    before = whole.read_bytes()
    assert len(before) > 600_000

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))  # EFBIG from the kernel, in the midst of a file

    refused = simpul(filled.data, "backup", str(tmp_path), settings=filled.settings, before=no_room)
    assert refused.returncode == 5
    assert "The disk is full, or failing. Nothing is lost" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == [".backup.lock", whole.name]
    assert whole.read_bytes() == before
    filled.done("backup", str(tmp_path))
    assert len(list(tmp_path.glob("*.backup"))) == 2


@pytest.mark.django_db
def test_what_a_killed_backup_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".simpul-simpul-20261101T000000Z.backup.77.part").write_bytes(b"half")
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    take_backup(tmp_path, now=NOW, progress=silent)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".backup.lock",
        "holiday.jpg",
        "simpul-simpul-20261122T020000Z.backup",
    ]


@pytest.mark.django_db
def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with taking._alone(tmp_path), pytest.raises(Stop, match="Another backup is being written"):
        take_backup(tmp_path, now=NOW, progress=silent)


def test_the_newest_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"simpul-simpul-202611{day:02}T000000Z.backup").touch()
    others = ["simpul-other-20261101T000000Z.backup", "simpul-simpul-notes.backup", "key-ring.json"]
    for name in others:
        (tmp_path / name).touch()
    gone = remove_older(tmp_path, keep=2)
    assert [p.name for p in gone] == [f"simpul-simpul-202611{day}T000000Z.backup" for day in ("03", "02", "01")]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        ["simpul-simpul-20261104T000000Z.backup", "simpul-simpul-20261105T000000Z.backup", *others]
    )


@pytest.mark.racing
def test_it_shows_one_moment_while_others_write(raced: None) -> None:
    acts(2)
    before = Act.objects.count()
    with one_moment():
        seen = Act.objects.count()
        (written,) = at_once(lambda: acts(5))
        assert written is None  # nobody waited for the reader
        assert (seen, Act.objects.count()) == (before, before)
    assert Act.objects.count() == before + 5


@pytest.mark.django_db
def test_two_of_one_second_both_stay_in_the_order_they_were_made(tmp_path: Path) -> None:
    made = [take_backup(tmp_path, now=NOW, progress=silent).path for _ in range(3)]
    assert sorted(tmp_path.glob("*.backup")) == made
    assert remove_older(tmp_path, keep=1) == [made[1], made[0]]


@pytest.mark.process
def test_a_sealed_backup_opens_with_its_passphrase_only(filled: Place, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("lima kata yang acak sekali\n")
    wrong.write_text("lima kata yang lain sekali\n")
    filled.done("backup", str(tmp_path / "b"), "--passphrase-file", str(right))
    sealed = backup_in(tmp_path / "b")
    data = sealed.read_bytes()
    # Long words: any three bytes stand by chance somewhere in a few million that are sealed.
    assert [word in data for word in (b"people_person", "Inaq Séma".encode(), b"manifest.json")] == [False] * 3
    new = Place("sqlite", tmp_path / "new")
    refused = new.simpul("restore", str(sealed), "--passphrase-file", str(wrong))
    assert (refused.returncode, "the passphrase is not its own" in refused.stderr) == (1, True)
    assert "Nobody is here to ask for the passphrase." in new.simpul("restore", str(sealed)).stderr
    assert "Whole: taken" in new.done("restore", "--compare", str(sealed), "--passphrase-file", str(right))
    assert not (new.data / "simpul.sqlite3").exists()
    assert "digest equal" in new.done("restore", str(sealed), "--passphrase-file", str(right))
