"""Roles for the whole platform, and roles for one area."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse

from simpul.access.models import Grant
from simpul.access.queries.holders import person_of_account
from simpul.access.rules import appointable_within, gives_at_node
from simpul.accounts.models import User
from simpul.accounts.services import deactivate_user
from simpul.kernel.errors import Denied
from simpul.people.models import Person
from tests.cast import BUILDER, NOW, Cast, Played
from tests.factories.access import make_grant
from tests.factories.territory import areas

PATH = "/akses/beri/simpul/"
TOMORROW = date(2025, 2, 8)


def text_of(response: HttpResponse) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def code_of(played: Played) -> str:
    assert played.user is not None
    return played.user.handle


def told(played: Played, **changes: str) -> dict[str, str]:
    return {"peran": "operator", "account": code_of(played), "reason": "berjaga bergantian", **changes}


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_however_many_operators(cast: Cast, django_assert_num_queries: Any, more: int) -> None:
    for played in (cast.fitri, cast.gede, cast.eko)[:more]:
        make_grant(person_of(played), "operator", None)
    browser = cast.joko.client()
    browser.get(PATH)
    with django_assert_num_queries(5):
        assert browser.get(PATH).status_code == 200


def test_an_operator_appoints_another_after_seeing_whose_code_it_is(cast: Cast) -> None:
    browser = cast.joko.client()
    assert f'href="{PATH}"' in browser.get("/akses/").content.decode()
    check = browser.post(PATH, told(cast.fitri, account=code_of(cast.fitri).lower().replace("-", " ")))
    assert "Fitri" in text_of(check)
    assert not Grant.objects.filter(role="operator", person=cast.fitri.person).exists()
    for _ in range(2):
        done = browser.post(PATH, {**told(cast.fitri), "yakin": "ya"})
        grant = Grant.objects.get(role="operator", person=cast.fitri.person)
        assert done.headers["Location"] == f"/akses/{grant.pk}/?baru"
    assert (grant.organisation, grant.granted_by, grant.reason) == (None, cast.joko.person, "berjaga bergantian")


def test_the_first_auditor_is_appointed_and_the_next_is_not_the_operators_to_choose(cast: Cast) -> None:
    browser = cast.joko.client()
    browser.post(PATH, {**told(cast.fitri, peran="auditor"), "yakin": "ya"})
    assert Grant.objects.get(role="auditor").person == cast.fitri.person
    assert browser.post(PATH, {**told(cast.gede, peran="auditor"), "yakin": "ya"}).status_code == 422
    assert Grant.objects.filter(role="auditor").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"account": "AAAA-AAAA"}, {"peran": "coordinator"}, {"reason": ""}, {"until": "2000-01-01"}]
)
def test_what_can_not_be_is_mended_in_place(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.joko.client().post(PATH, {**told(cast.fitri, **wrong), "yakin": "ya"})
    assert answer.status_code == 422
    assert Grant.objects.filter(role="operator").count() == 1


def test_nobody_gives_to_themself_nor_to_a_closed_account(cast: Cast) -> None:
    browser = cast.joko.client()
    assert "kode Anda sendiri" in text_of(browser.post(PATH, {**told(cast.joko), "yakin": "ya"}))
    deactivate_user(BUILDER, User.objects.get(pk=cast.fitri.user.pk if cast.fitri.user else None))
    assert browser.post(PATH, {**told(cast.fitri), "yakin": "ya"}).status_code == 422
    assert Grant.objects.filter(role="operator").count() == 1


def test_a_code_names_its_holder_to_operators_alone(cast: Cast) -> None:
    assert person_of_account(cast.joko.actor, code_of(cast.fitri)) == cast.fitri.person
    for played in (cast.budi, cast.dewi, cast.publik):
        assert not gives_at_node(played.actor)
        with pytest.raises(Denied):
            person_of_account(played.actor, code_of(cast.fitri))


def give(cast: Cast, played: Played, **sent: object) -> HttpResponse:
    answers = {"organisasi": str(cast.network.pk), "reason": "wilayahnya", **sent}
    return played.client().post("/akses/beri/periksa/", answers)  # type: ignore[return-value]


def test_a_role_is_given_for_one_area_and_says_so(cast: Cast) -> None:
    areas("52.03")
    page = cast.dewi.client().get(
        "/akses/beri/",
        {"organisasi": cast.network.pk, "peran": "secretariat", "orang": person_of(cast.fitri).pk},
    )
    assert "Hanya di satu wilayah?" in text_of(page)  # type: ignore[arg-type]
    answers = {"peran": "secretariat", "orang": str(person_of(cast.fitri).pk), "area": "52.03"}
    assert "Lombok Timur" in text_of(give(cast, cast.dewi, **answers))
    assert not Grant.objects.filter(role="secretariat", person=cast.fitri.person).exists()
    give(cast, cast.dewi, **answers, yakin="ya")
    grant = Grant.objects.get(role="secretariat", person=cast.fitri.person)
    assert grant.area_code == "52.03"
    for path in ("/akses/", f"/akses/{grant.pk}/", f"/orang/{person_of(cast.fitri).pk}/"):
        assert "hanya di Kabupaten Lombok Timur" in text_of(cast.dewi.client().get(path))  # type: ignore[arg-type]


def test_a_role_within_its_own_organisation_is_not_asked_for_an_area(cast: Cast) -> None:
    sent = {"organisasi": cast.lentera.pk, "peran": "editor", "orang": person_of(cast.ani).pk}
    page = cast.budi.client().get("/akses/beri/", sent)
    assert "Hanya di satu wilayah?" not in text_of(page)  # type: ignore[arg-type]


def test_who_holds_a_role_for_one_area_gives_none_beyond_it(cast: Cast) -> None:
    areas("52.03", "52.01")
    Grant.objects.filter(person=cast.dewi.person).update(superseded_at=NOW)
    make_grant(person_of(cast.dewi), "secretariat", cast.network, area_code="52.03")
    cast.network.seat_id = "52.03"
    cast.network.save()
    answers = {"peran": "secretariat", "orang": str(person_of(cast.fitri).pk), "yakin": "ya"}
    for area in ("", "52.01"):
        refused = give(cast, cast.dewi, **answers, area=area)
        assert refused.status_code == 422
        assert "hanya berlaku di satu wilayah" in text_of(refused)
    assert give(cast, cast.dewi, **answers, area="52.03").status_code == 302


def test_roles_of_a_place_are_offered_to_who_gives_them_in_an_area_of_it(cast: Cast) -> None:
    assert "secretariat" in appointable_within(cast.dewi.actor, cast.network, on=TOMORROW)
    assert appointable_within(cast.ani.actor, cast.lentera, on=TOMORROW) == frozenset()
