"""`simpul protect` on tables as people have them: what can be counted is published, anything else refused in words."""

import csv
from pathlib import Path

import pytest

from simpul.config.cli import main

HEADING = "prov,dist,sex,freq\n"


def run(folder: Path, text: str, *more: str) -> tuple[int, list[dict[str, str]] | None]:
    """The exit code, and the rows that were written; None where nothing was."""
    source, out = folder / "cases.csv", folder / "safe.csv"
    source.write_text(text, encoding="utf-8")
    code = main(["protect", str(source), "--dims", "prov>dist,sex", "--count", "freq", "--out", str(out), *more])
    if not out.exists():
        return code, None
    with out.open(encoding="utf-8", newline="") as file:
        return code, list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("rows", "declared", "published"),
    [
        ("P,D,f,9\n", 6, 6),  # one place is every margin of itself
        ("P,D,f,3\n", 6, 0),
        ("", 1, 0),  # nobody: a total of nobody
        ("P,D,f,0\nP,E,m,0\n", 12, 0),
        ("P,D,f,4\nP,D,f,5\n", 6, 6),  # rows of the same cell add up
        ('"Jawa, Barat","Kota ""X""",f,9\n', 6, 6),
        ("Papúa,Dogiyai – 丙,f,9\n", 6, 6),
        ("P,D,f,9\nP,E,m,7\nQ,F,f,2\n", 18, None),  # combinations that are missing count as 0
    ],
)
def test_an_odd_table_is_published_as_far_as_it_may_be(
    tmp_path: Path, rows: str, declared: int, published: int | None
) -> None:
    code, told = run(tmp_path, HEADING + rows)
    assert code == 0
    assert told is not None
    assert len(told) == declared
    assert all((row["count"] == "") == (row["status"] == "suppressed") for row in told)
    assert all(int(row["count"]) >= 5 for row in told if row["count"])
    if published is not None:
        assert sum(row["status"] == "published" for row in told) == published


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable_table"),
        (HEADING + "P,D,f\n", "unreadable_table"),
        (HEADING + "P,D,f,1.5\n", "unreadable_table"),
        (HEADING + "P,D,f,many\n", "unreadable_table"),
        (HEADING + "P,D,f,-1\n", "negative_count"),
        (HEADING + "P,Total,f,9\n", "reserved_label"),
        ("prov,dist,freq\nP,D,9\n", "unknown_column"),
        ("prov,dist,sex,freq,freq\nP,D,f,9,9\n", "unreadable_table"),
        (HEADING + f"P,D,f,{2**60}\n", "overflow"),
    ],
)
def test_what_can_t_be_counted_is_refused_in_words_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    assert run(tmp_path, text, "--ledger", str(tmp_path / "ledger"), "--period", "2026-03") == (1, None)
    assert f"refused ({code})." in capsys.readouterr().err
    assert not (tmp_path / "ledger").exists()


def test_a_threshold_below_one_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, HEADING + "P,D,f,9\n", "-k", "0") == (1, None)


def test_zeros_are_shown_where_asked(tmp_path: Path) -> None:
    code, told = run(tmp_path, HEADING + "P,D,f,9\nP,D,m,0\nP,E,f,8\nP,E,m,7\n", "--zeros", "show")
    assert code == 0
    assert told is not None
    assert [row["count"] for row in told if (row["dist"], row["sex"]) == ("D", "m")] == ["0"]
