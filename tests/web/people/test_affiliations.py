"""What somebody is, entered, corrected and ended from pages."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from simpul.kernel.ids import uuid7
from simpul.people.models import Affiliation, Person
from tests.cast import Cast, Played
from tests.factories.people import make_affiliation, make_person


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def affiliation_of(played: Played) -> Affiliation:
    return Affiliation.objects.get(person=played.person, superseded_at=None)


def new(cast: Cast, **changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "key": str(uuid7()),
        "organisation": str(cast.lentera.pk),
        "role": "division_head",
        "division": "pengaduan",
        "title": "Ketua divisi",
        "valid_from": "2025-01-02",
    }
    return {**told, **changes}


@pytest.mark.parametrize("more", [1, 3])
def test_the_form_costs_the_same_however_many_are_kept(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for role in ["member", "staff", "contact"][:more]:
        make_affiliation(person_of(cast.ani), cast.lentera, role=role)
    browser, path = cast.budi.client(), reverse("people:affiliate", args=[person_of(cast.ani).pk])
    browser.get(path)
    with django_assert_num_queries(6):
        assert browser.get(path).status_code == 200


def test_a_second_title_is_entered_once(cast: Cast) -> None:
    browser, ani = cast.budi.client(), person_of(cast.ani)
    path, sent = reverse("people:affiliate", args=[ani.pk]), new(cast)
    for _ in range(2):
        assert browser.post(path, sent).headers["Location"] == reverse("people:person", args=[ani.pk])
    row = Affiliation.objects.get(person=ani, role="division_head")
    assert (row.pk, row.on_board, str(row.title)) == (row.pk, True, "Ketua divisi")
    assert "Ketua divisi" in browser.get(reverse("people:person", args=[ani.pk])).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "raja"}, "role"),
        ({"valid_until": "2024-01-01"}, "valid_until"),
        ({"title": "", "title_en": "Head"}, "title"),
        ({"valid_from": "31-02-2025"}, "valid_from"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_mended_in_place(cast: Cast, wrong: dict[str, str], field: str) -> None:
    path = reverse("people:affiliate", args=[person_of(cast.ani).pk])
    response = cast.budi.client().post(path, new(cast, **wrong))
    assert response.status_code == 422
    assert f'href="#id_{field}"' in response.content.decode()
    assert not Affiliation.objects.filter(role="division_head").exists()


def test_an_organisation_one_does_not_keep_is_no_choice(cast: Cast) -> None:
    path = reverse("people:affiliate", args=[person_of(cast.ani).pk])
    response = cast.budi.client().post(path, new(cast, organisation=str(cast.other_group.pk)))
    assert response.status_code == 422
    assert not Affiliation.objects.filter(organisation=cast.other_group, role="division_head").exists()


def test_the_same_days_twice_are_refused_with_what_was_typed(cast: Cast) -> None:
    path = reverse("people:affiliate", args=[person_of(cast.ani).pk])
    response = cast.budi.client().post(path, new(cast, role="volunteer", valid_from="2025-03-01"))
    assert response.status_code == 422
    assert 'value="2025-03-01"' in response.content.decode()


def test_a_correction_appends_and_a_second_of_it_is_told_so(cast: Cast) -> None:
    row, browser = affiliation_of(cast.ani), cast.budi.client()
    path = reverse("people:affiliation", args=[row.pk])
    page = browser.get(path).content.decode()
    assert 'value="2025-02-07"' in page
    sent = {"role": "volunteer", "valid_from": "2024-02-07"}
    for _ in range(2):
        assert browser.post(path, sent).status_code == 302
    fresh = affiliation_of(cast.ani)
    assert (fresh.valid_from, fresh.corrects_id) == (date(2024, 2, 7), row.pk)
    other = browser.post(path, {**sent, "valid_from": "2020-01-01"})
    assert other.status_code == 422
    assert affiliation_of(cast.ani) == fresh
    assert browser.get(path).status_code == 404


def test_ending_the_last_one_puts_them_out_of_sight(cast: Cast) -> None:
    row, browser = affiliation_of(cast.ani), cast.budi.client()
    path = reverse("people:affiliation-end", args=[row.pk])
    assert "Peran di Simpul tidak ikut berakhir" in browser.get(path).content.decode()
    for _ in range(2):
        assert browser.post(path, {"valid_until": "2025-06-01"}).headers["Location"] == "/orang/"
    assert affiliation_of(cast.ani).valid_until == date(2025, 6, 1)
    assert browser.get(reverse("people:person", args=[person_of(cast.ani).pk])).status_code == 404


def test_one_may_leave_and_correct_nothing(cast: Cast) -> None:
    row, browser = affiliation_of(cast.ani), cast.ani.client()
    page = browser.get(reverse("people:person", args=[person_of(cast.ani).pk])).content.decode()
    assert reverse("people:affiliation-end", args=[row.pk]) in page
    assert reverse("people:affiliation", args=[row.pk]) not in page
    assert (
        browser.post(reverse("people:affiliation-end", args=[row.pk]), {"valid_until": "2025-06-01"}).status_code == 302
    )


def test_what_an_outsider_names_answers_as_what_is_nowhere(cast: Cast) -> None:
    theirs = make_affiliation(make_person(), cast.other_group)
    browser = cast.budi.client()
    for key in (theirs.pk, uuid7()):
        for name in ("people:affiliation", "people:affiliation-end"):
            path = reverse(name, args=[key])
            assert [browser.get(path).status_code, browser.post(path, {}).status_code] == [404, 404]
