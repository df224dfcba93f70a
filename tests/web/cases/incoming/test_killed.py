"""A worker killed while reports are written and while they are taken back: every case whole and once, or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.config.backup.places import ENGINES, Place, place
from tests.web.imports.test_killed import kill_once

pytestmark = [pytest.mark.racing, pytest.mark.process]
ROWS = 160  # more than three times what one transaction holds


@pytest.fixture(params=ENGINES)
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, request.param) as made:
        made.shape()
        yield made


def run(at: Place, act: str) -> dict[str, Any]:
    script = f"import django\ndjango.setup()\nfrom tests.web.cases.incoming import world\nworld.{act}\n"
    said = at.ran(script)
    return dict(json.loads(said)) if said.strip() else {}


def test_a_worker_killed_in_the_middle_goes_on_and_every_report_is_there_once(at: Place) -> None:
    run(at, f"began({ROWS})")
    written = kill_once(at, "outcome = 'written'")
    assert 0 < written < ROWS
    told = run(at, "told()")
    assert told["state"] == "applying"
    assert {told[what] for what in ("cases", "people", "consents", "counted")} == {written}, "whole cases, no half ones"
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], told["outcomes"]) == ("done", {"written": ROWS})
    assert {told[what] for what in ("cases", "people", "consents", "counted")} == {ROWS}
    assert (told["late"], told["alerts"]) == (1, 0), "one notice for all that was late"
    assert told["kept"] == 0, "nothing of the file"

    run(at, "taken_back()")
    undone = kill_once(at, "outcome = 'undone'")
    assert 0 < undone < ROWS
    assert run(at, "told()")["cases"] == ROWS - undone
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], told["outcomes"]) == ("undone", {"undone": ROWS})
    assert {told[what] for what in ("cases", "people", "consents", "counted")} == {0}
