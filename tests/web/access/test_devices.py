"""The pages of somebody else's phones."""

from typing import Any

import pytest
from django.urls import reverse

from simpul.accounts.models import Device, User
from tests.cast import Cast, Played
from tests.factories.accounts import make_trusted


def account(played: Played) -> User:
    assert played.user is not None
    return played.user


def listed(played: Played) -> str:
    assert played.person is not None
    return reverse("access:devices", args=[played.person.pk])


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_however_long(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for number in range(more):
        make_trusted(account(cast.ani), name=f"HP {number}")
    browser = cast.budi.client()
    browser.get(listed(cast.ani))
    with django_assert_num_queries(9):
        page = browser.get(listed(cast.ani)).content.decode()
    assert page.count("Keluarkan dari ponsel ini") == more


def test_a_stolen_phone_is_signed_out_from_the_persons_page(cast: Cast) -> None:
    device, _secret = make_trusted(account(cast.ani), name="HP merah")
    browser = cast.budi.client()
    assert cast.ani.person is not None
    assert listed(cast.ani) in browser.get(reverse("people:person", args=[cast.ani.person.pk])).content.decode()
    path = reverse("access:sign-out-device", args=[cast.ani.person.pk, device.pk])
    assert path in browser.get(listed(cast.ani)).content.decode()
    assert "HP merah" in browser.get(path).content.decode()
    for _ in range(2):
        assert browser.post(path).headers["Location"] == listed(cast.ani)
    assert Device.objects.get().revoked_at is not None
    assert "HP merah" not in browser.get(listed(cast.ani)).content.decode()
    gone = browser.get(path).content.decode()
    assert "sudah dikeluarkan" in gone
    assert 'method="post"' not in gone.split("<main")[1].split("</main")[0]


def test_the_phone_of_an_outsider_answers_as_one_that_is_nowhere(cast: Cast) -> None:
    theirs, _secret = make_trusted(account(cast.hasan))
    assert cast.ani.person is not None
    browser = cast.budi.client()
    for device in (theirs.pk, cast.ani.person.pk):
        path = reverse("access:sign-out-device", args=[cast.ani.person.pk, device])
        assert [browser.get(path).status_code, browser.post(path).status_code] == [404, 404]
    assert Device.objects.get().revoked_at is None


def test_ones_own_page_offers_no_list_of_others(cast: Cast) -> None:
    page = cast.budi.client().get(listed(cast.budi).removesuffix("perangkat/")).content.decode()
    assert "/perangkat/" not in page
    assert cast.budi.user is not None
