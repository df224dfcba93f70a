"""Every probe of `simpul check` tells the good state from the bad one, and what to do."""

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from simpul.audit.health import erasures_are_journaled
from simpul.audit.services import note_erasures, record, write_journal
from simpul.config import health
from simpul.config.backup import state
from simpul.config.backup.state import Step, Unfinished
from simpul.config.backup.taking import TAKEN
from simpul.config.cli.check import all_findings
from simpul.config.expected import missing_guards
from simpul.kernel import health as registry
from simpul.kernel.actor import System
from simpul.kernel.health import Finding, Level
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef

NOW = timezone.now()


def levels(findings: object) -> list[str]:
    return [f.level for f in findings]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_migrated_database_holds_every_promised_constraint_and_trigger() -> None:
    assert missing_guards(connection) == []
    assert levels(health.constraints_stand(NOW)) == ["OK"]


@pytest.mark.django_db
def test_a_dropped_trigger_is_noticed() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname LIKE 'audit%'"
            )
            name, table = cursor.fetchone()
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
            (name,) = cursor.fetchone()
            cursor.execute(f'DROP TRIGGER "{name}"')
    assert missing_guards(connection) == [name]
    assert levels(health.constraints_stand(NOW)) == ["FAIL"]


@pytest.mark.django_db
def test_this_database_is_of_this_version() -> None:
    assert levels(health.database_of_this_version(NOW)) == ["OK"]


@pytest.mark.parametrize(("megabytes", "level"), [(100, "FAIL"), (500, "WARN"), (5000, "OK")])
def test_room_on_disk_is_judged(monkeypatch: pytest.MonkeyPatch, megabytes: int, level: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 0, megabytes * 10**6))
    assert levels(health.room_on_disk(NOW)) == [level]


@pytest.mark.django_db
def test_a_queue_that_stands_still_fails() -> None:
    assert levels(health.queue_moves(NOW)) == ["OK"]
    waiting = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    assert levels(health.queue_moves(waiting.enqueued_at)) == ["OK"]
    assert levels(health.queue_moves(waiting.enqueued_at + timedelta(minutes=20))) == ["FAIL"]


@pytest.mark.django_db
def test_failed_and_stuck_tasks_are_warned_of() -> None:
    common = {"task_path": "x", "args_kwargs": {}, "backend_name": "default"}
    DBTaskResult.objects.create(**common, status="FAILED", finished_at=NOW)
    DBTaskResult.objects.create(**common, status="RUNNING", started_at=NOW - timedelta(hours=3))
    assert levels(health.queue_moves(NOW)) == ["OK", "WARN", "WARN"]


@pytest.mark.django_db
def test_a_probe_that_breaks_is_a_finding_and_keeps_no_other_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: object) -> list[Finding]:
        raise ValueError("0800-000-0001")

    monkeypatch.setitem(registry._probes, "a.broken", broken)
    findings = list(all_findings(NOW))
    assert (findings[0].subject, findings[0].level, findings[0].message) == (
        "a.broken",
        Level.FAIL,
        "can't be asked (ValueError)",
    )
    assert {"constraints", "disk", "migrations", "queue"} < {f.subject for f in findings}
    assert all(f.remedy for f in findings if f.level is not Level.OK)


def test_two_probes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"two probes are called config\.disk"):
        registry.probe("config.disk")(lambda now: [])


@pytest.mark.django_db
def test_a_backup_that_is_missing_or_old_is_warned_of() -> None:
    assert levels(health.backups_are_taken(NOW)) == ["WARN"]
    record(System("backup"), TAKEN, None)
    now = timezone.now()
    assert levels(health.backups_are_taken(now)) == ["OK"]
    assert levels(health.backups_are_taken(now + timedelta(days=3))) == ["WARN"]


@pytest.mark.django_db
def test_an_erasure_outside_the_journal_fails() -> None:
    assert levels(erasures_are_journaled(NOW)) == ["OK"]
    note_erasures(RecordRef("people.contactpoint", uuid7()))
    later = timezone.now() + timedelta(minutes=5)
    assert levels(erasures_are_journaled(later)) == ["FAIL"]
    write_journal()
    assert levels(erasures_are_journaled(later)) == ["OK"]


def test_half_a_restore_fails() -> None:
    assert levels(health.no_restore_is_half_done(NOW)) == []
    state.note(Path(settings.DATA), Unfinished(Step.LOADING, "", ""))
    try:
        assert levels(health.no_restore_is_half_done(NOW)) == ["FAIL"]
    finally:
        state.note(Path(settings.DATA), None)


@pytest.mark.racing
def test_a_row_that_points_to_nothing_fails(raced: None) -> None:
    assert levels(health.references_lead_somewhere(NOW)) == ["OK"]
    if connection.vendor == "postgresql":
        return  # it can't be written there
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        person, ids = uuid7().hex, [uuid7().hex for _ in range(2)]
        cursor.execute(
            "INSERT INTO people_contactconsent (id, origin_node, person_id, purpose, given_on, channel, recorded_at) "
            "VALUES (%s, 'x', %s, 'messages', '2026-01-01', 'writing', '2026-01-01')",
            [ids[0], person],
        )
        cursor.execute("PRAGMA foreign_keys = ON")
    (found,) = health.references_lead_somewhere(NOW)
    assert (found.level, "people_contactconsent" in found.message) == (Level.FAIL, True)
