"""The examples and the operator's guide name what exists: files, commands, options, settings, addresses."""

import argparse
import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from simpul.config import cli
from simpul.config.env import KNOWN
from tests.architecture.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = "|".join(module.__name__.rpartition(".")[2] for module in cli.COMMANDS)
# What a reader replaces before typing it.
GIVEN = {"N:DIGEST": "7:" + "0" * 64, "N": "7"}


def commands_in(text: str) -> Iterator[list[str]]:
    """The arguments of each `simpul ...` in code."""
    code = [*re.findall(r"```sh\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)]
    for line in (line for block in code for line in block.splitlines()):
        found = re.search(rf"(?:^|\s|/)simpul ((?:{COMMANDS})\b.*)", line.split("#")[0])
        if found and "..." not in found[1]:
            yield shlex.split(found[1])


def refused(arguments: list[str]) -> bool:
    try:
        cli.parser().parse_args([GIVEN.get(a, a) for a in arguments])
    except (SystemExit, argparse.ArgumentError):
        return True
    return False


def test_every_command_of_the_guide_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(commands_in(GUIDE))
    assert len(found) > 25
    spoken_of = {("serve", "--without-worker")}  # parts of commands, in prose
    assert [c for c in found if len(c) > 1 and tuple(c) not in spoken_of and refused(c)
            and c not in (["keys", "export"], ["keys", "import"])] == []  # fmt: skip


def test_every_file_of_the_examples_is_listed_and_there() -> None:
    listed = set(re.findall(r"\]\(([^)#.][^)]*)\)", (DEPLOY / "README.md").read_text(encoding="utf-8")))
    there = {p.relative_to(DEPLOY).as_posix() for p in DEPLOY.rglob("*") if p.is_file()} - {"README.md"}
    assert listed == there
    named = set(re.findall(r"deploy/[\w./-]*\w", GUIDE))
    assert [n for n in named if not (ROOT / n).exists() and not list(ROOT.glob(f"{n}*"))] == []


def test_the_example_settings_are_settings() -> None:
    lines = (DEPLOY / "simpul.env").read_text(encoding="utf-8").splitlines()
    names = {line.lstrip("# ").partition("=")[0] for line in lines if re.match(r"(# )?SIMPUL_", line)}
    assert {name.removesuffix("_FILE") for name in names} - set(KNOWN) == set()
    assert {"SIMPUL_HOSTS", "SIMPUL_SECRET_KEY_FILE", "SIMPUL_PROXY", "SIMPUL_DATA"} < names


def parsed(unit: Path) -> configparser.ConfigParser:
    reader = configparser.ConfigParser(interpolation=None, strict=False)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string(unit.read_text(encoding="utf-8"))
    return reader


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.name)
def test_a_unit_runs_a_command_that_exists_with_few_rights(unit: Path) -> None:
    service = parsed(unit)["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/srv/simpul/program/.venv/bin/simpul"
    assert not refused(arguments)
    assert service["User"] == "simpul"
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables"):
        assert service[name] == "yes"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"], service["UMask"]) == ("strict", "", "0077")


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".timer"], ids=lambda u: u.name)
def test_a_timer_has_its_service(unit: Path) -> None:
    assert unit.with_suffix(".service") in UNITS
    assert parsed(unit)["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_systemd_understands_every_line(unit: Path, tmp_path: Path) -> None:
    for one in UNITS:
        # The program is not installed where this runs.
        (tmp_path / one.name).write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", one.read_text()))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / unit.name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert [line for line in done.stderr.splitlines() if unit.name in line and "man page" not in line] == []


def test_the_image_copies_what_is_there_and_runs_what_exists() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    copied = [name for names in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in names.split()]
    assert [name for name in copied if not (ROOT / name).exists() or f"!{name}" not in ignored] == []
    assert re.search(r"^USER simpul$", text, re.MULTILINE)
    assert "/-/ready" in text
    command = re.search(r"^CMD \[(.+)\]$", text, re.MULTILINE)
    assert command is not None
    assert not refused(re.findall(r'"([^"]+)"', command[1]))
    assert "--require-hashes -r requirements.lock" in text


def test_the_image_is_made_of_lines_that_a_shell_and_python_understand() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    runs = re.findall(r"^RUN (.+)$", text, re.MULTILINE)
    assert len(runs) > 1
    assert [run for run in runs if subprocess.run(["sh", "-nc", run], check=False).returncode] == []
    probe = re.search(r'CMD\s+\["python", "-c", "(.+)"\]', text)
    assert probe is not None
    compile(probe[1], "HEALTHCHECK", "exec")
    assert re.search(r"^FROM docker\.io/library/debian:12-slim$", text, re.MULTILINE), (
        "the Debian that fresh checks run on"
    )


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_logs_no_path_and_keeps_the_numbers(name: str) -> None:
    text = (DEPLOY / "proxy" / name).read_text(encoding="utf-8")
    assert "/-/metrics" in text
    assert "access_log off;" in text if name == "nginx.conf" else "output discard" in text
    if name == "nginx.conf":
        assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
        assert "proxy_request_buffering off;" in text


def test_the_command_for_root_runs_as_simpul() -> None:
    done = subprocess.run(["sh", "-n", str(DEPLOY / "simpul")], check=False)
    assert done.returncode == 0
    assert "setpriv --reuid=simpul" in (DEPLOY / "simpul").read_text(encoding="utf-8")
