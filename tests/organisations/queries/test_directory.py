"""The directory finds by what people type, page by page, and never shows what is hidden."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.kernel.actor import Anonymous, Reach
from simpul.kernel.ids import uuid7
from simpul.kernel.text import fold, fold_words
from simpul.organisations.models import Organisation
from simpul.organisations.queries import ways
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.standing import confirm_active
from tests.factories.organisations import NOW, SYSTEM, make_organisation, someone
from tests.factories.territory import MASBAGIK_UTARA_BARU

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["few", "many"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways the directory goes: by the few of one narrowing, or along an index."""
    if request.param == "many":
        monkeypatch.setattr(ways, "FEW", 0)
    return str(request.param)


def names(**search: Any) -> list[str]:
    return [o.name for o in directory(Anonymous(), Search(**search)).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("penedagandor", ["KK Peneda Gandor"]),
        ("Peneda  GANDOR", ["KK Peneda Gandor"]),
        ("gandor", ["KK Peneda Gandor"]),
        ("gandor kk", ["KK Peneda Gandor"]),
        ("kk gand", ["KK Peneda Gandor"]),
        ("andor", []),
        ("desa réformasi", ["Désa Reformasi"]),
        ("jms", ["Jaringan Masyarakat Sipil"]),
        ("sipil jaringan zzz", []),
        ("!!!", []),
        ("%", []),
        ("x" * 500, []),
    ],
)
def test_finds_what_people_type(way: str, text: str, found: list[str]) -> None:
    make_organisation(name="KK Peneda Gandor")
    make_organisation(name="Jaringan Masyarakat Sipil", acronym="JMS")
    make_organisation(name="Désa Reformasi")
    assert names(text=text) == found


def test_an_organisation_found_twice_is_listed_once(way: str) -> None:
    make_organisation(name="Lembaga Lentera Lestari")
    make_organisation(name="Lentera")
    listing = directory(Anonymous(), Search(text="le"))
    assert ([o.name for o in listing.rows], listing.total) == (["Lembaga Lentera Lestari", "Lentera"], 2)


def test_narrowings_work_together(way: str) -> None:
    kept = make_organisation(name="Lentera Masbagik", kind="OT.K", seat=MASBAGIK_UTARA_BARU)
    change_profile(SYSTEM, kept, changes={"sectors": ["KES"]}, seen_version=1, now=NOW)
    make_organisation(name="Lentera Lobar", kind="OT.K", seat="52.01")
    make_organisation(name="Lentera Yayasan", kind="OT.Y", seat="52.03")
    everything = {"text": "lentera", "area_code": "52.03", "sector": "KES", "kind": "OT.K"}
    assert names(**everything) == ["Lentera Masbagik"]
    assert names(area_code="52.03") == ["Lentera Masbagik", "Lentera Yayasan"]
    assert names(area_code="52") == ["Lentera Lobar", "Lentera Masbagik", "Lentera Yayasan"]
    assert names(area_code="5") == []
    assert names(kind="OT.K") == ["Lentera Lobar", "Lentera Masbagik"]
    assert names(**{**everything, "sector": "PP"}) == []
    assert names(network=uuid7()) == []


def test_pages_follow_each_other_without_gap_or_repeat(way: str) -> None:
    for number in range(7):
        make_organisation(name=f"Lentera {number % 3}")
    for search in (Search(), Search(text="lentera"), Search(kind="OT.Y")):
        seen: list[Organisation] = []
        after = ""
        for size in (3, 3, 1):
            page = directory(Anonymous(), search, after=after, limit=3)
            assert (len(page.rows), page.total) == (size, 7)
            seen += page.rows
            after = page.next
        assert after == ""
        assert len(set(seen)) == 7
        assert [o.name for o in seen] == sorted(o.name for o in seen)


@pytest.mark.parametrize("after", ["x", "e30=", "WzEsMl0=", "é", "W10="])
def test_a_cursor_that_is_none_of_ours_gives_the_first_page(after: str) -> None:
    make_organisation(name="Lentera")
    assert len(directory(Anonymous(), Search(), after=after).rows) == 1


def test_a_hidden_organisation_is_in_no_list_and_no_total(way: str) -> None:
    hidden = make_organisation(name="Lentera Teduh", seat="52.03", hidden=True)
    make_organisation(name="Lentera Terang", seat="52.03")
    for search in (Search(), Search(text="lentera"), Search(area_code="52.03"), Search(text="teduh")):
        listing = directory(Anonymous(), search)
        assert hidden not in listing.rows
        assert listing.total == len(listing.rows)
    seeing = someone(None, "organisation.see_protected", reach=Reach.NODE)
    assert directory(seeing, Search(text="lentera")).total == 2
    own = someone(hidden, "organisation.edit")
    assert directory(own, Search(text="teduh")).rows == (hidden,)


def test_a_hidden_network_lists_no_members() -> None:
    network = make_organisation(kind="OT.N", hidden=True)
    assert directory(Anonymous(), Search(network=network.pk)).total == 0


def test_a_large_total_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "MOST_COUNTED", 2)
    for _ in range(3):
        make_organisation(name="Lentera")
    listing = directory(Anonymous(), Search(), limit=2)
    assert (listing.total, listing.more_than_total) == (2, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(way: str, rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        make_organisation(name="Lentera", seat="52.03")
    with django_assert_num_queries(3):
        found = directory(Anonymous(), Search(text="lentera", area_code="52.03")).rows
        assert [o.seat and o.seat.name for o in found] == ["Kabupaten Lombok Timur"] * rows


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("limit", [1, 25])
def test_who_was_found_at_work_is_listed_in_order(limit: int) -> None:
    """Found at work twice is listed once; who was found before that day only is not."""
    made = {name: make_organisation(name=name) for name in ("Cahaya", "Lentera", "Pelita", "Surya")}
    for name, day in (("Surya", 3), ("Lentera", 2), ("Lentera", 4), ("Pelita", 1)):
        confirm_active(SYSTEM, made[name], confirmed_on=date(2025, 1, day), now=NOW)
    search, after, found = Search(active_since=date(2025, 1, 2)), "", []
    while True:
        page = directory(Anonymous(), search, after=after, limit=limit)
        assert (page.total, page.more_than_total) == (2, False)
        found += [row.name for row in page.rows]
        if not (after := page.next):
            break
    assert found == ["Lentera", "Surya"]


class WhateverIsTyped(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.text("abc -'é", min_size=1, max_size=12).filter(lambda t: fold(t) != ""), min_size=1, max_size=4),
        st.text("abc é", max_size=5),
    )
    def test_both_ways_find_the_same(self, named: list[str], text: str) -> None:
        for name in named:
            make_organisation(name=name)
        few = directory(Anonymous(), Search(text=text))
        usual, ways.FEW = ways.FEW, 0  # type: ignore[misc]
        try:
            many = directory(Anonymous(), Search(text=text))
        finally:
            ways.FEW = usual  # type: ignore[misc]
        assert sorted(o.pk for o in few.rows) == sorted(o.pk for o in many.rows)
        if text.strip():
            assert few.rows == many.rows
        for organisation in few.rows:
            words = fold_words(organisation.name).split(" ")
            begun = ["".join(words[n:]) for n in range(len(words))]
            assert all(any(b.startswith(w) for b in begun) for w in [fold(text)]) or all(
                any(b.startswith(w) for b in begun) for w in fold_words(text).split(" ")
            )
