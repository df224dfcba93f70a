"""The documents are held to the code: links lead somewhere, settings and commands are described."""

import argparse
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core import checks as django_checks

from simpul.config import cli
from simpul.config.env import KNOWN
from tests.architecture.source import ROOT, SRC

OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
# Folders of one machine: nobody else has them.
WORKPLACES = re.compile(r"(?<![\w.~$}-])/(?:home|root|Users|work)/\w+")


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control; without it, those that are not made by a tool."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    made = {".git", ".venv", "var", "node_modules", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not made & set(p.relative_to(ROOT).parts))


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def links(text: str) -> Iterator[str]:
    """Targets of links and pictures, outside code."""
    plain = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", plain)


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+\s+(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", documents(), ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    dead = []
    for link in links(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_setting_is_described() -> None:
    assert re.findall(r"^\| `(SIMPUL_\w+)` \|", OPERATING, re.MULTILINE) == list(KNOWN)


def test_every_command_is_described_and_explains_itself() -> None:
    action = next(a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    described = re.findall(r"^\| `simpul (\w+)", OPERATING, re.MULTILINE)
    assert sorted(set(described)) == sorted(action.choices)
    for parser in action.choices.values():
        assert parser.description
        assert "examples:" in str(parser.epilog)


def test_every_check_is_described() -> None:
    sources = [(SRC / context / "checks.py").read_text(encoding="utf-8") for context in ("config", "vault")]
    ids = {found for source in sources for found in re.findall(r'"((?:config|vault)\.[EW]\d+)"', source)}
    assert set(re.findall(r"^\| `(\w+\.[EW]\d+)` \|", OPERATING, re.MULTILINE)) == ids
    assert django_checks.registry.registry.tag_exists("configuration")


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(p for p in folder.glob("*.md") if p.name != "README.md")
    numbers = [int(p.name[:4]) for p in records]
    assert numbers == list(range(1, len(records) + 1))
    listed = list(links((folder / "README.md").read_text(encoding="utf-8")))
    assert listed == [p.name for p in records]
    for number, record in zip(numbers, records, strict=True):
        assert record.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_every_locked_package_is_named_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    locked = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert [name for name in locked if not re.search(rf"\b{re.escape(name.lower())}\b", notices)] == []


def test_nothing_names_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in WORKPLACES.finditer(text)]
    assert found == []


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text
