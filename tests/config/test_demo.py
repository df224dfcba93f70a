"""`simpul demo` and `simpul results`: the example comes, is looked at, is counted, and goes without a trace."""

import json
import re
from pathlib import Path

import pytest

from tests.config.command_line import simpul
from tests.templates import migrated

pytestmark = pytest.mark.process
DEMO = {"SIMPUL_DEMO": "1"}


def test_the_example_is_loaded_counted_and_removed_without_a_trace(tmp_path: Path) -> None:
    data = migrated(tmp_path / "demo", areas=True)
    loaded = simpul(data, "demo", "load", settings=DEMO)
    assert loaded.returncode == 0, loaded.stderr
    status = simpul(data, "demo", "status", settings=DEMO).stdout
    assert re.search(r"^storyline +(\d+) / \1  complete$", status, re.MULTILINE), status
    assert "acceptance   0 / " in status

    counted = json.loads(simpul(data, "results", "--json", "--as-of", "2024-09-30", settings=DEMO).stdout)
    values = {f["code"]: f["value"] for f in counted["figures"]}
    assert {code: value for code, value in values.items() if value} == {"F20": 2, "F21": 4}
    named = simpul(data, "results", "--programme", "inklusi", settings=DEMO)
    assert "F1         1  Regencies and cities" in named.stdout

    kept = simpul(data, "demo", "remove", settings=DEMO, typed="no\n")
    assert (kept.returncode, data.exists()) == (0, True)
    gone = simpul(data, "demo", "remove", settings=DEMO, typed="ya\n")
    assert gone.returncode == 0
    assert not data.exists()


def test_removing_is_refused_where_this_is_no_demo(tmp_path: Path) -> None:
    refused = simpul(tmp_path / "real", "demo", "remove", "--yes")
    assert refused.returncode == 2
    assert "This is not the demo's data folder." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--programme", "ENTAH"], "No one programme is called 'ENTAH'."), (["--as-of", "besok"], "is no date")],
)
def test_a_question_that_can_not_be_understood_is_answered_in_words(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    asked = simpul(migrated(tmp_path / "data"), "results", *arguments)
    assert asked.returncode == 2
    assert words in asked.stderr
