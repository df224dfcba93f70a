"""The ring: where it lies, who may read it, and what is said when it can't be used."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from simpul.kernel.errors import Conflict
from simpul.vault.errors import RingBroken, RingMissing, RingUnsafe, UnknownKey, VaultError
from simpul.vault.ring import Key, KeyRing
from simpul.vault.ringfile import create_ring, current_ring, read_ring, replace_ring, ring_file, ring_lock

NOW = datetime(2025, 2, 7, tzinfo=UTC)


def test_a_ring_reads_back_as_written() -> None:
    ring = KeyRing.make(NOW).with_key(Key.make(NOW))
    assert KeyRing.parse(ring.text()) == ring


def test_keys_of_two_purposes_have_nothing_in_common() -> None:
    ring = KeyRing.make(NOW)
    secret = ring.keys[ring.current].secret
    one, two = ring.derive(ring.current, "field:a.b"), ring.derive(ring.current, "index:a.b")
    assert len({one, two, secret}) == 3
    assert ring.derive(ring.current, "field:a.b") == one
    with pytest.raises(UnknownKey, match="00000000"):
        ring.derive("00000000", "field:a.b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret",
        "[]",
        "{}",
        '{"version": 2, "keys": {}, "current": "a", "index": "a"}',
        '{"version": 1, "keys": {}, "current": "00000000", "index": "00000000"}',
        '{"version": 1, "keys": [], "current": "00000000", "index": "00000000"}',
    ],
)
def test_what_is_no_ring_is_refused(text: str) -> None:
    with pytest.raises(RingBroken):
        KeyRing.parse(text)


@pytest.mark.parametrize("secret", [b"", b"short", b"a" * 32, b"changeme" * 4, bytes(range(31)), bytes(range(33))])
def test_a_weak_key_is_refused_and_not_shown(secret: bytes) -> None:
    with pytest.raises(RingBroken, match="weak") as caught:
        Key("0123abcd", secret, NOW)
    assert "changeme" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "xyz", "0123ABCD", "0123abc", "0123abcd.", "../../.."])
def test_a_key_name_is_eight_hexadecimal_digits(name: str) -> None:
    with pytest.raises(RingBroken):
        Key(name, os.urandom(32), NOW)


def test_development_makes_a_ring_only_its_owner_reads(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_RING_FILE = tmp_path / "new" / "key-ring.json"
    settings.PRODUCTION = False
    ring = current_ring()
    assert settings.KEY_RING_FILE.stat().st_mode & 0o777 == 0o600
    assert read_ring(settings.KEY_RING_FILE) == ring == current_ring()
    assert [p.name for p in settings.KEY_RING_FILE.parent.iterdir()] == ["key-ring.json"]


def test_many_first_starts_at_once_agree_on_one_ring(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_RING_FILE = tmp_path / "new" / "key-ring.json"
    rings: list[KeyRing] = []
    threads = [threading.Thread(target=lambda: rings.append(current_ring())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rings) == 8
    assert {ring.current for ring in rings} == {read_ring(settings.KEY_RING_FILE).current}


def test_production_without_a_ring_refuses_and_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_RING_FILE = tmp_path / "none.json"
    settings.PRODUCTION = True
    with pytest.raises(RingMissing, match="simpul keys new"):
        current_ring()
    assert not settings.KEY_RING_FILE.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o601])
def test_a_ring_others_can_read_is_refused(ring_path: Path, mode: int) -> None:
    ring_path.chmod(mode)
    with pytest.raises(RingUnsafe, match="chmod 600"):
        current_ring()
    ring_path.chmod(0o600)
    assert current_ring().current in ring_path.read_text()


def test_the_ring_may_come_as_text(settings: Settings) -> None:
    ring = KeyRing.make(NOW)
    settings.KEY_RING = ring.text()
    assert current_ring() == ring
    settings.KEY_RING = json.dumps({"version": 1})
    with pytest.raises(RingBroken):
        current_ring()


def test_a_ring_from_the_environment_is_not_rotated(settings: Settings) -> None:
    settings.KEY_RING = KeyRing.make(NOW).text()
    with pytest.raises(VaultError, match="unset SIMPUL_KEY_RING"):
        ring_file()


def test_a_replaced_ring_is_seen_at_the_next_use(ring_path: Path) -> None:
    before = current_ring()
    after = before.with_key(Key.make(NOW))
    replace_ring(ring_path, after)
    assert current_ring() == after
    assert ring_path.stat().st_mode & 0o777 == 0o600


def test_a_ring_is_not_created_over_another(ring_path: Path) -> None:
    before = ring_path.read_text()
    with pytest.raises(FileExistsError):
        create_ring(ring_path, KeyRing.make(NOW))
    assert ring_path.read_text() == before
    assert [p.name for p in ring_path.parent.iterdir()] == [ring_path.name]


def test_one_changes_the_ring_at_a_time(ring_path: Path) -> None:
    with ring_lock(), pytest.raises(Conflict) as caught, ring_lock():
        pass
    assert caught.value.code == "ring_busy"
    with ring_lock() as path:
        assert path == ring_path
