"""Changing what an organisation says of itself; two who write at once."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.access import services as access
from simpul.accounts import services as accounts
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.visibility import audience_of
from simpul.people import services as people
from simpul.web.editing.forms.profile import GROUPS
from simpul.web.http import SECOND_FACTOR
from tests.cast import BUILDER, NOW, Cast
from tests.factories.organisations import SYSTEM
from tests.web.editing.forms import form_of

pytestmark = pytest.mark.django_db


def path_of(organisation: Organisation, part: str) -> str:
    return f"/kelola/{organisation.pk}/profil/{part}/"


def second_secretariat(cast: Cast) -> Client:
    """Somebody beside Dewi who serves the same network."""
    user = accounts.create_user(BUILDER, now=NOW)
    person = people.register_person(BUILDER, organisation=cast.network, role="staff", name="Lalu", now=NOW)
    people.link_user(BUILDER, person, user, now=NOW)
    access.grant_role(BUILDER, person, role="secretariat", organisation=cast.network, reason="pemeran", now=NOW)
    browser = Client()
    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()
    return browser


def on_the_page(text: str) -> dict[str, Any]:
    """Every hidden input of the page of two versions, as a browser would send it; checked radios too."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text[text.index('name="version"') - 60 :]):
        kind = re.search(r'type="(\w+)"', tag)
        if kind and (kind[1] == "hidden" or (kind[1] == "radio" and " checked" in tag)):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            assert name
            sent.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    return dict(sent)


def test_two_secretariats_at_once_see_both_versions_and_lose_nothing(cast: Cast) -> None:
    change_profile(
        SYSTEM,
        cast.lentera,
        changes={"phone": "0812 1111 1111", "address": "Jalan Lama 1", "email": "lama@contoh.id"},
        seen_version=1,
        now=NOW,
    )
    dewi, lalu, path = cast.dewi.client(), second_secretariat(cast), path_of(cast.lentera, "kontak")
    of_dewi, of_lalu = form_of(dewi, path), form_of(lalu, path)
    first = {**of_lalu, "phone": "0812 2222 2222", "address": "Jalan Lalu 2"}
    assert lalu.post(path, first).status_code == 302
    answer = dewi.post(path, {**of_dewi, "phone": "0812 3333 3333", "email": "dewi@contoh.id"})
    assert answer.status_code == 409
    text = answer.content.decode()
    for words in ("0812 3333 3333", "+6281222222222", "Jalan Lalu 2", "dewi@contoh.id"):
        assert words in text
    who = {d.name: d.who for d in answer.context["meeting"].differences}
    assert who == {"phone": "both", "address": "theirs", "email": "mine"}
    stored = Organisation.objects.get(pk=cast.lentera.pk)
    assert (stored.phone, stored.address, stored.email) == ("+6281222222222", "Jalan Lalu 2", "lama@contoh.id")

    sent = on_the_page(text)
    assert sent["pilih-phone"] == ["punyaku"]
    assert dewi.post(path, sent).status_code == 302
    stored.refresh_from_db()
    assert (stored.phone, stored.address, stored.email) == ("+6281233333333", "Jalan Lalu 2", "dewi@contoh.id")


def test_whoever_gives_way_keeps_the_other_version(cast: Cast) -> None:
    dewi, lalu, path = cast.dewi.client(), second_secretariat(cast), path_of(cast.lentera, "kontak")
    of_dewi = form_of(dewi, path)
    assert lalu.post(path, {**form_of(lalu, path), "phone": "129"}).status_code == 302
    text = dewi.post(path, {**of_dewi, "phone": "112", "website": "contoh.id"}).content.decode()
    assert dewi.post(path, {**on_the_page(text), "pilih-phone": "punyanya"}).status_code == 302
    stored = Organisation.objects.get(pk=cast.lentera.pk)
    assert (stored.phone, stored.website) == ("129", "https://contoh.id")


def test_a_third_writer_meanwhile_brings_the_choice_back(cast: Cast) -> None:
    dewi, lalu, path = cast.dewi.client(), second_secretariat(cast), path_of(cast.lentera, "kontak")
    of_dewi = form_of(dewi, path)
    assert lalu.post(path, {**form_of(lalu, path), "phone": "129"}).status_code == 302
    text = dewi.post(path, {**of_dewi, "phone": "112"}).content.decode()
    assert lalu.post(path, {**form_of(lalu, path), "phone": "110", "address": "Jalan Tiga"}).status_code == 302
    again = dewi.post(path, on_the_page(text))
    assert again.status_code == 409
    assert {d.name: (d.who, d.mine, d.theirs) for d in again.context["meeting"].differences} == {
        "phone": ("both", "112", "110"),
        "address": ("theirs", "", "Jalan Tiga"),
    }
    assert dewi.post(path, on_the_page(again.content.decode())).status_code == 302
    stored = Organisation.objects.get(pk=cast.lentera.pk)
    assert (stored.phone, stored.address) == ("112", "Jalan Tiga")


def test_lists_are_chosen_as_a_whole_and_shown_in_words(cast: Cast) -> None:
    dewi, lalu, path = cast.dewi.client(), second_secretariat(cast), path_of(cast.lentera, "bidang")
    of_dewi = form_of(dewi, path)
    assert lalu.post(path, {**form_of(lalu, path), "sectors": ["PPA"]}).status_code == 302
    answer = dewi.post(path, {**of_dewi, "sectors": ["PP", "DES"]})
    assert answer.status_code == 409
    (difference,) = answer.context["meeting"].differences
    assert (difference.mine, difference.theirs) == ("Pelayanan publik; Pemerintahan desa", "Perempuan dan anak")


@pytest.mark.parametrize("part", list(GROUPS))
def test_a_page_nobody_touched_writes_nothing(cast: Cast, part: str) -> None:
    change_profile(
        SYSTEM,
        cast.lentera,
        changes={
            "sectors": ["PPA", "PP"],
            "description": LocalizedText(id="Kelompok warga", en="A group of citizens"),
            "principles": [LocalizedText(id="Setara", en="Equal"), LocalizedText(id="Jujur")],
            "socials": {"facebook": "facebook.com/contoh"},
            "board_women": 0,
            "phone": "0812 3456 7890",
        },
        seen_version=1,
        now=NOW,
    )
    browser, path = cast.budi.client(), path_of(cast.lentera, part)
    assert browser.post(path, form_of(browser, path)).status_code == 302
    assert Organisation.objects.get(pk=cast.lentera.pk).version == 2


@pytest.mark.parametrize(
    ("part", "typed", "stored"),
    [
        ("identitas", {"founded": "05-2008", "description": "Kami", "description_en": "We"}, ("founded", "2008-05")),
        (
            "identitas",
            {"principles": "Setara | Equal"},
            ("principles", [{"id": "Setara", "en": "Equal"}]),
        ),
        (
            "kontak",
            {"social_instagram": "instagram.com/contoh"},
            ("socials", {"instagram": "https://instagram.com/contoh"}),
        ),
        ("bidang", {"sectors": ["PP", "PPA"]}, ("sectors", ["PP", "PPA"])),
        ("legalitas", {"deed_date": "2008-05-14"}, ("deed_date", "2008-05-14")),
        ("orang", {"board_women": "3"}, ("board_women", 3)),
    ],
)
def test_each_page_writes_what_was_typed(cast: Cast, part: str, typed: dict[str, Any], stored: tuple[str, Any]) -> None:
    browser, path = cast.budi.client(), path_of(cast.lentera, part)
    assert browser.post(path, {**form_of(browser, path), **typed}).status_code == 302
    value = getattr(Organisation.objects.get(pk=cast.lentera.pk), stored[0])
    assert (value if isinstance(value, (list, dict, int)) else str(value)) == stored[1]


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("identitas", {"founded": "kapan-kapan"}),
        ("identitas", {"founded": "2999"}),
        ("identitas", {"founded": "2010", "dissolved": "2008"}),
        ("identitas", {"description_en": "Only English"}),
        ("kontak", {"phone": "nomor lama"}),
        ("kontak", {"email": "bukan alamat"}),
        ("kontak", {"social_facebook": "http://"}),
        ("legalitas", {"npwp": "123"}),
        ("orang", {"board_women": "-1"}),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field_and_kept(cast: Cast, part: str, wrong: dict[str, str]) -> None:
    browser, path = cast.budi.client(), path_of(cast.lentera, part)
    answer = browser.post(path, {**form_of(browser, path), **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in text
    assert all(typed in text for typed in wrong.values())
    assert Organisation.objects.get(pk=cast.lentera.pk).version == 1


def test_an_unknown_page_of_the_profile_is_not_found(cast: Cast) -> None:
    assert cast.budi.client().get(path_of(cast.lentera, "rahasia")).status_code == 404


def test_who_sees_a_field_is_decided_by_the_organisation(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/terlihat/"
    assert browser.post(path, {**form_of(browser, path), "volunteers": "public"}).status_code == 302
    stored = Organisation.objects.get(pk=cast.lentera.pk)
    assert stored.field_audiences == {"volunteers": "public"}
    assert audience_of("phone", stored.kind, stored.field_audiences) == "own"


def test_a_new_name_keeps_the_old_one_in_its_history(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/nama/"
    for _ in range(2):
        assert browser.post(path, {"name": "Kelompok Pelita", "since": "2020"}).status_code == 302
    stored = Organisation.objects.get(pk=cast.lentera.pk)
    assert stored.name == "Kelompok Pelita"
    text = browser.get(path).content.decode()
    assert "Kelompok Konstituen Lentera" in text
    refused = browser.post(path, {"name": "Kelompok Suluh", "since": "2019"})
    assert refused.status_code == 422
    assert "Kelompok Suluh" in refused.content.decode()


@pytest.mark.parametrize(
    "path", ["", "profil/kontak/", "nama/", "terlihat/", "wilayah/", "aktif/", "pernyataan/", "aman/"]
)
def test_a_hidden_organisation_answers_strangers_as_one_that_is_not_there(cast: Cast, path: str) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    for stranger in (cast.hasan, cast.indah, cast.citra):
        assert stranger.client().get(f"/kelola/{cast.lentera.pk}/{path}").status_code == 404
    assert cast.budi.client().get(f"/kelola/{cast.lentera.pk}/{path}").status_code == 200


def test_the_list_is_of_what_one_may_change_and_costs_the_same(cast: Cast, django_assert_max_num_queries: Any) -> None:
    browser = cast.dewi.client()
    browser.get("/kelola/")
    with django_assert_max_num_queries(12):
        text = browser.get("/kelola/").content.decode()
    assert cast.lentera.name in text
    assert cast.other_group.name not in text
    assert cast.lentera.name in browser.get("/kelola/", {"teks": "lentera"}).content.decode()
    assert cast.lentera.name not in browser.get("/kelola/", {"teks": "tidak ada"}).content.decode()


def test_the_page_of_an_entry_says_what_is_still_to_tell(cast: Cast, django_assert_max_num_queries: Any) -> None:
    browser = cast.budi.client()
    path = f"/kelola/{cast.lentera.pk}/"
    browser.get(path)
    with django_assert_max_num_queries(12):
        text = browser.get(path).content.decode()
    assert "belum ada isinya" in text
    change_profile(SYSTEM, cast.lentera, changes={"phone": "129"}, seen_version=1, now=timezone.now())
    assert "sudah diisi" in browser.get(path).content.decode()
