"""The ring leaves only sealed, and comes back only where it belongs."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Anonymous, Member, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.vault.models import KnownKey
from simpul.vault.queries import last_export
from simpul.vault.ring import Key, KeyRing
from simpul.vault.ringfile import current_ring, read_ring, replace_ring
from simpul.vault.services import confirm_ring, export_ring, import_ring, new_ring
from tests.marks import audits, denies

NOW = datetime(2025, 2, 7, tzinfo=UTC)
SYSTEM = System("keys")
PHRASE = "lima kata yang mudah diingat"


@pytest.fixture
def export(db: None, tmp_path: Path) -> Path:
    path = tmp_path / "export.json"
    export_ring(SYSTEM, path, PHRASE, now=NOW)
    return path


@audits(export_ring)
def test_an_export_is_sealed_and_only_its_owner_reads_it(export: Path) -> None:
    text = export.read_text()
    ring = current_ring()
    assert export.stat().st_mode & 0o777 == 0o600
    assert ring.current not in text
    assert "secret" not in text
    (act,) = Act.objects.all()
    assert (act.act, act.details) == ("vault.export_ring", {"keys": [ring.current]})


def test_the_last_export_is_remembered_until_a_newer_key(export: Path, ring_path: Path) -> None:
    assert (last_export().at, last_export().complete) == (NOW, True)
    replace_ring(ring_path, current_ring().with_key(Key.make(NOW)))
    assert (last_export().at, last_export().complete) == (NOW, False)
    later = NOW + timedelta(days=1)
    export_ring(SYSTEM, export.with_name("second.json"), PHRASE, now=later)
    assert (last_export().at, last_export().complete) == (later, True)


@pytest.mark.django_db
def test_without_an_export_there_is_none() -> None:
    assert (last_export().at, last_export().complete) == (None, False)


@pytest.mark.django_db
def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        export_ring(SYSTEM, tmp_path / "export.json", "elevenchars", now=NOW)
    assert (caught.value.code, caught.value.field) == ("passphrase_short", "passphrase")
    assert not (tmp_path / "export.json").exists()


def test_an_older_export_is_not_written_over(export: Path) -> None:
    before = export.read_text()
    with pytest.raises(Conflict) as caught:
        export_ring(SYSTEM, export, PHRASE, now=NOW + timedelta(days=1))
    assert caught.value.code == "file_exists"
    assert (export.read_text(), last_export().at) == (before, NOW)


def test_a_lost_ring_comes_back(export: Path, ring_path: Path) -> None:
    before = current_ring()
    ring_path.unlink()
    assert import_ring(SYSTEM, export, PHRASE, now=NOW) == [before.current]
    assert current_ring() == before
    assert ring_path.stat().st_mode & 0o777 == 0o600


@audits(import_ring)
def test_importing_again_changes_nothing(export: Path) -> None:
    before = current_ring()
    import_ring(SYSTEM, export, PHRASE, now=NOW)
    assert current_ring() == before
    last = Act.objects.latest("id")
    assert (last.act, last.details) == ("vault.import_ring", {"keys": [before.current]})


def test_another_passphrase_does_not_open_it(export: Path) -> None:
    with pytest.raises(Invalid) as caught:
        import_ring(SYSTEM, export, PHRASE + "!", now=NOW)
    assert caught.value.code == "wrong_passphrase"


@pytest.mark.parametrize("part", ["sealed", "salt", "nonce"])
def test_a_changed_export_does_not_open(export: Path, part: str) -> None:
    data = json.loads(export.read_text())
    data[part] = ("B" if data[part][0] == "A" else "A") + data[part][1:]
    export.write_text(json.dumps(data))
    with pytest.raises(Invalid) as caught:
        import_ring(SYSTEM, export, PHRASE, now=NOW)
    assert caught.value.code == "wrong_passphrase"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"kind": "x", "n": 1, "r": 8, "p": 1, "salt": "", "nonce": "", "sealed": ""}',
        '{"kind": "x", "n": "many", "r": 8, "p": 1, "salt": "", "nonce": "", "sealed": ""}',
        '{"kind": "x", "n": 65536, "r": 8, "p": 1, "salt": "?", "nonce": "", "sealed": ""}',
    ],
)
def test_what_is_no_export_is_refused(db: None, tmp_path: Path, text: str) -> None:
    (tmp_path / "file.json").write_text(text)
    with pytest.raises(Invalid) as caught:
        import_ring(SYSTEM, tmp_path / "file.json", PHRASE, now=NOW)
    assert caught.value.code == "not_an_export"


def test_an_export_before_the_newest_key_does_not_replace_the_ring(export: Path, ring_path: Path) -> None:
    newer = current_ring().with_key(Key.make(NOW))
    replace_ring(ring_path, newer)
    with pytest.raises(Conflict) as caught:
        import_ring(SYSTEM, export, PHRASE, now=NOW)
    assert caught.value.code == "keys_would_be_lost"
    confirm_ring(SYSTEM, now=NOW)
    with pytest.raises(Conflict) as caught:
        import_ring(SYSTEM, export, PHRASE, now=NOW)
    assert (caught.value.code, current_ring()) == ("wrong_ring", newer)


def test_the_export_of_another_deployment_is_refused(export: Path, ring_path: Path) -> None:
    KnownKey.objects.update(fingerprint="0" * 16)
    ring_path.unlink()
    with pytest.raises(Conflict) as caught:
        import_ring(SYSTEM, export, PHRASE, now=NOW)
    assert (caught.value.code, ring_path.exists()) == ("wrong_ring", False)


def test_an_unfinished_rotation_survives_an_export(db: None, tmp_path: Path, ring_path: Path) -> None:
    key = Key.make(NOW)
    rotating = replace(current_ring().with_key(key), current=key.id, index_next=key.id, rotating=key.id)
    replace_ring(ring_path, rotating)
    export_ring(SYSTEM, tmp_path / "export.json", PHRASE, now=NOW)
    ring_path.unlink()
    import_ring(SYSTEM, tmp_path / "export.json", PHRASE, now=NOW)
    assert current_ring() == rotating


@audits(new_ring)
def test_a_new_ring_is_made_once(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.KEY_RING_FILE = tmp_path / "production" / "key-ring.json"
    settings.PRODUCTION = True
    name = new_ring(SYSTEM, now=NOW)
    assert read_ring(settings.KEY_RING_FILE).current == name
    (act,) = Act.objects.all()
    assert (act.act, act.details) == ("vault.new_ring", {"key": name})
    with pytest.raises(Conflict) as caught:
        new_ring(SYSTEM, now=NOW)
    assert caught.value.code == "ring_lost"


@pytest.mark.django_db
def test_a_new_ring_is_not_written_over_another() -> None:
    before = current_ring()
    with pytest.raises(Conflict) as caught:
        new_ring(SYSTEM, now=NOW)
    assert (caught.value.code, current_ring(), KnownKey.objects.count()) == ("ring_exists", before, 0)


def test_a_database_written_with_lost_keys_gets_no_new_ring(export: Path, ring_path: Path) -> None:
    ring_path.unlink()
    with pytest.raises(Conflict) as caught:
        new_ring(SYSTEM, now=NOW)
    assert (caught.value.code, ring_path.exists()) == ("ring_lost", False)


@denies(export_ring, import_ring, new_ring)
@pytest.mark.parametrize("actor", [Anonymous(), Member(uuid7(), uuid7())])
def test_the_ring_is_not_for_everybody(export: Path, tmp_path: Path, actor: Actor) -> None:
    other = tmp_path / "other.json"
    attempts: list[Callable[[], object]] = [
        lambda: export_ring(actor, other, PHRASE, now=NOW),
        lambda: import_ring(actor, export, PHRASE, now=NOW),
        lambda: new_ring(actor, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(Denied) as caught:
            attempt()
        assert caught.value.permission == "node.configure"
    assert not other.exists()
    assert isinstance(current_ring(), KeyRing)
