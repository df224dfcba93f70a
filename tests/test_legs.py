"""What ./test says of tests that fail: once, always, or too many at once."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.process
TOOLS = Path(__file__).resolve().parent.parent / "tools"

STEADY = "def test_steady():\n    pass\n"
UNSTEADY = """
from pathlib import Path


def test_unsteady():
    seen = Path("seen")
    first = not seen.exists()
    seen.touch()
    assert not first
"""
BROKEN = "def test_broken():\n    assert 2 > 3\n"


@pytest.fixture
def legs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project of tests, which is the working directory."""
    monkeypatch.syspath_prepend(str(TOOLS))
    (tmp_path / "run").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -q -p no:django\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(folder: Path) -> tuple[int, int, list[str]]:
    """How many passed and failed, and which were unsteady."""
    from tools.legs import Run  # inline: needs the path

    run = Run(folder / "run", aloud=False)
    run.pytest("tests")
    (result,) = run.results
    return result.passed, result.failed, result.unsteady


def test_what_fails_beside_others_and_passes_alone_is_named(legs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (legs / "test_one.py").write_text(STEADY + UNSTEADY)
    assert ran(legs) == (2, 0, ["test_one.py::test_unsteady"])
    assert capsys.readouterr().out.count("== tests: what failed, alone") == 3


def test_what_fails_again_has_failed(legs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (legs / "test_one.py").write_text(STEADY + UNSTEADY + BROKEN)
    assert ran(legs) == (1, 2, [])
    assert "1 of 3" in capsys.readouterr().out


def test_many_failures_are_not_asked_again(legs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    several = "".join(f"def test_{number}():\n    assert not {number}\n" for number in range(1, 7))
    (legs / "test_one.py").write_text(STEADY + several)
    assert ran(legs) == (1, 6, [])
    assert "alone" not in capsys.readouterr().out


def test_a_file_that_cannot_be_read_has_failed(legs: Path) -> None:
    (legs / "test_one.py").write_text("import nothing_of_that_name\n")
    passed, failed, unsteady = ran(legs)
    assert (passed, bool(failed), unsteady) == (0, True, [])


def test_a_race_is_marked_where_it_is_written() -> None:
    """So the legs of races load no other file."""
    named = "mark." + "racing"
    others = [path for path in Path(__file__).parent.rglob("*.py") if not path.name.startswith("test_")]
    assert [path for path in others if named in path.read_text(encoding="utf-8")] == []


def test_a_run_says_what_was_unsteady(legs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tools.legs import Result, summary  # inline: needs the path

    assert summary([Result("tests", passed=3, unsteady=["test_one.py::test_unsteady"])]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("UNSTEADY")] == [
        "UNSTEADY tests: test_one.py::test_unsteady failed once, then passed 3 times alone. It needs mending."
    ]
    assert said[-1] == "3 passed, 0 failed"
