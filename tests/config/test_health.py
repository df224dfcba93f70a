"""Every probe of `simpul check` tells the good state from the bad one, and what to do."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from simpul.config import health
from simpul.config.cli.check import all_findings
from simpul.config.expected import missing_guards
from simpul.kernel import health as registry
from simpul.kernel.health import Finding, Level

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
    DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    assert levels(health.queue_moves(NOW)) == ["OK"]
    assert levels(health.queue_moves(NOW + timedelta(minutes=20))) == ["FAIL"]


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
