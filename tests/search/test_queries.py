"""Both engines find the same."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.search import queries
from simpul.search.index import Publication, publish, withdraw
from simpul.search.queries import find

pytestmark = pytest.mark.django_db


def put(title: str, body: str = "", section: str = "thing") -> UUID:
    ref = RecordRef("tests.thing", uuid7())
    publish(Publication(ref, section, title, body))
    return ref.uuid


def found(text: str, **asked: object) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in find(text, **asked).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "yayasan peneda",
        "PENEDA yayasan",
        "Penéda",
        "pened",
        "penedagan",  # run together, from the beginning of the title
        "gandor",
        'peneda" OR "',
        "peneda & !gandor | (",
        "peneda -gandor *",
    ],
)
def test_find_ignores_case_accents_order_and_operators(text: str) -> None:
    put("Peneda Gandor", "Yayasan di Lombok Timur. Or not.")
    put("Forum Lain")
    assert found(text)[:1] == ["Peneda Gandor"]
    assert "Forum Lain" not in found(text)


@pytest.mark.parametrize("text", ["", "   ", "!?-", "tidakada", "peneda tidakada"])
def test_find_nothing(text: str) -> None:
    put("Peneda Gandor")
    assert find(text).hits == ()
    assert find(text).total == 0


def test_find_orders_titles_before_bodies() -> None:
    put("Sanggar Kecil", "Bekerja bersama Lentera Desa")
    put("Rumah Lentera", "Tempat belajar")
    put("Lentera Desa", "Kelompok warga")
    put("Lentera", "")
    assert found("lentera") == ["Lentera", "Lentera Desa", "Rumah Lentera", "Sanggar Kecil"]


def test_find_narrows_to_a_section() -> None:
    put("Lentera Satu", section="organisation")
    put("Lentera Dua", section="network")
    assert find("lentera").sections == {"organisation": 1, "network": 1}
    assert found("lentera", section="network") == ["Lentera Dua"]


def test_find_pages_without_gaps_or_repeats() -> None:
    for n in range(7):
        put(f"Lentera {n}")
    pages = [found("lentera", page=n, limit=3) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({title for page in pages for title in page}) == 7
    assert [find("lentera", page=n, limit=3).has_next for n in (1, 2, 3)] == [True, True, False]


def test_find_counts_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 5)
    for n in range(8):
        put(f"Lentera {n}")
    result = find("lentera", limit=3)
    assert (result.total, result.more_than_total, result.sections) == (5, True, {})
    assert found("lentera", page=2, limit=3) != []
    assert found("lentera", page=3, limit=3) == []


def test_find_marks_what_answers() -> None:
    put("Peneda Gandor", "Kelompok warga di Labuhan Haji yang mendampingi pengurusan akta.")
    hit = find("labuhan PENE").hits[0]
    assert [(p.text, p.answers) for p in hit.title] == [("Peneda", True), (" Gandor", False)]
    assert [p.text for p in hit.excerpt if p.answers] == ["Labuhan"]


def test_withdrawn_is_not_found() -> None:
    ref = RecordRef("tests.thing", uuid7())
    publish(Publication(ref, "thing", "Lentera"))
    withdraw(ref)
    withdraw(ref)
    assert found("lentera") == []


def test_republished_is_found_by_its_new_words_alone() -> None:
    ref = RecordRef("tests.thing", uuid7())
    publish(Publication(ref, "thing", "Lentera", "lama"))
    publish(Publication(ref, "thing", "Cahaya", "baru"))
    assert (found("lentera"), found("lama")) == ([], [])
    assert found("cahaya baru") == ["Cahaya"]


def test_publishing_the_same_writes_nothing() -> None:
    publication = Publication(RecordRef("tests.thing", uuid7()), "thing", "Lentera", "desa")
    publish(publication)
    with CaptureQueriesContext(connection) as captured:
        publish(publication)
    assert [q["sql"].split()[0] for q in captured] == ["SELECT"]


@pytest.mark.parametrize("rows", [1, 3])
def test_find_asks_three_queries(rows: int, django_assert_num_queries: object) -> None:
    for n in range(rows):
        put(f"Lentera {n}")
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(find("lentera").hits) == rows
