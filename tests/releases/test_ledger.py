"""What was published is proved, by whom it may be asked: chains, heads, cells; restored, tampered with, killed."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from simpul.config import cli
from simpul.disclosure.errors import Refused
from simpul.kernel.errors import Conflict
from simpul.releases import heads, health
from simpul.releases.booking import Chain
from simpul.releases.heads import heads_path, missing_heads, note_heads
from simpul.releases.lines import cells_on, packed, read_line, unpacked
from simpul.releases.models import Batch, Book, Head, Proposal, PublishedCell, Release
from simpul.releases.rounds import decide
from simpul.releases.rounds import heads as heads_round
from simpul.releases.services.proposing import propose_release
from simpul.releases.services.publishing import approve_release
from simpul.releases.tables import Audience
from simpul.releases.verifying import verify_books
from tests.cast import Cast
from tests.factories.releases import WHY, a_month, at_home, decided, over, released

LATER = over("2025-01")


@pytest.fixture
def january(cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    """January is out, in a data folder of its own."""
    settings.DATA = tmp_path
    at_home(cast)
    a_month()
    released(cast, now=LATER)
    return cast


def unguarded(model: type, *statements: tuple[str, list[object]]) -> None:
    """What somebody could do who writes into the database itself."""
    table = model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked keeps a table from change
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for statement, parameters in statements:
            cursor.execute(statement.format(table=table), parameters)


def levels(probe: Any) -> list[str]:
    return [finding.level for finding in probe(LATER)]


def test_a_whole_ledger_is_proved(january: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    (book,) = verify_books()
    release = Release.objects.get()
    assert (book.year, book.releases, book.wrong, book.head) == (2025, 1, "", release.digest)
    assert book.protected > 0
    assert book.tables == release.tables > 0
    for probe in (health.chain_is_whole, health.nothing_was_unpublished, health.cells_are_on_lines):
        assert levels(probe) == ["OK"]
    assert (levels(health.months_follow), levels(health.proposals_are_decided)) == (["OK"], ["OK"])
    assert cli.main(["releases", "verify", "--head", release.digest]) == 0
    assert release.digest in capsys.readouterr().out
    assert cli.main(["releases", "verify", "--head", "0" * 64]) == 1


def test_the_line_holds_what_the_tables_show(january: Cast) -> None:
    release = Release.objects.get()
    line = read_line(unpacked(release.line))
    assert (line["tier"], line["period"], line["number"]) == (Audience.PUBLIC, "2025-01", 1)
    cells = list(cells_on(line))
    told = [cell for cell in cells if cell.count is not None]
    assert (len(cells), len(told)) == (release.declared, release.published) == (release.declared, release.cells.count())
    assert len({(c.table.key, c.area, c.type, c.sex, c.age) for c in cells}) == len(cells)


def test_a_count_changed_in_the_tables_is_found(january: Cast) -> None:
    unguarded(PublishedCell, ("UPDATE {table} SET count = count + 1 WHERE area = ''", []))
    (book,) = verify_books()
    assert "differ from their lines" in book.wrong
    assert levels(health.cells_are_on_lines) == ["OK"]  # as many as before: the command compares each


def test_a_cell_taken_out_of_the_tables_is_found(january: Cast) -> None:
    unguarded(PublishedCell, ("DELETE FROM {table} WHERE area = ''", []))
    assert levels(health.cells_are_on_lines) == ["FAIL"]


def test_a_line_written_anew_is_found(january: Cast) -> None:
    release = Release.objects.get()
    line = {**read_line(unpacked(release.line)), "period": "2025-02"}
    other = packed(json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    unguarded(Release, ("UPDATE {table} SET line = %s", [other]))
    assert levels(health.chain_is_whole) == ["FAIL"]
    (book,) = verify_books()
    assert "broken_ledger" in book.wrong


def test_a_certificate_of_something_else_is_found(january: Cast) -> None:
    unguarded(Release, ("UPDATE {table} SET certificate_digest = %s", ["0" * 64]))
    (book,) = verify_books()
    assert "wrong_certificate" in book.wrong


def test_a_chain_that_was_cut_ends_elsewhere_than_its_head(january: Cast) -> None:
    unguarded(PublishedCell, ("DELETE FROM {table}", []))
    unguarded(Release, ("DELETE FROM {table}", []))
    assert levels(health.chain_is_whole) == ["FAIL"]
    with pytest.raises(Conflict) as refused:
        propose_release(january.fitri.actor, now=LATER)
    assert refused.value.code == "broken_ledger"


def test_a_closed_month_taken_out_is_found(january: Cast) -> None:
    unguarded(Batch, ("UPDATE {table} SET number = 7", []))
    assert levels(health.months_follow) == ["FAIL"]


def test_a_database_from_before_a_release_publishes_nothing_more(
    cast: Cast, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA = tmp_path
    at_home(cast)
    a_month()
    proposal = decided(cast, now=LATER)
    assert proposal.digest is not None
    approve_release(cast.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    with transaction.atomic():
        approve_release(cast.dewi.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
        note_heads()
        note_heads()  # once more changes nothing
        noted = Head.objects.get().digest
        transaction.set_rollback(True)  # what a backup from before gives back
    assert heads_path().read_text().count(noted) == 1
    assert [one.digest for one in missing_heads()] == [noted]
    for call in (
        lambda: propose_release(cast.fitri.actor, now=LATER),
        lambda: approve_release(cast.dewi.actor, proposal, digest=str(proposal.digest), reason=WHY, now=LATER),
    ):
        with pytest.raises(Conflict) as refused:
            call()
        assert refused.value.code == "broken_ledger"
    assert levels(health.nothing_was_unpublished) == ["FAIL"]
    assert cli.main(["releases", "verify"]) == 1
    assert "restored from before" in capsys.readouterr().err


def test_heads_are_noted_again_where_a_line_was_cut(january: Cast) -> None:
    heads_path().write_text('{"node": "half a li', encoding="utf-8")
    heads_round(lambda: LATER)
    assert missing_heads() == []
    assert [one.digest for one in heads._noted(str(heads._node()))] == [Head.objects.get().digest]


def test_nothing_is_noted_of_a_demo(january: Cast, settings: Any) -> None:
    settings.DEMO = True
    note_heads()
    assert not heads_path().exists()


def test_what_waits_is_worked_out_by_the_worker(january: Cast) -> None:
    now = over("2025-02")
    proposal = propose_release(january.fitri.actor, now=now)
    assert decide(lambda: now) == 1
    assert decide(lambda: now) == 0
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.computed_at, fresh.done, fresh.total) == (now, 1, 1)


def test_a_proposal_nobody_works_out_is_told(january: Cast) -> None:
    propose_release(january.fitri.actor, now=LATER - timedelta(hours=2) + timedelta(days=40))
    late = LATER + timedelta(days=40)
    assert [finding.level for finding in health.proposals_are_decided(late)] == ["WARN"]


def test_the_chain_in_memory_refuses_what_follows_something_else(january: Cast) -> None:
    chain = Chain(Book.objects.get())
    with pytest.raises(Refused) as refused:
        chain.append(b"", "1" * 64, b"", after="0" * 64)
    assert refused.value.code == "stale"
    with pytest.raises(Refused) as gone:
        chain.certificate("2" * 64)
    assert gone.value.code == "wrong_certificate"
