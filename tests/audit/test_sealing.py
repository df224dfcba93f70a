"""Rows are sealed once, in batches that follow each other; verifying names what was done to them afterwards."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.audit import chain, queries
from simpul.audit.models import Act, Batch
from simpul.audit.queries import verify
from simpul.audit.services import record, seal_pending
from simpul.audit.verification import Break, BreakKind, Head
from simpul.kernel.actor import System
from tests.factories.audit import acts, tamper
from tests.racing import at_once

NOW = datetime(2025, 2, 7, 3, 12, tzinfo=UTC)


@pytest.fixture
def chained(db: None) -> list[int]:
    """Three batches of three rows; the ids of the rows."""
    for n in range(3):
        acts(3)
        assert seal_pending(NOW + timedelta(seconds=n)) == 3
    return list(Act.objects.order_by("id").values_list("id", flat=True))


def kinds(found: list[Break]) -> list[tuple[BreakKind, int, int | None]]:
    return [(b.kind, b.batch, b.row) for b in found]


@pytest.mark.django_db
def test_nothing_waiting_seals_nothing() -> None:
    assert seal_pending(NOW) == 0
    assert not Batch.objects.exists()


@pytest.mark.django_db
def test_looking_for_rows_to_seal_writes_nothing(django_assert_num_queries: Callable[[int], object]) -> None:
    # The sealer asks every few seconds: an idle one must not take SQLite's write lock.
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        seal_pending(NOW)


@pytest.mark.django_db
def test_many_rows_make_several_batches() -> None:
    acts(7)
    assert seal_pending(NOW, most=3) == 7
    assert list(Batch.objects.order_by("number").values_list("number", "count")) == [(1, 3), (2, 3), (3, 1)]
    assert verify(NOW).ok


def test_a_whole_chain_verifies(chained: list[int]) -> None:
    result = verify(NOW)
    assert (result.ok, result.batches, result.rows, result.unsealed, result.breaks) == (True, 3, 9, 0, [])
    assert list(result.lines())[:2] == [
        "9 sealed rows in 3 batches were compared with their seals.",
        "Every row is as it was sealed, and no batch is missing.",
    ]


@pytest.mark.django_db
def test_an_empty_record_verifies() -> None:
    result = verify(NOW)
    assert (result.ok, result.batches, result.rows, result.head) == (True, 0, 0, None)


def test_the_digest_is_the_one_documented(chained: list[int]) -> None:
    first, second = Batch.objects.order_by("number")[:2]
    assert first.digest == chain.batch_digest("0" * 64, 1, NOW, bytes(first.manifest))
    assert second.digest == chain.batch_digest(first.digest, 2, NOW + timedelta(seconds=1), bytes(second.manifest))
    row = Act.objects.filter(id=chained[0]).values_list(*queries.CHAINED).get()
    assert next(iter(chain.Manifest(bytes(first.manifest)))) == (chained[0], chain.row_digest(row))


def test_a_row_digest_never_changes_between_versions() -> None:
    row = (7, NOW, "system", "test", None, None, "demo.load", "", None, {"b": [1, "x"], "a": None})
    assert chain.row_digest(row).hex() == ROW_7


# Of 7,2025-02-07T03:12:00.000000+00:00,...: if this changes, no record sealed before verifies any more.
ROW_7 = "5bb48491a0923fcdb41c71521ee936160d31bc2e6262ff7b847c6eb591de9566"


@pytest.mark.parametrize(
    "change",
    ["act = 'x.y'", "at = '2020-01-01 00:00:00+00:00'", "details = '{\"n\": 9}'", "purpose = ''", "ref_kind = 'a.b'"],
)
def test_a_changed_row_is_named(chained: list[int], change: str) -> None:
    tamper("audit_act", f"UPDATE audit_act SET {change} WHERE id = %s", chained[4])
    assert kinds(verify(NOW).breaks) == [(BreakKind.ROW_CHANGED, 2, chained[4])]


def test_a_removed_row_is_named(chained: list[int]) -> None:
    tamper("audit_act", "DELETE FROM audit_act WHERE id = %s", chained[8])
    assert kinds(verify(NOW).breaks) == [(BreakKind.ROW_MISSING, 3, chained[8])]


def test_a_row_added_to_a_sealed_batch_is_named(chained: list[int]) -> None:
    acts(1)
    new = Act.objects.latest("id").pk
    Act.objects.filter(pk=new).update(batch_id=2)
    assert kinds(verify(NOW).breaks) == [(BreakKind.ROW_ADDED, 2, new)]


def test_a_row_moved_to_another_batch_is_named_twice(chained: list[int]) -> None:
    tamper("audit_act", "UPDATE audit_act SET batch_id = 3 WHERE id = %s", chained[0])
    assert kinds(verify(NOW).breaks) == [
        (BreakKind.ROW_MISSING, 1, chained[0]),
        (BreakKind.ROW_ADDED, 3, chained[0]),
    ]


def test_a_manifest_mended_to_hide_a_change_breaks_its_batch(chained: list[int]) -> None:
    tamper("audit_act", "UPDATE audit_act SET act = 'x.y' WHERE id = %s", chained[4])
    batch = Batch.objects.get(number=2)
    mended = chain.Manifest()
    for row in Act.objects.filter(batch_id=2).order_by("id").values_list(*queries.CHAINED):
        mended.add(row[0], chain.row_digest(row))
    tamper("audit_batch", "UPDATE audit_batch SET manifest = %s WHERE number = 2", bytes(mended))
    assert kinds(verify(NOW).breaks) == [(BreakKind.BATCH_CHANGED, 2, None)]
    # The digest mended as well: the next batch no longer follows.
    digest = chain.batch_digest(Batch.objects.get(number=1).digest, 2, batch.sealed_at, bytes(mended))
    tamper("audit_batch", "UPDATE audit_batch SET digest = %s WHERE number = 2", digest)
    assert kinds(verify(NOW).breaks) == [(BreakKind.BATCH_CHANGED, 3, None)]


@pytest.mark.parametrize("column", ["count = 4", "sealed_at = '2020-01-01 00:00:00+00:00'", "digest = 'f'"])
def test_a_changed_batch_is_named(chained: list[int], column: str) -> None:
    tamper("audit_batch", f"UPDATE audit_batch SET {column} WHERE number = 3")
    assert kinds(verify(NOW).breaks) == [(BreakKind.BATCH_CHANGED, 3, None)]


def test_a_missing_batch_is_named_and_the_rest_still_read(chained: list[int]) -> None:
    tamper("audit_act", "DELETE FROM audit_act WHERE batch_id = 2")
    tamper("audit_batch", "DELETE FROM audit_batch WHERE number = 2")
    result = verify(NOW)
    assert kinds(result.breaks) == [(BreakKind.BATCHES_MISSING, 2, None)]
    assert (result.batches, result.rows) == (2, 6)
    assert "BREAK: batch 2 is missing." in list(result.lines())


def test_a_tail_cut_off_is_seen_by_the_head_noted_before(chained: list[int]) -> None:
    noted = verify(NOW).head
    assert noted is not None
    tamper("audit_act", "DELETE FROM audit_act WHERE batch_id >= 2")
    tamper("audit_batch", "DELETE FROM audit_batch WHERE number >= 2")
    assert verify(NOW).ok
    assert kinds(verify(NOW, noted=Head.parse(str(noted))).breaks) == [(BreakKind.HEAD_MISSING, 3, None)]


def test_a_chain_made_anew_is_seen_by_the_head_noted_before(chained: list[int]) -> None:
    noted = verify(NOW).head
    tamper("audit_act", "UPDATE audit_act SET batch_id = NULL")
    tamper("audit_batch", "DELETE FROM audit_batch")
    tamper("audit_act", "UPDATE audit_act SET act = 'x.y'")
    seal_pending(NOW, most=3)
    assert verify(NOW).ok
    assert kinds(verify(NOW, noted=noted).breaks) == [(BreakKind.HEAD_MISSING, 3, None)]


@pytest.mark.parametrize("text", ["", "3", "3:abc", "x:" + "a" * 64, "3:" + "g" * 64, "-1:" + "a" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Head.parse(text)


def test_rows_that_wait_are_counted_with_their_age(chained: list[int]) -> None:
    acts(2)
    oldest = Act.objects.filter(batch=None).earliest("id").at
    result = verify(oldest + timedelta(minutes=5))
    assert (result.ok, result.unsealed, result.unsealed_age) == (True, 2, timedelta(minutes=5))
    assert "2 rows wait to be sealed, the oldest for 5 minutes." in list(result.lines())


def test_more_breaks_than_can_be_named_are_counted(chained: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.audit.verification._KEPT", 2)
    tamper("audit_act", "DELETE FROM audit_act")
    result = verify(NOW)
    assert (result.found, len(result.breaks)) == (9, 2)
    assert "BREAK: and 7 more." in list(result.lines())


def test_verifying_reads_several_batches_a_query(
    chained: list[int], django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        verify(NOW)


@pytest.mark.parametrize("change", ["UPDATE audit_act SET batch_id = 1 WHERE batch_id = 2", "DELETE FROM audit_batch"])
def test_the_database_itself_refuses(chained: list[int], change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.racing
def test_two_sealers_and_several_writers_at_once(raced: None) -> None:
    done = threading.Event()

    def keep_sealing() -> int:
        sealed = 0
        while not done.wait(0.005):
            sealed += seal_pending(NOW, most=4)
        return sealed

    def write() -> None:
        for _ in range(15):
            with transaction.atomic():
                acts(2)

    finished = [threading.Event() for _ in range(3)]

    def write_and_tell(mine: threading.Event) -> None:
        try:
            write()
        finally:
            mine.set()
            if all(event.is_set() for event in finished):
                done.set()

    writers = [lambda mine=event: write_and_tell(mine) for event in finished]
    results = at_once(keep_sealing, keep_sealing, *writers)
    assert results[2:] == [None, None, None]
    total = sum(r for r in results[:2] if isinstance(r, int)) + seal_pending(NOW)
    result = verify(NOW)
    assert (total, result.rows, result.unsealed, result.breaks) == (90, 90, 0, [])
    assert sum(Batch.objects.values_list("count", flat=True)) == 90


@pytest.mark.racing
@pytest.mark.two_writers
def test_a_row_that_commits_after_a_later_one_was_sealed_is_not_skipped(raced: None) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            record(System("slow"), "demo.load_storyline", None)
            written.set()
            assert may_commit.wait(60)

    def seal_meanwhile() -> int:
        assert written.wait(60)
        try:
            record(System("fast"), "demo.load_storyline", None)
            return seal_pending(NOW)
        finally:
            may_commit.set()

    assert at_once(write_slowly, seal_meanwhile) == [None, 1]
    slow, fast = Act.objects.order_by("id")
    assert (slow.purpose, slow.batch_id, fast.purpose, fast.batch_id) == ("slow", None, "fast", 1)
    assert seal_pending(NOW) == 1
    result = verify(NOW)
    assert (result.ok, result.rows, result.batches) == (True, 2, 2)
