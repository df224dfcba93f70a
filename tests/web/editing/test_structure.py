"""The board of an organisation; decrees and divisions of a village group."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import BoardTerm, Decree, Division, Organisation
from simpul.organisations.services.village_groups import NewDecree, add_division, record_decree
from simpul.records.models import known_at
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM

pytestmark = pytest.mark.django_db

SK = NewDecree("188/7/2019", date(2019, 3, 1), "Kepala Desa Lentera Jati")


def page(organisation: Organisation, name: str = "structure", *more: object) -> str:
    return reverse(f"editing:{name}", args=[organisation.pk, *more])


def divided(organisation: Organisation, name: str = "Humas") -> Division:
    return add_division(SYSTEM, organisation, name=LocalizedText(id=name), since=date(2019, 1, 1), now=NOW)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(cast: Cast, django_assert_num_queries: Any, many: int) -> None:
    for number in range(many):
        divided(cast.lentera, f"Divisi {number}")
        record_decree(SYSTEM, cast.lentera, decree=NewDecree(f"188/{number}", SK.issued_on, SK.issuer), now=NOW)
    browser = cast.budi.client()
    browser.get(page(cast.lentera))
    with django_assert_num_queries(9):
        text = browser.get(page(cast.lentera)).content.decode()
    assert text.count("/akhiri/") == many


def test_a_new_term_ends_the_one_before_and_names_its_decree(cast: Cast) -> None:
    issued, browser = record_decree(SYSTEM, cast.lentera, decree=SK, now=NOW), cast.budi.client()
    browser.post(page(cast.lentera, "board"), {"since": "2019-03-01"})
    sent = {"since": "2024-03-01", "until": "2029-03-01", "women": "5", "men": "2", "decree": str(issued.pk)}
    for _ in range(2):
        assert browser.post(page(cast.lentera, "board"), sent).headers["Location"] == page(cast.lentera)
    terms = BoardTerm.objects.filter(known_at(None), organisation=cast.lentera)
    assert [(t.valid_from.year, t.valid_until.year, t.women, t.decree) for t in terms] == [
        (2019, 2024, None, None),
        (2024, 2029, 5, issued),
    ]
    text = browser.get(page(cast.lentera)).content.decode()
    assert "5 perempuan" in text
    assert "188/7/2019" in Client().get(f"/jejaring/{cast.lentera.pk}/kiprah/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": "2023-01-01"}, "until"),
        ({"since": ""}, "since"),
        ({"women": "-1"}, "women"),
        ({"men": "9999"}, "men"),
    ],
    ids=str,
)
def test_a_term_that_can_not_be_is_mended_in_place(cast: Cast, wrong: dict[str, str], field: str) -> None:
    answer = cast.budi.client().post(page(cast.lentera, "board"), {"since": "2024-03-01", **wrong})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not BoardTerm.objects.exists()


def test_two_boards_never_sit_at_one_time(cast: Cast) -> None:
    browser = cast.budi.client()
    browser.post(page(cast.lentera, "board"), {"since": "2024-01-01", "until": "2027-01-01"})
    answer = browser.post(page(cast.lentera, "board"), {"since": "2023-01-01", "until": "2025-01-01"})
    assert answer.status_code == 422
    assert BoardTerm.objects.filter(known_at(None)).count() == 1


def test_a_later_decree_is_entered_once_and_the_decree_of_another_is_no_choice(cast: Cast) -> None:
    theirs, browser = record_decree(SYSTEM, cast.other_group, decree=SK, now=NOW), cast.budi.client()
    sent = {"number": "188/9/2024", "issued_on": "2024-04-01", "issuer": "Kepala Desa Lentera Jati"}
    for _ in range(2):
        assert browser.post(page(cast.lentera, "decree"), sent).headers["Location"] == page(cast.lentera)
    assert Decree.objects.filter(organisation=cast.lentera).count() == 1
    answer = browser.post(page(cast.lentera, "board"), {"since": "2024-04-01", "decree": str(theirs.pk)})
    assert answer.status_code == 422
    assert not BoardTerm.objects.exists()


def test_a_division_begins_and_ends(cast: Cast) -> None:
    browser = cast.budi.client()
    browser.post(page(cast.lentera, "division"), {"name": "Ekonomi", "name_en": "Economy", "since": "2020-01-01"})
    row = Division.objects.get(organisation=cast.lentera)
    assert dict(row.name) == {"id": "Ekonomi", "en": "Economy"}
    close = page(cast.lentera, "division-end", row.pk)
    assert "Ekonomi" in browser.get(close).content.decode()
    assert browser.post(close, {"until": "2019-01-01"}).status_code == 422
    for _ in range(2):
        assert browser.post(close, {"until": "2022-01-01"}).headers["Location"] == page(cast.lentera)
    assert Division.objects.get(known_at(None)).valid_until == date(2022, 1, 1)
    assert "Divisi yang dulu ada" in browser.get(page(cast.lentera)).content.decode()


def test_a_network_has_a_board_and_neither_decrees_nor_divisions(cast: Cast) -> None:
    browser = cast.dewi.client()
    assert "Divisi" not in browser.get(page(cast.network)).content.decode().split("<main")[1].split("</main")[0]
    assert browser.post(page(cast.network, "board"), {"since": "2024-01-01"}).status_code == 302
    for name in ("decree", "division"):
        assert browser.get(page(cast.network, name)).status_code == 404


def test_the_division_of_another_group_answers_as_one_that_is_nowhere(cast: Cast) -> None:
    close = page(cast.lentera, "division-end", divided(cast.other_group).pk)
    assert [cast.budi.client().get(close).status_code, cast.budi.client().post(close).status_code] == [404, 404]
