"""A deployment that can't keep its secrets says so before it starts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.core.checks import run_checks
from django.db import models
from pytest_django import Settings

from simpul.kernel.actor import System
from simpul.vault import health
from simpul.vault.blind import BlindIndexField
from simpul.vault.checks import ring_fits_database, ring_is_usable
from simpul.vault.fields import SealedTextField
from simpul.vault.ring import Key, KeyRing
from simpul.vault.ringfile import current_ring, replace_ring
from simpul.vault.services import confirm_ring, export_ring
from tests.vault.safes import Safe

NOW = datetime(2025, 2, 7, tzinfo=UTC)
DATABASES = {"databases": ["default"]}


def ids(messages: object) -> list[str]:
    return [m.id for m in messages]  # type: ignore[attr-defined]


def test_a_usable_ring_passes() -> None:
    assert ring_is_usable() == []


def test_a_missing_ring_in_production_is_e001(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    settings.KEY_RING_FILE = tmp_path / "none.json"
    (error,) = ring_is_usable()
    assert error.id == "vault.E001"
    assert "simpul keys new" in error.msg


def test_a_ring_open_to_others_is_e002(ring_path: Path) -> None:
    ring_path.chmod(0o644)
    assert ids(ring_is_usable()) == ["vault.E002"]


def test_a_weak_ring_is_e003(settings: Settings) -> None:
    settings.KEY_RING = KeyRing.make(NOW).text().replace('"secret": "', '"secret": "AAAA')
    assert ids(ring_is_usable()) == ["vault.E003"]


def test_the_checks_are_registered(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    settings.KEY_RING_FILE = tmp_path / "none.json"
    assert "vault.E001" in ids(run_checks())


@pytest.mark.django_db
def test_the_ring_of_another_database_is_e004(ring_path: Path) -> None:
    assert ring_fits_database(**DATABASES) == []
    confirm_ring(System("test"), now=NOW)
    assert ring_fits_database(**DATABASES) == []
    mine = current_ring()
    replace_ring(ring_path, KeyRing.make(NOW))
    (error,) = ring_fits_database(**DATABASES)
    assert error.id == "vault.E004"
    assert mine.current in error.msg
    other = Key(mine.current, bytes(range(32)), NOW)
    replace_ring(ring_path, KeyRing({other.id: other}, other.id, other.id))
    assert ids(ring_fits_database(**DATABASES)) == ["vault.E004"]
    assert [f.level for f in health.ring_of_this_database(NOW)] == ["FAIL"]


@pytest.mark.django_db
def test_a_ring_never_exported_is_w001_in_production(settings: Settings, tmp_path: Path, ring_path: Path) -> None:
    assert ids(ring_fits_database(**DATABASES)) == []
    settings.PRODUCTION = True
    assert ids(ring_fits_database(**DATABASES)) == ["vault.W001"]
    assert [f.level for f in health.ring_was_exported(NOW)] == ["WARN"]
    export_ring(System("test"), tmp_path / "export.json", "correct horse battery", now=NOW)
    assert ids(ring_fits_database(**DATABASES)) == []
    assert [(f.level, f.message) for f in health.ring_was_exported(NOW)] == [("OK", "exported 2025-02-07 (0 days ago)")]
    replace_ring(ring_path, current_ring().with_key(Key.make(NOW)))
    assert ids(ring_fits_database(**DATABASES)) == ["vault.W001"]


def test_columns_declared_rightly_pass() -> None:
    assert [m for f in Safe._meta.get_fields() for m in f.check()] == []


ELSEWHERE = Apps()


class Careless(models.Model):
    id = models.AutoField(primary_key=True)
    name = SealedTextField()
    name_index = BlindIndexField("nobody")

    class Meta:
        apps = ELSEWHERE
        app_label = "careless"

    def __str__(self) -> str:
        return str(self.pk)


def test_columns_declared_wrongly_are_named() -> None:
    assert ids(Careless._meta.get_field("name").check()) == ["vault.E010"]
    assert ids(Careless._meta.get_field("name_index").check()) == ["vault.E011", "vault.E012"]
