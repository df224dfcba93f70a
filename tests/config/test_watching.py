"""What a monitoring system is told, and what the public is not."""

import re
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from simpul.config import metrics, watching
from simpul.config.backup import state
from simpul.config.backup.state import Step, Unfinished
from simpul.config.metrics import Requests
from tests.cast import Cast

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
PROXIED = {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+')


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_fitness", watching._Fitness())


def test_a_process_that_answers_is_live_whatever_host_is_asked_for() -> None:
    answer = Client().get("/-/live", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"live\n", "no-store")


@pytest.mark.django_db
def test_the_public_learns_one_word_and_this_machine_each_part() -> None:
    public = Client().get("/-/ready", **ELSEWHERE)
    assert (public.status_code, public.content) == (200, b"ready\n")
    told = {"database": True, "migrations": True, "restore": True, "disk": True}
    assert Client().get("/-/ready").json() == {"ready": True, "parts": told}
    assert Client().get("/-/ready", **PROXIED).content == b"ready\n"


@pytest.mark.django_db
def test_a_full_disk_and_half_a_restore_are_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 0, 1_000_000))
    state.note(Path(settings.DATA), Unfinished(Step.LOADING, "", ""))
    try:
        answer = Client().get("/-/ready")
    finally:
        state.note(Path(settings.DATA), None)
    assert (answer.status_code, answer.json()["parts"]) == (
        503,
        {"database": True, "migrations": True, "restore": False, "disk": False},
    )


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: object) -> None:
        raise OperationalError("203.0.113.9 refused")

    monkeypatch.setattr(watching.MigrationRecorder, "applied_migrations", gone)
    answer = Client().get("/-/ready", **ELSEWHERE)
    assert (answer.status_code, answer.content) == (503, b"not ready\n")


@pytest.mark.django_db
def test_asking_often_asks_the_database_once(django_assert_num_queries: object) -> None:
    Client().get("/-/ready")
    with django_assert_num_queries(0):  # type: ignore[operator]
        Client().get("/-/ready")


@pytest.mark.django_db
def test_numbers_are_for_this_machine_alone_where_no_token_is_set() -> None:
    assert Client().get("/-/metrics").status_code == 200
    assert Client().get("/-/metrics", **ELSEWHERE).status_code == 404
    for header in watching._FORWARDED:
        assert Client().get("/-/metrics", **{header: "127.0.0.1"}).status_code == 404


@pytest.mark.django_db
def test_with_a_token_only_who_shows_it_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "kunci-angka")
    answers = {
        shown: Client().get("/-/metrics", headers={"authorization": shown}, **ELSEWHERE).status_code
        for shown in ("Bearer kunci-angka", "Bearer kunci", "Basic kunci-angka", "", "Bearer ")
    }
    assert list(answers.values()) == [200, 404, 404, 404, 404]
    assert Client().get("/-/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/-/", "/-/metrics/", "/-/other", "/-/ready/x"])
def test_nothing_else_is_there(path: str) -> None:
    assert Client().get(path).status_code == 404
    assert Client().post("/-/live").status_code == 404


@pytest.mark.django_db
def test_the_numbers_are_well_formed_and_name_nobody(cast: Cast) -> None:
    browser = cast.dewi.client()
    browser.get("/jejaring/?q=Inaq")
    browser.get("/tidak-ada/Inaq/")
    DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    text = Client().get("/-/metrics").content.decode()
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    labels = set(re.findall(r"[{,]([a-z]+)=", text))
    assert labels == {"route", "method", "status", "le", "version", "state"}
    assert "Inaq" not in text
    assert str(cast.dewi.user and cast.dewi.user.pk) not in text
    assert 'simpul_tasks{state="ready"} 1' in text
    assert "simpul_backup_age_seconds -1" in text


def test_requests_are_counted_by_route_and_time() -> None:
    seen = Requests()
    seen.note(route="home", method="GET", status=200, seconds=0.003)
    seen.note(route="home", method="GET", status=200, seconds=0.3)
    seen.note(route="home", method="BREW", status=405, seconds=99)
    lines = list(seen.lines())
    assert 'simpul_requests_total{route="home",method="GET",status="200"} 2' in lines
    assert 'simpul_requests_total{route="home",method="other",status="405"} 1' in lines
    assert [line.rpartition(" ")[2] for line in lines if "_bucket" in line] == [
        "1", "1", "1", "1", "1", "2", "2", "2", "2", "2", "3",
    ]  # fmt: skip
    assert lines[-1] == "simpul_request_seconds_count 3"


@pytest.mark.django_db
def test_ages_are_of_the_moment_that_is_asked() -> None:
    now = datetime.now(UTC) + timedelta(hours=1)
    DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    found = {line.split()[0]: float(line.split()[1]) for line in metrics.gauges(now) if not line.startswith("#")}
    assert 3590 < found["simpul_tasks_oldest_seconds"] < 3700
    assert found["simpul_disk_free_bytes"] > 0
