"""The checker refuses what proves nothing; the ledger what was changed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simpul.config.cli import main
from simpul.disclosure.certificates import Certificate
from simpul.disclosure.chains import key_of
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import Cells
from simpul.disclosure.errors import Refused
from simpul.disclosure.explaining import BLANK, explain
from simpul.disclosure.ledger import Ledger
from simpul.disclosure.protecting import Protection, protect, thresholds
from tests.disclosure.worlds import nested

K = 5


@pytest.fixture(scope="module")
def cells() -> Cells:
    return nested((2, 3), 2, [9, 1, 12, 3, 0, 7, 15, 2, 8, 6])


@pytest.fixture(scope="module")
def made(cells: Cells) -> Protection:
    return protect(cells, K)


def refused(cells: Cells, made: Protection, **changed: object) -> str:
    given = {"k": thresholds(cells, K), "is_published": made.is_published, "certificate": made.certificate} | changed
    with pytest.raises(Refused) as error:
        verify(cells, **given)  # type: ignore[arg-type]
    return error.value.code


def test_a_certificate_is_accepted_as_it_was_made(cells: Cells, made: Protection) -> None:
    verdict = verify(cells, thresholds(cells, K), made.is_published, made.certificate)
    assert verdict.protected == int((cells.values < K).sum())
    assert 0 <= verdict.reaching <= verdict.protected
    assert verdict.tables == made.certificate.tables > 0


def test_every_changed_entry_of_a_certificate_is_noticed(cells: Cells, made: Protection) -> None:
    for entry in range(len(made.certificate.change)):
        change = made.certificate.change.copy()
        change[entry] += 1
        assert refused(cells, made, certificate=replace(made.certificate, change=change)) == "wrong_certificate"


def test_a_certificate_of_too_few_tables_is_refused(cells: Cells, made: Protection) -> None:
    assert refused(cells, made, certificate=replace(made.certificate, tables=0)) == "wrong_certificate"


def test_a_published_cell_below_its_threshold_is_refused(cells: Cells, made: Protection) -> None:
    out = made.is_published.copy()
    out[int(np.flatnonzero(cells.values < K)[0])] = True
    assert refused(cells, made, is_published=out) == "wrong_certificate"


def test_a_changed_value_is_refused(cells: Cells, made: Protection) -> None:
    values = cells.values.copy()
    values[0] += 1
    assert refused(replace(cells, values=values), made) == "wrong_certificate"


def test_a_digest_that_is_told_confirms_no_guess_at_what_it_is_of(cells: Cells, made: Protection) -> None:
    again = protect(cells, K)
    assert np.array_equal(again.certificate.change, made.certificate.change)
    assert again.certificate.digest != made.certificate.digest
    assert Certificate.from_data(made.certificate.data).digest == made.certificate.digest


def told(cells: Cells, made: Protection) -> dict[str, int | None]:
    return {
        key_of(labels): int(value) if out else None
        for labels, value, out in zip(cells.labels(), cells.values, made.is_published, strict=True)
    }


@pytest.fixture
def ledger(tmp_path: Path, cells: Cells, made: Protection) -> Ledger:
    kept = Ledger(tmp_path / "public")
    for period in ("2026-01", "2026-02", "2026-03"):
        kept.append(period, told(cells, made), made.certificate)
    return kept


def test_a_ledger_keeps_every_release_and_what_proves_it(ledger: Ledger, cells: Cells, made: Protection) -> None:
    releases = ledger.releases()
    assert [release.period for release in releases] == ["2026-01", "2026-02", "2026-03"]
    assert [release.before for release in releases[1:]] == [release.digest for release in releases[:-1]]
    for release in releases:
        verify(cells, thresholds(cells, K), made.is_published, ledger.certificate(release))


def test_a_period_is_published_once(ledger: Ledger, cells: Cells, made: Protection) -> None:
    again = ledger.append("2026-02", told(cells, made), made.certificate)
    assert (again.number, len(ledger.releases())) == (2, 3)
    other = told(cells, made) | {key_of(next(iter(cells.labels()))): 1}
    with pytest.raises(Refused) as error:
        ledger.append("2026-02", other, made.certificate)
    assert error.value.code == "published_already"


def lines(ledger: Ledger) -> list[str]:
    return (ledger.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()


def rewrite(ledger: Ledger, changed: list[str]) -> None:
    (ledger.folder / "ledger.jsonl").write_text("".join(line + "\n" for line in changed), encoding="utf-8")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_changed_line_breaks_the_ledger(ledger: Ledger, place: int) -> None:
    changed = lines(ledger)
    said = json.loads(changed[place])
    key = next(iter(said["cells"]))
    said["cells"][key] = (said["cells"][key] or 0) + 1
    changed[place] = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    rewrite(ledger, changed)
    with pytest.raises(Refused) as error:
        ledger.releases()
    assert error.value.code == "broken_ledger"


@pytest.mark.parametrize("kept", [[0, 2], [1, 2], [0, 1, 2, 2], [0]])
def test_a_missing_a_doubled_and_a_cut_line_break_the_ledger(ledger: Ledger, kept: list[int]) -> None:
    every = lines(ledger)
    rewrite(ledger, [every[i] for i in kept])
    with pytest.raises(Refused) as error:
        ledger.releases()
    assert error.value.code == "broken_ledger"


def test_an_older_ledger_put_back_from_a_backup_is_refused(ledger: Ledger, cells: Cells, made: Protection) -> None:
    rewrite(ledger, lines(ledger)[:1])
    with pytest.raises(Refused) as error:
        ledger.append("2026-04", told(cells, made), made.certificate)
    assert error.value.code == "broken_ledger"


def test_a_crash_in_the_middle_of_a_line_publishes_nothing_by_half(
    ledger: Ledger, cells: Cells, made: Protection
) -> None:
    whole = (ledger.folder / "ledger.jsonl").read_bytes()
    (ledger.folder / "ledger.jsonl").write_bytes(whole + whole[:40])
    with pytest.raises(Refused):
        ledger.releases()
    ledger.append("2026-04", told(cells, made), made.certificate)
    assert [release.period for release in ledger.releases()] == ["2026-01", "2026-02", "2026-03", "2026-04"]


def test_a_crash_before_the_head_follows_leaves_the_release_published(
    ledger: Ledger, cells: Cells, made: Protection
) -> None:
    head = (ledger.folder / "head").read_text(encoding="ascii")
    ledger.append("2026-04", told(cells, made), made.certificate)
    (ledger.folder / "head").write_text(head, encoding="ascii")
    assert len(ledger.releases()) == 4
    ledger.append("2026-05", told(cells, made), made.certificate)
    assert len(ledger.releases()) == 5


def test_a_blank_is_explained_by_the_same_words_whatever_is_behind_it(cells: Cells, made: Protection) -> None:
    blanks = np.flatnonzero(~made.is_published)
    said = [explain(cells, made.is_published, int(cell)) for cell in blanks]
    assert {one.words for one in said} == {BLANK}
    other = replace(cells, values=cells.values + 1)
    assert [explain(other, made.is_published, int(cell)) for cell in blanks] == said, "no count was looked at"
    names = dict(zip(cells.labels(), made.is_published.tolist(), strict=True))
    assert all(names[labels] for one in said for labels in one.instead)


def test_the_command_publishes_checks_and_keeps_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"p{i // 4},d{i},{'fm'[j]},{(7 * i + 3 * j) % 23}" for i in range(12) for j in range(2)]
    source, out = tmp_path / "cases.csv", tmp_path / "safe.csv"
    source.write_text("prov,dist,sex,freq\n" + "\n".join(rows) + "\n", encoding="utf-8")
    call = ["protect", str(source), "--dims", "prov>dist,sex", "--count", "freq", "-k", "5", "--zeros", "hide"]
    kept = ["--out", str(out), "--ledger", str(tmp_path / "ledger"), "--period", "2026-03"]
    assert main([*call, *kept]) == 0
    assert "cells declared" in capsys.readouterr().out
    head, *body = out.read_text(encoding="utf-8").splitlines()
    assert head == "prov,dist,sex,count,status"
    assert len(body) == (1 + 3 + 12) * 3
    told = [line.split(",") for line in body]
    assert {line[-1] for line in told} == {"published", "suppressed"}
    assert all(int(line[-2]) >= 5 if line[-1] == "published" else line[-2] == "" for line in told)
    cells = Ledger(tmp_path / "ledger").releases()[0].cells
    assert cells == {key_of(line[:3]): int(line[3]) if line[3] else None for line in told}
    assert main([*call, *kept]) == 0, "the same once more is the same"


def test_the_command_writes_nothing_where_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "cases.csv", tmp_path / "safe.csv"
    source.write_text("a,n\nx,-3\n", encoding="utf-8")
    assert main(["protect", str(source), "--dims", "a", "--count", "n", "--out", str(out)]) == 1
    assert "refused (negative_count)" in capsys.readouterr().err
    assert not out.exists()
    assert (
        main(["protect", str(source), "--dims", "a", "--count", "n", "--out", str(out), "--ledger", str(tmp_path)]) == 2
    )


def test_the_command_appends_to_a_whole_ledger_and_refuses_a_broken_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "ledger", tmp_path / "safe.csv"

    def month(name: str, more: int) -> int:
        source = tmp_path / f"{name}.csv"
        rows = [f"p{i // 4},d{i},{'fm'[j]},{(7 * i + 3 * j + more) % 23}" for i in range(12) for j in range(2)]
        source.write_text("prov,dist,sex,freq\n" + "\n".join(rows) + "\n", encoding="utf-8")
        call = ["protect", str(source), "--dims", "prov>dist,sex", "--count", "freq", "--out", str(out)]
        return main([*call, "--ledger", str(folder), "--period", name])

    assert (month("2026-01", 0), month("2026-02", 5)) == (0, 0)
    head = Ledger(folder).verify()[-1].digest
    assert f"The ledger is whole: 2 releases, the last is {head}." in capsys.readouterr().out
    older, kept = (folder / "ledger.jsonl").read_bytes(), min(folder.glob("*.certificate"))
    data = kept.read_bytes()
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    out.unlink()
    assert (month("2026-03", 2), out.exists()) == (1, False)
    assert "refused (wrong_certificate)" in capsys.readouterr().err
    kept.write_bytes(data)
    assert len(Ledger(folder).releases()) == 2, "nothing was appended to what is broken"
    assert month("2026-03", 2) == 0
    (folder / "ledger.jsonl").write_bytes(older)
    assert month("2026-04", 3) == 1
    assert "refused (broken_ledger)" in capsys.readouterr().err
