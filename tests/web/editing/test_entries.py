"""Registering, forming a village group, standing, places, memberships, safety."""

from typing import Any

import pytest

from simpul.kernel.ids import uuid7
from simpul.organisations.models import (
    BoardTerm,
    Confirmation,
    Declaration,
    Decree,
    Division,
    Membership,
    Organisation,
    WorkingArea,
)
from simpul.organisations.services.memberships import admit_member, correct_membership
from simpul.organisations.services.places import add_working_area, set_seat
from simpul.records.models import known_at
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.territory import areas
from tests.web.editing.forms import form_of

pytestmark = pytest.mark.django_db

DANGER, MASBAGIK = "52.03.05.2008", "52.03.05"


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    areas(DANGER)
    return {
        "key": str(uuid7()),
        "kind": "OT.Y",
        "name": "Yayasan Rinjani Baru",
        "acronym": "YRB",
        "seat": DANGER,
        "network": str(cast.network.pk),
        **more,
    }


def test_answers_are_read_over_before_anything_is_registered(cast: Cast) -> None:
    known = make_organisation(name="Yayasan Rinjani Baru Lama")
    browser, answers = cast.dewi.client(), typed(cast)
    text = browser.post("/kelola/daftarkan/", answers).content.decode()
    assert "Periksa jawaban Anda" in text
    assert f"/jejaring/{known.pk}/" in text
    assert not Organisation.objects.filter(pk=answers["key"]).exists()
    back = browser.post("/kelola/daftarkan/", {**answers, "langkah": "ubah"}).content.decode()
    assert 'value="YRB"' in back


def test_registering_twice_makes_one_member_whose_entry_the_secretariat_keeps(cast: Cast) -> None:
    browser, answers = cast.dewi.client(), typed(cast, langkah="simpan")
    for _ in range(2):
        answer = browser.post("/kelola/daftarkan/", answers)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/kelola/{answers['key']}/")
    made = Organisation.objects.get(name="Yayasan Rinjani Baru")
    assert (made.acronym, made.seat_id) == ("YRB", DANGER)
    assert Membership.objects.filter(member=made, network=cast.network, is_confirmed=True).count() == 1
    assert browser.get(f"/kelola/{made.pk}/").status_code == 200


def test_an_operator_registers_without_keeping_the_entry(cast: Cast) -> None:
    answers = typed(cast, langkah="simpan")
    del answers["network"]
    answer = cast.joko.client().post("/kelola/daftarkan/", answers)
    assert answer.headers["Location"] == f"/jejaring/{answers['key']}/"


def test_a_foreign_network_can_not_be_chosen(cast: Cast) -> None:
    other = make_organisation(kind="OT.N")
    answer = cast.dewi.client().post("/kelola/daftarkan/", typed(cast, network=str(other.pk), langkah="simpan"))
    assert answer.status_code == 422
    assert not Organisation.objects.filter(name="Yayasan Rinjani Baru").exists()


def test_a_registration_without_a_name_comes_back_with_the_rest(cast: Cast) -> None:
    answer = cast.dewi.client().post("/kelola/daftarkan/", typed(cast, name=" "))
    assert answer.status_code == 422
    assert 'value="YRB"' in answer.content.decode()


def group(**more: Any) -> dict[str, Any]:
    areas(DANGER)
    return {
        "key": str(uuid7()),
        "name": "Kelompok Konstituen Danger",
        "village": DANGER,
        "founded": "2021",
        "decree_number": "188/12/2021",
        "decree_date": "2021-03-01",
        "decree_issuer": "Kepala Desa Danger",
        "divisions": "Humas | Public relations\nEkonomi",
        "board_since": "2021-03-01",
        "board_until": "2024-03-01",
        "women": "7",
        "men": "4",
        **more,
    }


def test_a_village_group_is_formed_once_with_all_it_has(cast: Cast) -> None:
    browser, answers = cast.dewi.client(), group()
    for _ in range(2):
        assert browser.post("/kelola/kelompok-desa/", answers).status_code == 302
    made = Organisation.objects.get(pk=answers["key"])
    assert (str(made.founded), made.seat_id) == ("2021", DANGER)
    assert Decree.objects.get(organisation=made).issuer == "Kepala Desa Danger"
    assert [str(d.name) for d in Division.objects.filter(organisation=made)] == ["Humas", "Ekonomi"]
    assert BoardTerm.objects.get(organisation=made).women == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"village": MASBAGIK},
        {"decree_number": ""},
        {"board_since": ""},
        {"board_until": "2020-01-01"},
        {"founded": "besok"},
        {"divisions": "| Only English"},
    ],
)
def test_a_village_group_with_half_an_answer_is_not_formed(cast: Cast, wrong: dict[str, str]) -> None:
    answers = group(**wrong)
    answer = cast.dewi.client().post("/kelola/kelompok-desa/", answers)
    assert answer.status_code == 422
    assert "Kelompok Konstituen Danger" in answer.content.decode()
    assert not Organisation.objects.filter(pk=answers["key"]).exists()


def test_confirming_twice_on_one_day_is_once(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/aktif/"
    assert "Belum ada yang memastikannya" in browser.get(path).content.decode()
    for _ in range(2):
        assert browser.post(path).status_code == 302
    assert Confirmation.objects.get(organisation=cast.lentera).confirmed_by == cast.budi.actor.person_id
    assert "Terakhir dipastikan" in browser.get(path).content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"), [("beranda", "/"), ("daftar", "/masih-aktif/"), ("https://elsewhere.example", None)]
)
def test_confirming_leads_back_to_the_list_one_came_from(cast: Cast, came_from: str, back: str | None) -> None:
    own = f"/kelola/{cast.lentera.pk}/"
    answer = cast.budi.client().post(f"{own}aktif/?dari={came_from}")
    assert answer.headers["Location"] == (back or own)


def test_a_declaration_is_made_once_and_never_verified_by_its_own_people(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/pernyataan/"
    sent = {"key": str(uuid7()), "kind": "psea", "standing": "declared", "declared_on": "2024-05-01"}
    for _ in range(2):
        assert browser.post(path, sent).status_code == 302
    assert Declaration.objects.filter(organisation=cast.lentera).count() == 1
    assert browser.post(path, {**sent, "key": str(uuid7()), "standing": "verified"}).status_code == 422
    verified = {**sent, "key": str(uuid7()), "standing": "verified"}
    assert cast.dewi.client().post(path, verified).status_code == 302


def test_hiding_is_one_press_and_showing_again_another(cast: Cast) -> None:
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/aman/"
    assert browser.post(path, {"on": "ya"}).status_code == 422
    for _ in range(2):  # two who press at once do not undo each other
        browser.post(path, {"on": "ya", "reason": "request"})
    cast.lentera.refresh_from_db()
    assert cast.lentera.in_safety_mode
    assert browser.post(path, {"on": "tidak", "reason": "over"}).status_code == 302
    cast.lentera.refresh_from_db()
    assert not cast.lentera.in_safety_mode


def test_the_seat_moves_and_working_areas_come_and_go(cast: Cast) -> None:
    areas(DANGER, MASBAGIK)
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/wilayah/"
    assert browser.post(path, {**form_of(browser, path), "seat": DANGER}).status_code == 302
    cast.lentera.refresh_from_db()
    assert cast.lentera.seat_id == DANGER
    assert browser.post(f"{path}tambah/", {"area": MASBAGIK, "since": "2020-01-01"}).status_code == 302
    row = WorkingArea.objects.get(known_at(None))
    assert browser.post(f"{path}{row.pk}/akhiri/", {"until": "2019-01-01"}).status_code == 422
    assert browser.post(f"{path}{row.pk}/akhiri/", {"until": "2024-01-01"}).status_code == 302
    assert browser.get(f"{path}{uuid7()}/akhiri/").status_code == 404


def test_two_who_move_the_seat_at_once_see_both(cast: Cast) -> None:
    here, there = areas(DANGER, MASBAGIK)
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/wilayah/"
    mine = {**form_of(browser, path), "seat": here.code}
    set_seat(SYSTEM, cast.lentera, seat=there, seen_version=1, now=NOW)
    answer = browser.post(path, mine)
    assert answer.status_code == 409
    (difference,) = answer.context["meeting"].differences
    assert (difference.who, difference.mine, difference.theirs) == ("both", here.code, there.code)


def admission(**more: str) -> dict[str, str]:
    return {"key": str(uuid7()), "role": "member", "valid_from": "2024-01-01", "decided_by": "Rapat presidium", **more}


def test_a_member_is_found_admitted_once_and_agrees_itself(cast: Cast) -> None:
    browser, path = cast.dewi.client(), f"/kelola/{cast.network.pk}/anggota/terima/"
    assert str(cast.other_group.pk) in browser.get(path, {"teks": "aik bening"}).content.decode()
    sent, to = admission(), f"{path}?anggota={cast.other_group.pk}"
    assert browser.get(to).status_code == 200
    for _ in range(2):
        assert browser.post(to, sent).status_code == 302
    row = Membership.objects.get(pk=sent["key"])
    assert not row.is_confirmed
    agree = f"/kelola/keanggotaan/{row.pk}/setuju/"
    assert browser.get(agree).status_code == 403
    assert browser.get(f"/kelola/{cast.other_group.pk}/").status_code == 403


def test_admitting_who_would_close_a_circle_is_refused_and_kept(cast: Cast) -> None:
    path = f"/kelola/{cast.forum.pk}/anggota/terima/?anggota={cast.network.pk}"
    answer = cast.eko.client().post(path, admission())
    assert answer.status_code == 422
    assert "Rapat presidium" in answer.content.decode()


@pytest.mark.parametrize("asked", ["x", "0197b8f0-0000-7000-8000-000000000000"])
def test_admitting_nobody_known_is_not_found(cast: Cast, asked: str) -> None:
    assert cast.dewi.client().get(f"/kelola/{cast.network.pk}/anggota/terima/?anggota={asked}").status_code == 404


def test_a_member_agrees_and_leaves(cast: Cast) -> None:
    old = admit_member(cast.dewi.actor, cast.network, member=cast.lentera, now=NOW)
    assert not old.is_confirmed
    browser = cast.budi.client()
    assert browser.post(f"/kelola/keanggotaan/{old.pk}/setuju/").status_code == 302
    row = Membership.objects.get(known_at(None), member=cast.lentera, network=cast.network)
    assert row.is_confirmed
    path = f"/kelola/keanggotaan/{row.pk}/akhiri/"
    assert browser.post(path, {"until": "2025-06-01"}).status_code == 422
    # To leave is a decision, with its own page.
    assert browser.post(path, {"until": "2025-06-01", "reason": "left"}).status_code == 422
    assert browser.post(path, {"until": "2025-06-01", "reason": "term_over"}).status_code == 302
    assert Membership.objects.get(known_at(None), member=cast.lentera, network=cast.network).end_reason == "term_over"


def test_a_membership_of_others_can_not_be_ended(cast: Cast) -> None:
    row = Membership.objects.get(member=cast.lentera, network=cast.forum)
    assert cast.hasan.client().get(f"/kelola/keanggotaan/{row.pk}/akhiri/").status_code == 403
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    assert cast.hasan.client().get(f"/kelola/keanggotaan/{row.pk}/akhiri/").status_code == 404


def test_ending_a_membership_twice_says_twice_that_it_is_done(cast: Cast) -> None:
    row = Membership.objects.get(known_at(None), member=cast.lentera, network=cast.forum)
    browser, path = cast.eko.client(), f"/kelola/keanggotaan/{row.pk}/akhiri/"
    sent = {"until": "2025-06-01", "reason": "term_over"}
    assert [browser.post(path, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert Membership.objects.filter(member=cast.lentera, network=cast.forum).count() == 2
    assert browser.get(path).headers["Location"] == f"/kelola/{cast.forum.pk}/anggota/"
    other_day = browser.post(path, {**sent, "until": "2025-07-01"})
    assert other_day.status_code == 422, "somebody ended it on another day first"
    assert "2025-07-01" in other_day.content.decode()


def test_agreeing_twice_says_twice_that_it_is_done(cast: Cast) -> None:
    old = admit_member(cast.dewi.actor, cast.network, member=cast.lentera, now=NOW)
    browser, path = cast.budi.client(), f"/kelola/keanggotaan/{old.pk}/setuju/"
    assert [browser.post(path).status_code for _ in range(2)] == [302, 302]
    assert browser.get(path).status_code == 302
    assert Membership.objects.filter(member=cast.lentera, network=cast.network, is_confirmed=True).count() == 1


def test_what_a_member_did_not_see_it_does_not_agree_to(cast: Cast) -> None:
    old = admit_member(cast.dewi.actor, cast.network, member=cast.lentera, now=NOW)
    correct_membership(cast.dewi.actor, old, {"role": "presidium"}, now=NOW)
    assert cast.budi.client().post(f"/kelola/keanggotaan/{old.pk}/setuju/").status_code == 409
    assert not Membership.objects.filter(member=cast.lentera, network=cast.network, is_confirmed=True).exists()


def test_a_membership_that_ended_stays_out_of_sight_of_others(cast: Cast) -> None:
    row = Membership.objects.get(known_at(None), member=cast.lentera, network=cast.forum)
    cast.eko.client().post(f"/kelola/keanggotaan/{row.pk}/akhiri/", {"until": "2025-06-01", "reason": "term_over"})
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    assert cast.hasan.client().get(f"/kelola/keanggotaan/{row.pk}/akhiri/").status_code == 404


def test_ending_a_working_area_twice_says_twice_that_it_is_done(cast: Cast) -> None:
    row = add_working_area(cast.budi.actor, cast.lentera, area=areas("52.03")[0], now=NOW)
    browser, path = cast.budi.client(), f"/kelola/{cast.lentera.pk}/wilayah/{row.pk}/akhiri/"
    assert [browser.post(path, {"until": "2025-06-01"}).status_code for _ in range(3)] == [302, 302, 302]
    assert WorkingArea.objects.filter(organisation=cast.lentera).count() == 2
    assert browser.get(path).headers["Location"] == f"/kelola/{cast.lentera.pk}/wilayah/"
    assert browser.post(path, {"until": "2025-07-01"}).status_code == 422
