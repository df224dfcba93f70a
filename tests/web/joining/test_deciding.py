"""The secretariat's queue: checked, asked, decided once, and a letter that names nobody."""

from typing import Any

import pytest

from simpul.organisations.admission import NEEDED, Act
from simpul.organisations.models import Membership
from simpul.organisations.queries.applications import application_for, call_of
from simpul.organisations.services.applications import move_application
from tests.cast import NOW, Cast
from tests.factories.applications import WANDA, apply, verified
from tests.factories.organisations import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db


def decision(**more: str) -> dict[str, str]:
    return {
        "outcome": "accept",
        "member": "baru",
        "decided_by": "Rapat presidium",
        "decided_on": "2025-06-01",
        "minutes": "Notulen 3",
        **more,
    }


def test_the_form_is_opened_with_terms_and_closed_again(cast: Cast) -> None:
    browser, path = cast.dewi.client(), f"/kelola/{cast.network.pk}/permohonan/buka/"
    assert browser.post(path, {"terms_en": "Only English"}).status_code == 422
    assert browser.post(path, {"terms": "Aktif setahun", "terms_en": "A year"}).status_code == 302
    call = call_of(cast.network)
    assert call is not None
    assert dict(call.terms or {}) == {"id": "Aktif setahun", "en": "A year"}
    assert f"/jejaring/{cast.network.pk}/gabung/" in browser.get(f"/jejaring/{cast.network.pk}/").content.decode()
    browser.post(path, {"langkah": "tutup"})
    assert call_of(cast.network) is None


def test_an_application_is_walked_from_the_home_page_to_a_member(cast: Cast) -> None:
    row, browser = apply(cast.network, name="Yayasan Tani Makmur"), cast.dewi.client()
    assert f"/kelola/permohonan/{row.pk}/" in browser.get("/").content.decode()
    page = f"/kelola/permohonan/{row.pk}/"
    assert page in browser.get(f"/kelola/{cast.network.pk}/permohonan/").content.decode()
    browser.post(f"{page}langkah/", {"act": "begin"})
    too_early = browser.post(f"{page}langkah/", {"act": "verify"})
    assert too_early.status_code == 422
    browser.post(f"{page}periksa/", {"items": [*NEEDED, "aims"]})
    browser.post(f"{page}langkah/", {"act": "verify"})
    assert browser.post(f"{page}putuskan/", decision()).headers["Location"] == page
    member = Membership.objects.get(network=cast.network, member__name="Yayasan Tani Makmur")
    assert member.is_confirmed
    answer = browser.get(page)
    text = answer.content.decode()
    told = answer.context["letter"].replace("\N{NO-BREAK SPACE}", " ")
    assert "Rapat presidium memutuskan pada 1 Juni 2025" in told
    assert f"/keanggotaan/{member.pk}/" in text
    assert browser.get(f"{page}putuskan/").headers["Location"] == page
    assert page in browser.get(f"/kelola/{cast.network.pk}/permohonan/?selesai=1").content.decode()


def test_the_letter_names_no_person(cast: Cast) -> None:
    row, browser = verified(cast.network), cast.dewi.client()
    browser.post(f"/kelola/permohonan/{row.pk}/putuskan/", decision(outcome="refuse", words="Belum setahun berdiri."))
    text = browser.get(f"/kelola/permohonan/{row.pk}/").context["letter"]
    assert "Belum setahun berdiri." in text
    assert WANDA.name not in text
    assert "+62" not in text


def test_a_question_without_words_is_asked_for_again(cast: Cast) -> None:
    row, browser = apply(cast.network), cast.dewi.client()
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    path = f"/kelola/permohonan/{row.pk}/langkah/"
    answer = browser.post(path, {"act": "ask", "words": " "})
    assert (answer.status_code, "words" in answer.context["form"].errors) == (422, True)
    assert browser.post(path, {"act": "accept"}).status_code == 302
    assert application_for(SYSTEM, row.pk).state == "verifying"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": "accept", "member": ""}, "member"),
        ({"outcome": "refuse", "words": " "}, "words"),
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": "2031-01-01"}, "decided_on"),
        ({"member": "0197b8f0-0000-7000-8000-000000000000"}, "member"),
    ],
)
def test_an_incomplete_decision_keeps_what_was_typed(cast: Cast, wrong: dict[str, str], field: str) -> None:
    row = verified(cast.network)
    answer = cast.dewi.client().post(f"/kelola/permohonan/{row.pk}/putuskan/", decision(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Notulen 3" in answer.content.decode()


def test_somebody_elses_decision_is_told_and_not_overwritten(cast: Cast) -> None:
    row, browser = verified(cast.network), cast.dewi.client()
    path = f"/kelola/permohonan/{row.pk}/putuskan/"
    browser.post(path, decision(outcome="refuse", words="Belum"))
    answer = browser.post(path, decision())
    assert answer.status_code == 422
    assert application_for(SYSTEM, row.pk).state == "refused"


def test_an_organisation_of_the_directory_is_chosen(cast: Cast) -> None:
    known = make_organisation(name="Yayasan Tani Makmur")
    row, browser = verified(cast.network, name="Yayasan Tani Makmur"), cast.dewi.client()
    assert str(known.pk) in browser.get(f"/kelola/permohonan/{row.pk}/").content.decode()
    browser.post(f"/kelola/permohonan/{row.pk}/putuskan/", decision(member=str(known.pk)))
    assert not Membership.objects.get(network=cast.network, member=known).is_confirmed


def test_the_lists_ask_the_same_for_one_and_for_three(cast: Cast, django_assert_num_queries: Any) -> None:
    browser, path = cast.dewi.client(), f"/kelola/{cast.network.pk}/permohonan/"
    row = apply(cast.network)
    browser.get(path)
    with django_assert_num_queries(9):
        browser.get(path)
    for _ in range(2):
        apply(cast.network)
    with django_assert_num_queries(9):
        browser.get(path)
    with django_assert_num_queries(10):
        browser.get(f"/kelola/permohonan/{row.pk}/")
