"""Names that are mended: corrected, added from before, removed."""

from typing import Any

import pytest
from django.urls import reverse

from simpul.kernel.time import PartialDate
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of
from simpul.organisations.services.names import rename_organisation
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM

pytestmark = pytest.mark.django_db


def renamed(organisation: Organisation, name: str = "KK Lentera Jati", year: str = "2020") -> OrganisationName:
    return rename_organisation(SYSTEM, organisation, name=name, since=PartialDate.parse(year), now=NOW)


def told(organisation: Organisation) -> list[tuple[str, str, str]]:
    return [(n.name, str(n.since or ""), str(n.until or "")) for n in names_of(organisation)]


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, many: int) -> None:
    for number in range(many):
        renamed(cast.lentera, f"Lentera {number}", str(2015 + number))
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/nama/"
    browser.get(path)
    with django_assert_num_queries(7):
        page = browser.get(path).content.decode()
    assert page.count("/betulkan/") == many + 1


def test_a_former_name_is_entered_once_and_finds_the_organisation(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/nama/dulu/"
    for _ in range(2):
        sent = {"name": "Kelompok Obor", "since": "2010", "until": "2018"}
        assert browser.post(path, sent).headers["Location"] == f"/kelola/{cast.lentera.pk}/nama/"
    assert told(cast.lentera)[0] == ("Kelompok Obor", "2010", "2018")
    assert [o.pk for o in directory(SYSTEM, Search(text="obor")).rows] == [cast.lentera.pk]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"until": ""}, "until"), ({"since": "2019"}, "until"), ({"until": "2999"}, "until"), ({"name": ""}, "name")],
    ids=str,
)
def test_a_former_name_that_can_not_be_is_mended_in_place(cast: Cast, wrong: dict[str, str], field: str) -> None:
    sent = {"name": "Kelompok Obor", "since": "2010", "until": "2018", **wrong}
    answer = cast.budi.client().post(f"/kelola/{cast.lentera.pk}/nama/dulu/", sent)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert len(told(cast.lentera)) == 1


def test_a_name_is_corrected_and_a_second_time_led_to_what_it_says(cast: Cast) -> None:
    row, browser = renamed(cast.lentera, "KK Lentera Jatti"), cast.budi.client()
    path = reverse("editing:name-correct", args=[cast.lentera.pk, row.pk])
    assert 'value="KK Lentera Jatti"' in browser.get(path).content.decode()
    for _ in range(2):
        sent = {"name": "KK Lentera Jati", "since": "2021"}
        assert browser.post(path, sent).headers["Location"] == f"/kelola/{cast.lentera.pk}/nama/"
    assert told(cast.lentera)[1] == ("KK Lentera Jati", "2021", "")
    cast.lentera.refresh_from_db()
    assert cast.lentera.name == "KK Lentera Jati"


def test_names_that_would_hold_on_one_day_are_refused(cast: Cast) -> None:
    row = renamed(cast.lentera)
    path = reverse("editing:name-correct", args=[cast.lentera.pk, row.pk])
    answer = cast.budi.client().post(path, {"name": "KK Lentera Jati", "since": "2019"})
    assert answer.status_code == 422
    assert "Periksa" in answer.content.decode()
    assert told(cast.lentera)[1][1] == "2020"


def test_a_name_that_never_was_is_removed_but_never_the_last(cast: Cast) -> None:
    row, browser = renamed(cast.lentera, "Salah Tulis"), cast.budi.client()
    path = reverse("editing:name-remove", args=[cast.lentera.pk, row.pk])
    assert "Salah Tulis" in browser.get(path).content.decode()
    for _ in range(2):
        assert browser.post(path).headers["Location"] == f"/kelola/{cast.lentera.pk}/nama/"
    assert [name for name, _since, _until in told(cast.lentera)] == ["Kelompok Konstituen Lentera"]
    last = names_of(cast.lentera).get()
    answer = browser.post(reverse("editing:name-remove", args=[cast.lentera.pk, last.pk]))
    assert answer.status_code == 422
    assert len(told(cast.lentera)) == 1


def test_the_name_of_another_organisation_answers_as_one_that_is_nowhere(cast: Cast) -> None:
    theirs = names_of(cast.other_group).get()
    for name in ("editing:name-correct", "editing:name-remove"):
        path = reverse(name, args=[cast.lentera.pk, theirs.pk])
        assert [cast.budi.client().get(path).status_code, cast.budi.client().post(path).status_code] == [404, 404]
