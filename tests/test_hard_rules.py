"""The twelve hard rules of assisting people: each stands in the documents with tests that are there."""

import re

from tests.architecture.source import ROOT

TABLE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
RULES = [f"R{number}" for number in range(1, 13)]


def test_each_rule_names_its_tests_and_these_exist() -> None:
    rows = dict(re.findall(r"^\| (R\d+) \| [^|]+ \| ([^|]+) \|$", TABLE, re.MULTILINE))
    assert list(rows) == RULES
    known = set[str]()
    for path in (ROOT / "tests").rglob("test_*.py"):
        known.update(re.findall(r"^def (test_r\d+_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))
    for rule, told in rows.items():
        named = re.findall(r"`(\w+)`", told)
        assert named
        assert all(one.startswith(f"test_{rule.lower()}_") for one in named), rule
        assert not set(named) - known, rule
