"""A book in a folder: a crash in the middle, an older copy put back, two at once."""

import fcntl
import shutil
from pathlib import Path

import numpy as np
import pytest

from simpul.disclosure.batches import Batch
from simpul.disclosure.books import Book
from simpul.disclosure.chains import FIRST
from simpul.disclosure.errors import Refused
from simpul.disclosure.ledger import FolderStore
from simpul.disclosure.packing import packed, unpacked
from tests.disclosure.years import MONTHS, month, nesting, publish

OUTLINE = nesting()
BATCHES = [month(OUTLINE, name) for name in MONTHS[:4]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months are out."""
    for batch in BATCHES[:2]:
        publish(Book(OUTLINE, FolderStore(tmp_path / "book")), "public", batch.name, BATCHES)
    return tmp_path / "book"


def refused(run: object, code: str) -> None:
    with pytest.raises(Refused) as error:
        run()  # type: ignore[operator]
    assert error.value.code == code


def released(folder: Path) -> list[str]:
    return [release.period for release in Book(OUTLINE, FolderStore(folder)).releases()]


def test_a_folder_keeps_a_book_between_processes(folder: Path) -> None:
    assert released(folder) == ["2025-01", "2025-02"]
    assert Book(OUTLINE, FolderStore(folder)).verify().releases == 2
    assert FolderStore(folder / "none").head() == FIRST


@pytest.mark.parametrize("half", [1, 40])
def test_a_crash_within_a_line_publishes_nothing_and_the_next_release_goes_on(folder: Path, half: int) -> None:
    lines = folder / "ledger.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole + whole[:half])
    refused(lambda: released(folder), "broken_ledger")
    FolderStore(folder).finish()
    assert released(folder) == ["2025-01", "2025-02"]
    publish(Book(OUTLINE, FolderStore(folder)), "public", "2025-03", BATCHES)
    assert released(folder) == ["2025-01", "2025-02", "2025-03"]


def test_a_crash_before_the_head_follows_leaves_the_release_published(folder: Path) -> None:
    head = (folder / "head").read_bytes()
    publish(Book(OUTLINE, FolderStore(folder)), "public", "2025-03", BATCHES)
    (folder / "head").write_bytes(head)
    assert released(folder)[-1] == "2025-03"
    publish(Book(OUTLINE, FolderStore(folder)), "public", "2025-04", BATCHES)
    assert Book(OUTLINE, FolderStore(folder)).verify().releases == 4


def test_a_crash_before_the_line_leaves_a_certificate_nobody_names(folder: Path) -> None:
    (folder / ("0" * 64 + ".certificate")).write_bytes(b"half")
    assert Book(OUTLINE, FolderStore(folder)).verify().releases == 2


def test_an_older_book_put_back_is_refused(folder: Path, tmp_path: Path) -> None:
    older = (folder / "ledger.jsonl").read_bytes()
    for name in MONTHS[2:4]:
        publish(Book(OUTLINE, FolderStore(folder)), "public", name, BATCHES)
    (folder / "ledger.jsonl").write_bytes(older)
    refused(lambda: released(folder), "broken_ledger")
    refused(lambda: Book(OUTLINE, FolderStore(folder)).verify(), "broken_ledger")


def test_a_lost_and_a_changed_certificate_are_noticed(folder: Path) -> None:
    (kept, _) = sorted(folder.glob("*.certificate"))
    data = kept.read_bytes()
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    refused(Book(OUTLINE, FolderStore(folder)).verify, "wrong_certificate")
    kept.unlink()
    refused(Book(OUTLINE, FolderStore(folder)).verify, "wrong_certificate")


def test_while_one_appends_another_is_refused(folder: Path) -> None:
    book = Book(OUTLINE, FolderStore(folder))
    made = book.propose("public", "2025-03", BATCHES[2:3])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(lambda: book.publish(made), "busy")
    assert book.publish(made).period == "2025-03"


def test_what_was_decided_upon_an_older_head_is_stale(folder: Path, tmp_path: Path) -> None:
    store = FolderStore(folder)
    before = store.head()
    made = Book(OUTLINE, store).propose("public", "2025-03", BATCHES[2:3])
    shutil.copytree(folder, tmp_path / "other")
    Book(OUTLINE, store).publish(made)
    refused(lambda: store.append(b"{}", "1" * 64, b"", after=before), "stale")
    assert Book(OUTLINE, FolderStore(tmp_path / "other")).publish(made) == Book(OUTLINE, store).releases()[-1]


def test_a_batch_is_read_as_it_was_kept() -> None:
    batch = Batch.from_data(BATCHES[0].data)
    assert (batch.digest, batch.name, batch.total) == (BATCHES[0].digest, "2025-01", BATCHES[0].total)
    for wrong in (b"", b"x", BATCHES[0].data[:-4]):
        refused(lambda wrong=wrong: Batch.from_data(wrong), "unreadable_data")


@pytest.mark.parametrize("many", [10, 2_000_000])
def test_small_and_large_numbers_are_read_as_they_were_kept(many: int) -> None:
    numbers = {"atom": np.arange(many, dtype=np.int64) % 1000, "change": np.full(many, -1, dtype=np.int64)}
    data = packed({"tables": 3}, numbers)
    assert len(data) < many + 200
    heading, read = unpacked(data)
    assert heading == {"tables": 3}
    assert all((read[name] == numbers[name]).all() for name in numbers)
    for wrong in (data[:-9], data[:6], data[:6] + b"x" * 40):
        refused(lambda wrong=wrong: unpacked(wrong), "unreadable_data")
