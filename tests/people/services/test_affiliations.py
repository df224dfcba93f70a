"""Affiliations are ended and corrected by appending; what we knew before stays known."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.people.models import Affiliation, Person
from simpul.people.services import affiliate_person, correct_affiliation, end_affiliation
from tests.cast import NOW, Cast, Played
from tests.marks import audits, denies

LATER = NOW + timedelta(days=30)


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def affiliation_of(played: Played) -> Affiliation:
    return Affiliation.objects.get(person=played.person, superseded_at=None)


@audits(affiliate_person)
def test_a_second_role_is_added(cast: Cast) -> None:
    row = affiliate_person(
        cast.budi.actor, person_of(cast.ani), organisation=cast.lentera, role="division_head",
        division="pengaduan", title=LocalizedText(id="Ketua divisi"), now=NOW,
    )  # fmt: skip
    assert (row.valid_from, row.on_board, row.division) == (date(2025, 2, 7), True, "pengaduan")
    assert Act.objects.get().act == "people.affiliate_person"


def test_the_same_role_again_is_the_row_that_is_there(cast: Cast) -> None:
    row = affiliate_person(cast.budi.actor, person_of(cast.ani), organisation=cast.lentera, role="volunteer", now=NOW)
    assert row == affiliation_of(cast.ani)
    assert Act.objects.count() == 0


def test_the_same_role_in_other_days_that_overlap_is_a_conflict(cast: Cast) -> None:
    with pytest.raises(Conflict) as raised:
        affiliate_person(cast.budi.actor, person_of(cast.ani), organisation=cast.lentera, role="volunteer", now=LATER)
    assert raised.value.code == "affiliation_overlaps"


@denies(affiliate_person)
@pytest.mark.parametrize(("key", "whom"), [("ani", "ani"), ("hasan", "hasan"), ("dewi", "ani"), ("publik", "ani")])
def test_nobody_takes_people_in_where_they_do_not_keep_them(cast: Cast, key: str, whom: str) -> None:
    with pytest.raises(Denied) as raised:
        affiliate_person(
            getattr(cast, key).actor, person_of(getattr(cast, whom)), organisation=cast.lentera, role="member",
            now=NOW,
        )  # fmt: skip
    assert raised.value.permission == "person.manage"


def test_nobody_reads_a_stranger_by_taking_them_in(cast: Cast) -> None:
    with pytest.raises(Denied):
        affiliate_person(cast.budi.actor, person_of(cast.hasan), organisation=cast.lentera, role="member", now=NOW)


@audits(end_affiliation)
def test_an_end_supersedes_and_appends(cast: Cast) -> None:
    before = affiliation_of(cast.ani)
    row = end_affiliation(cast.budi.actor, before, valid_until=date(2025, 3, 1), now=LATER)
    again = end_affiliation(cast.budi.actor, before, valid_until=date(2025, 3, 1), now=LATER)
    before.refresh_from_db()
    assert (row.corrects, row.valid_until, before.superseded_at) == (before, date(2025, 3, 1), LATER)
    assert (again, Act.objects.count()) == (row, 1)


def test_one_leaves_by_oneself_but_corrects_nothing(cast: Cast) -> None:
    row = affiliation_of(cast.ani)
    with pytest.raises(Denied):
        correct_affiliation(cast.ani.actor, row, role="chair", valid_from=row.valid_from, valid_until=None, now=LATER)
    end_affiliation(cast.ani.actor, row, valid_until=date(2025, 3, 1), now=LATER)
    assert affiliation_of(cast.ani).valid_until == date(2025, 3, 1)


@denies(end_affiliation, correct_affiliation)
@pytest.mark.parametrize("key", ["hasan", "dewi", "joko", "publik"])
def test_nobody_ends_or_corrects_elsewhere(cast: Cast, key: str) -> None:
    row, actor = affiliation_of(cast.ani), getattr(cast, key).actor
    with pytest.raises(Denied) as raised:
        end_affiliation(actor, row, valid_until=date(2025, 3, 1), now=LATER)
    assert raised.value.permission == "person.manage"
    with pytest.raises(Denied):
        correct_affiliation(actor, row, role="chair", valid_from=row.valid_from, valid_until=None, now=LATER)


@audits(correct_affiliation)
def test_a_correction_says_which_fields(cast: Cast) -> None:
    before = affiliation_of(cast.ani)
    row = correct_affiliation(
        cast.budi.actor, before, role="secretary", valid_from=date(2025, 1, 1), valid_until=None, on_board=True,
        now=LATER,
    )  # fmt: skip
    assert (row.role, row.valid_from, row.on_board) == ("secretary", date(2025, 1, 1), True)
    assert Act.objects.get().details == {"corrects": str(before.pk), "fields": ["role", "on_board", "valid_from"]}


def test_of_two_corrections_the_second_is_told(cast: Cast) -> None:
    before = affiliation_of(cast.ani)
    end_affiliation(cast.budi.actor, before, valid_until=date(2025, 3, 1), now=LATER)
    with pytest.raises(Conflict) as raised:
        end_affiliation(cast.kartika.actor, before, valid_until=date(2025, 4, 1), now=LATER)
    assert raised.value.code == "corrected_meanwhile"


def test_an_end_before_the_beginning_is_refused_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Invalid) as raised:
        end_affiliation(cast.budi.actor, affiliation_of(cast.ani), valid_until=date(2025, 2, 7), now=LATER)
    assert (raised.value.code, raised.value.field) == ("period", "valid_until")
    assert affiliation_of(cast.ani).valid_until is None
