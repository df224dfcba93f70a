"""What somebody agreed to, noted and withdrawn from pages."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.people.models import ContactConsent, Person
from simpul.people.queries import names_in, today
from tests.cast import Cast, Played


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def page_of(played: Played) -> str:
    return reverse("people:person", args=[person_of(played).pk])


TOLD = {"purpose": "directory", "channel": "in_person", "given_on": "2025-03-01"}


@pytest.mark.parametrize("more", [1, 3])
def test_the_form_costs_the_same_however_much_was_agreed(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    browser, path = cast.budi.client(), reverse("people:consent", args=[person_of(cast.ani).pk])
    for purpose in ("directory", "messages", "emergencies")[:more]:
        browser.post(path, {**TOLD, "purpose": purpose})
    with django_assert_num_queries(6):
        assert browser.get(path).status_code == 200


def test_what_was_agreed_names_them_in_public_until_it_is_withdrawn(cast: Cast) -> None:
    browser = cast.budi.client()
    path = reverse("people:consent", args=[person_of(cast.ani).pk])
    for _ in range(2):
        assert browser.post(path, TOLD).headers["Location"] == page_of(cast.ani)
    consent = ContactConsent.objects.get()
    assert (consent.given_on, consent.channel) == (date(2025, 3, 1), "in_person")
    assert [n.name for n in names_in(cast.lentera, on=today(timezone.now()))] == ["Ani"]
    withdraw = reverse("people:consent-withdraw", args=[consent.pk])
    assert withdraw in browser.get(page_of(cast.ani)).content.decode()
    for _ in range(2):
        assert browser.post(withdraw).headers["Location"] == page_of(cast.ani)
    assert names_in(cast.lentera, on=today(timezone.now())) == []
    assert withdraw not in browser.get(page_of(cast.ani)).content.decode()


def test_ones_own_is_agreed_to_today_and_signed_in(cast: Cast) -> None:
    path = reverse("people:consent", args=[person_of(cast.ani).pk])
    page = cast.ani.client().get(path).content.decode()
    assert 'name="channel"' not in page
    cast.ani.client().post(path, {"purpose": "messages", "channel": "phone", "given_on": "2020-01-01"})
    consent = ContactConsent.objects.get()
    assert (consent.channel, consent.given_on) == ("account", today(timezone.now()))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"channel": "account"}, "channel"),
        ({"purpose": "anything"}, "purpose"),
        ({"purpose": ""}, "purpose"),
    ],
    ids=str,
)
def test_what_can_not_have_been_said_is_mended_in_place(cast: Cast, wrong: dict[str, str], field: str) -> None:
    path = reverse("people:consent", args=[person_of(cast.ani).pk])
    response = cast.budi.client().post(path, {**TOLD, **wrong})
    assert response.status_code == 422
    assert f'href="#id_{field}' in response.content.decode()
    assert not ContactConsent.objects.exists()
