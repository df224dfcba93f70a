"""Where to go for what, and keeping that true."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.kernel.ids import uuid7
from simpul.organisations.institutions import InstitutionKind
from simpul.organisations.models import Organisation, ServicePoint, ServicePointVerification
from simpul.organisations.services.service_points import change_service_point, verify_service_point
from tests.cast import Cast
from tests.factories.organisations import SYSTEM, make_service_point
from tests.factories.territory import areas
from tests.web.editing.forms import form_of

pytestmark = pytest.mark.django_db

LOMBOK_TIMUR, MASBAGIK, DANGER = "52.03", "52.03.05", "52.03.05.2008"
SECRET = "Jalan Melati 7"


def english(client: Client, path: str, status: int = 200, **asked: str) -> str:
    answer = client.get(path, asked, headers={"cookie": _cookies(client)})
    assert answer.status_code == status
    return answer.content.decode()


def _cookies(client: Client) -> str:
    return "; ".join([*(f"{name}={morsel.value}" for name, morsel in client.cookies.items()), "bahasa=en"])


def test_the_nearest_service_that_answers_the_need_comes_first(cast: Cast) -> None:
    village = make_service_point(cast.uptd, DANGER, needs=("K",))
    regency = make_service_point(cast.uptd, LOMBOK_TIMUR, needs=("K", "PA"))
    other = make_service_point(cast.uptd, DANGER, needs=("JK",))
    text = english(Client(), "/layanan/", butuh="K", **{"wilayah": DANGER, "wilayah-teks": ""})
    assert text.index(str(village.pk)) < text.index(str(regency.pk))
    assert str(other.pk) not in text
    assert "2 services for Desa" in text


def test_a_search_without_a_place_keeps_the_need_and_says_what_is_missing() -> None:
    text = english(Client(), "/layanan/", butuh="K", **{"wilayah-teks": ""})
    assert "Choose an area." in text
    assert '<option value="K" selected>' in text


def test_nothing_found_says_what_to_do_next() -> None:
    areas(DANGER)
    text = english(Client(), "/layanan/", butuh="K", wilayah=DANGER)
    assert "No service is listed for" in text
    assert f'href="/wilayah/{DANGER}/"' in text


def test_the_page_says_hours_documents_and_how_fresh_it_is(cast: Cast) -> None:
    made = make_service_point(
        cast.uptd,
        LOMBOK_TIMUR,
        hours={"1": [["08:00", "14:30"]]},
        documents=[{"id": "KTP", "en": "Identity card"}],
        hotline="129",
        address="Jalan Merdeka 1",
        free_of_charge="yes",
    )
    text = english(Client(), f"/layanan/{made.pk}/")
    for words in (
        "08.00–14.30",
        "Identity card",
        'href="tel:129"',
        "Jalan Merdeka 1",
        "not checked yet",
        "free of charge",
    ):
        assert words in text
    verify_service_point(SYSTEM, made, method="call", now=timezone.now())
    assert "not checked yet" not in english(Client(), f"/layanan/{made.pk}/")


def test_a_secret_address_reaches_only_who_keeps_the_entry(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, address=SECRET, address_public=False)
    ServicePoint.objects.filter(pk=made.pk).update(seat=areas(DANGER)[0])
    for someone in (Client(), cast.ani.client(), cast.dewi.client(), cast.joko.client()):
        text = english(someone, f"/layanan/{made.pk}/")
        assert SECRET not in text
        assert areas(DANGER)[0].title not in text
        assert "The address is not shown" in text
        assert SECRET not in english(someone, "/layanan/", wilayah=LOMBOK_TIMUR)
    assert SECRET in english(cast.citra.client(), f"/layanan/{made.pk}/")


def test_a_safe_house_answers_as_if_it_were_not_there(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, kind="RI.98", address=SECRET)
    unknown = Client().get(f"/layanan/{uuid7()}/")
    hidden = Client().get(f"/layanan/{made.pk}/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert str(made.pk) not in english(Client(), "/layanan/", wilayah=LOMBOK_TIMUR)
    assert cast.ani.client().get(f"/layanan/{made.pk}/ubah/").status_code == 404
    assert cast.citra.client().get(f"/layanan/{made.pk}/").status_code == 200


def test_a_hidden_keeper_is_not_named(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR)
    Organisation.objects.filter(pk=cast.uptd.pk).update(in_safety_mode=True)
    assert cast.uptd.name not in english(Client(), f"/layanan/{made.pk}/")
    assert cast.uptd.name in english(cast.citra.client(), f"/layanan/{made.pk}/")


def new_point(cast: Cast, **more: Any) -> dict[str, Any]:
    areas(LOMBOK_TIMUR, DANGER)
    return {
        "key": str(uuid7()),
        "owner": str(cast.uptd.pk),
        "kind": "RI.01",
        "name": "UPTD PPA Baru",
        "needs": ["K", "PA"],
        "area": LOMBOK_TIMUR,
        "area_2": DANGER,
        "seat": DANGER,
        "address": "Jalan Merdeka 2",
        "address_public": "on",
        "hotline": "0812 3456 7890",
        "hours_1": "8–14.30, 16.00-18.00",
        "documents": "KTP | Identity card\nKK",
        "free_of_charge": "yes",
        "accepts_children": "unknown",
        "disability_access": "unknown",
        "agreement": "no",
        "fee": "Gratis",
        **more,
    }


def test_a_service_is_added_once_however_often_it_is_sent(cast: Cast) -> None:
    browser, sent = cast.citra.client(), new_point(cast)
    for _ in range(2):
        assert browser.post("/layanan/tambah/", sent).status_code == 302
    made = ServicePoint.objects.get()
    assert str(made.pk) == sent["key"]
    assert made.hours == {"1": [["08:00", "14:30"], ["16:00", "18:00"]]}
    assert made.documents == [{"id": "KTP", "en": "Identity card"}, {"id": "KK"}]
    assert made.hotline == "+6281234567890"
    assert set(made.served_areas.values_list("area_id", flat=True)) == {LOMBOK_TIMUR, DANGER}
    assert made.seat_id == DANGER


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hotline": "saya lupa"}, "0812 3456 7890"),
        ({"hours_1": "pagi"}, "08.00–14.30"),
        ({"hours_1": "25.00-26.00"}, "08.00"),
        ({"area": "", "area_2": ""}, ""),
        ({"name": ""}, ""),
        ({"documents": "| Identity card"}, "KTP"),
    ],
)
def test_what_can_not_be_is_refused_and_what_was_typed_kept(cast: Cast, wrong: dict[str, str], said: str) -> None:
    answer = cast.citra.client().post("/layanan/tambah/", new_point(cast, **wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in text
    assert "Jalan Merdeka 2" in text
    assert said in text
    assert not ServicePoint.objects.exists()


def test_nobody_adds_for_an_organisation_that_is_not_theirs(cast: Cast) -> None:
    answer = cast.citra.client().post("/layanan/tambah/", new_point(cast, owner=str(cast.lentera.pk)))
    assert answer.status_code == 422
    assert not ServicePoint.objects.exists()


def test_a_change_writes_only_what_was_changed(cast: Cast) -> None:
    made = make_service_point(
        cast.uptd, LOMBOK_TIMUR, needs=("PA", "K"), hours={"2": [["09:00", "12:00"]]}, documents=[{"id": "KTP"}]
    )
    browser, path = cast.citra.client(), f"/layanan/{made.pk}/ubah/"
    answer = browser.post(path, {**form_of(browser, path), "hotline": "129", "area": areas(DANGER)[0].code})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.hotline, made.needs, made.hours, made.version) == ("129", ["PA", "K"], {"2": [["09:00", "12:00"]]}, 2)
    assert set(made.served_areas.values_list("area_id", flat=True)) == {LOMBOK_TIMUR, DANGER}


def test_sending_a_form_nobody_touched_writes_nothing(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, fee={"id": "Gratis", "en": "Free"})
    browser, path = cast.citra.client(), f"/layanan/{made.pk}/ubah/"
    assert browser.post(path, form_of(browser, path)).status_code == 302
    made.refresh_from_db()
    assert made.version == 1


def test_two_who_change_a_service_at_once_see_both_versions(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, hotline="129")
    browser, path = cast.citra.client(), f"/layanan/{made.pk}/ubah/"
    mine = {**form_of(browser, path), "hotline": "021 500 454", "name": "UPTD Kami"}
    change_service_point(
        SYSTEM, made, changes={"hotline": "112", "address": "Jalan Baru 9"}, seen_version=1, now=timezone.now()
    )
    answer = browser.post(path, mine)
    assert answer.status_code == 409
    by_name = {d.name: (d.who, d.mine, d.theirs) for d in answer.context["meeting"].differences}
    assert by_name["hotline"] == ("both", "021 500 454", "112")
    assert by_name["address"][0] == "theirs"
    assert by_name["name"][0] == "mine"
    made.refresh_from_db()
    assert (made.hotline, made.name != "UPTD Kami") == ("112", True)


def test_checking_makes_an_entry_fresh_and_takes_it_off_the_front_page(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, name="Layanan Lama")
    ServicePointVerification.objects.create(
        service_point=made,
        verified_on=timezone.now().date() - timedelta(days=400),
        method="call",
        recorded_at=timezone.now(),
    )
    browser = cast.citra.client()
    path = f"/layanan/{made.pk}/periksa/"
    assert path in browser.get("/").content.decode()
    assert path not in cast.ani.client().get("/").content.decode()
    assert browser.post(path, {}).status_code == 422
    assert browser.post(path, {"method": "call"}).status_code == 302
    assert made.verifications.count() == 2
    assert path not in browser.get("/").content.decode()


def test_a_closed_service_says_so_and_is_found_no_more(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR)
    path = f"/layanan/{made.pk}/tutup/"
    sent = {"version": "1", "closed_on": "2025-01-01"}
    assert cast.citra.client().post(path, sent).status_code == 302
    assert "Closed since" in english(Client(), f"/layanan/{made.pk}/")
    assert str(made.pk) not in english(Client(), "/layanan/", wilayah=LOMBOK_TIMUR)


def test_a_day_to_come_closes_nothing_yet(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR)
    answer = cast.citra.client().post(f"/layanan/{made.pk}/tutup/", {"version": "1", "closed_on": "2999-01-01"})
    assert answer.status_code == 422
    assert 'href="#id_closed_on"' in answer.content.decode()
    made.refresh_from_db()
    assert made.closed_on is None


def test_the_place_of_an_entry_is_moved_and_taken_away(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR, hotline="129")
    browser, path = cast.citra.client(), f"/layanan/{made.pk}/ubah/"
    browser.post(path, {**form_of(browser, path), "seat": areas(DANGER)[0].code})
    made.refresh_from_db()
    assert (made.seat_id, made.hotline) == (DANGER, "129")
    browser.post(path, {**form_of(browser, path), "seat": "", "seat-teks": ""})
    made.refresh_from_db()
    assert made.seat_id is None


def test_of_a_safe_house_only_the_regency_is_kept(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR)
    browser, path = cast.citra.client(), f"/layanan/{made.pk}/ubah/"
    browser.post(
        path, {**form_of(browser, path), "seat": areas(DANGER)[0].code, "kind": InstitutionKind.SAFE_HOUSE.value}
    )
    made.refresh_from_db()
    assert (made.kind, made.seat_id) == (InstitutionKind.SAFE_HOUSE, LOMBOK_TIMUR)


def test_closing_an_entry_somebody_has_just_changed_is_refused(cast: Cast) -> None:
    made = make_service_point(cast.uptd, LOMBOK_TIMUR)
    change_service_point(SYSTEM, made, changes={"hotline": "112"}, seen_version=1, now=timezone.now())
    sent = {"version": "1", "closed_on": "2025-01-01"}
    assert cast.citra.client().post(f"/layanan/{made.pk}/tutup/", sent).status_code == 422
    made.refresh_from_db()
    assert made.closed_on is None


@pytest.mark.parametrize("more", [1, 3])
def test_the_finder_costs_the_same_however_many(cast: Cast, django_assert_max_num_queries: Any, more: int) -> None:
    for _ in range(more):
        make_service_point(cast.uptd, LOMBOK_TIMUR)
    browser = cast.citra.client()
    browser.get("/layanan/", {"wilayah": LOMBOK_TIMUR})
    with django_assert_max_num_queries(12):
        assert browser.get("/layanan/", {"wilayah": LOMBOK_TIMUR}).status_code == 200
