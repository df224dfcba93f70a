"""The tables of docs/disclosure.md are those that the benchmark prints, and the attacker's command runs."""

import re

import pytest

from benchmarks import disclosure
from benchmarks.attacker import attack_months, attack_table
from tests.architecture.source import ROOT

DOCUMENT = ROOT / "docs" / "disclosure.md"


def test_the_benchmark_writes_its_tables_between_two_marks() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count(disclosure.BEGIN) == text.count(disclosure.END) == 1
    again = disclosure.written(text, ["| one |", "| two |"])
    assert f"{disclosure.BEGIN}\n| one |\n| two |\n{disclosure.END}" in again
    assert again.partition(disclosure.BEGIN)[0] == text.partition(disclosure.BEGIN)[0]
    assert again.partition(disclosure.END)[2] == text.partition(disclosure.END)[2]
    with pytest.raises(ValueError, match="no marks"):
        disclosure.written("no document of ours", [])


def test_the_document_holds_what_the_benchmark_prints() -> None:
    inside = DOCUMENT.read_text(encoding="utf-8").partition(disclosure.BEGIN)[2].partition(disclosure.END)[0]
    lines = [line for line in inside.splitlines() if line]
    assert disclosure.HEAD in lines
    rows = [line for line in lines if re.match(r"\| [\w ,`()-]+ \| (hidden|shown) \|", line.replace(".", ""))]
    assert len(rows) == 2 * len(disclosure.SIZES) + 2 + len(disclosure.SEEDS) + 1
    assert {line.rsplit("|", 2)[1].strip() for line in rows} == {"0"}, "no protected cell is open"
    assert any(line.startswith("| verified |") for line in lines)


@pytest.mark.parametrize("zeros", ["hide", "show"])
@pytest.mark.parametrize(("districts", "mean"), [(12, 0.3), (12, 1), (12, 5), (12, 30), (120, 30)])
def test_the_attacker_works_out_no_count_of_a_fuzzed_table(districts: int, mean: float, zeros: str) -> None:
    found = attack_table(districts, mean, zeros, 1)
    assert found.targets > 0
    assert found.published > 0
    assert found.leaks == 0


def test_the_attacker_works_out_no_count_of_twelve_months() -> None:
    found = attack_months(12, 3, 1)
    assert found.targets > 100
    assert found.leaks == 0
