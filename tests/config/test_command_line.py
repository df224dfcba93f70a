"""What a person at a terminal reads: no traceback, an exit code, what to do next."""

import json
import secrets
import socket
from pathlib import Path

import pytest

from simpul.config import cli
from simpul.config.cli.console import Stop, progress_bar
from simpul.config.cli.errors import explain
from simpul.kernel.errors import Conflict, Denied, NotFound
from tests.config.command_line import simpul

PRODUCTION = {"SIMPUL_ENVIRONMENT": "production", "SIMPUL_HOSTS": "simpul.example.org"}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert [name for name in ("serve", "setup", "migrate", "worker", "check") if f"    {name} " not in said] == []


@pytest.mark.process
def test_a_setting_nobody_reads_keeps_it_from_starting(tmp_path: Path) -> None:
    done = simpul(tmp_path, "setup", settings={"SIMPUL_HOST": "simpul.example.org"})
    assert done.returncode == 3
    assert done.stderr.splitlines()[:2] == [
        "config.E001: SIMPUL_HOST is not a setting of Simpul.",
        "  -> Did you mean SIMPUL_HOSTS?",
    ]
    assert not (tmp_path / "simpul.sqlite3").exists()


@pytest.mark.process
def test_a_value_that_cannot_be_read_keeps_it_from_starting(tmp_path: Path) -> None:
    done = simpul(tmp_path, "check", settings={"SIMPUL_ENVIRONMENT": "staging"})
    assert done.returncode == 3
    assert done.stderr.startswith("simpul: SIMPUL_ENVIRONMENT is one of development, production, not 'staging'.")


@pytest.mark.process
@pytest.mark.parametrize("command", ["setup", "worker", "serve"])
def test_production_without_a_key_refuses_to_start(tmp_path: Path, command: str) -> None:
    done = simpul(tmp_path, command, settings=PRODUCTION)
    assert done.returncode == 3
    assert "config.E002: Production needs SIMPUL_SECRET_KEY, long and random." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
def test_production_with_a_weak_key_is_a_failure_of_check(tmp_path: Path) -> None:
    done = simpul(tmp_path, "check", settings={**PRODUCTION, "SIMPUL_SECRET_KEY": "x" * 60})
    assert done.returncode == 1
    assert "FAIL  config.E002" in done.stdout


def test_any_server_refuses_a_wrong_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from simpul.config.wsgi import load

    monkeypatch.setenv("SIMPUL_UNKNOWN", "1")
    with pytest.raises(ImproperlyConfigured, match=r"config\.E001: SIMPUL_UNKNOWN is not a setting"):
        load()


@pytest.mark.process
def test_check_speaks_json(tmp_path: Path) -> None:
    settings = {**PRODUCTION, "SIMPUL_SECRET_KEY": secrets.token_urlsafe(64), "SIMPUL_DEMO": "1"}
    done = simpul(tmp_path, "check", "--json", settings=settings)
    found = {line["subject"]: line["level"] for line in json.loads(done.stdout)}
    assert (found["config.E004"], found["migrations"], found["disk"]) == ("FAIL", "FAIL", "OK")


@pytest.mark.process
def test_a_taken_port_is_said_before_anything_is_set_up(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = simpul(tmp_path / "data", "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"simpul: Port {port} is in use already: perhaps Simpul runs in another window.")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight"])
def test_an_impossible_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        cli.main(["serve", f"--port={port}"])
    assert refusal.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_an_unforeseen_fault_names_its_type_and_never_its_words() -> None:
    told = explain(RuntimeError("Inaq S., 0800-000-0001"))
    assert told.code == 70
    assert "RuntimeError" in told.message
    assert "Inaq" not in told.message + told.remedy


def test_domain_errors_are_told_in_their_words() -> None:
    assert explain(Denied("keys.rotate")).message == "This needs the permission keys.rotate."
    assert explain(NotFound("organisations.organisation")).message == "There is no such organisations.organisation."
    assert explain(Conflict("busy", message="Somebody is at it.")).message == "Somebody is at it."
    assert explain(Stop("x", code=9)).code == 9


def test_progress_is_a_line_every_quarter_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    show = progress_bar("Wilayah")
    for done in range(1001):
        show(done, 1000)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("(")[1].split(")")[0] for line in lines] == [
        "0 / 1.000",
        "250 / 1.000",
        "500 / 1.000",
        "750 / 1.000",
        "1.000 / 1.000",
    ]
