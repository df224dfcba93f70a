"""What a supervisor's pages show, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.cases.models import Satisfaction
from simpul.cases.services.complaint_talk import answer_reporter
from simpul.cases.services.sight import assign_companion
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, make_case
from tests.factories.complaints import VILLAGE, complain_with_receipt, works_in
from tests.factories.referrals import make_referral

NAME = "Inaq Contohwati"


def grow(cast: Cast, number: int) -> None:
    assert cast.ani.person
    for _ in range(number):
        before = timezone.now() - timedelta(days=8)
        case = make_case(cast.lentera, types=["K.F"], victim={"name": NAME}, now=before)
        assign_companion(MAKER, case, cast.ani.person, now=before)


def test_figures_lead_to_no_case_and_name_none(cast: Cast) -> None:
    grow(cast, 6)
    browser = cast.kartika.client()
    assert reverse("supervision:workload", args=[cast.lentera.pk]) in browser.get("/pengawasan/").content.decode()
    page = browser.get(reverse("supervision:workload", args=[cast.lentera.pk])).content.decode()
    assert "5–9" in page
    assert "Ani" in page
    assert "/kasus/0" not in page
    assert NAME not in page
    assert "LNT-" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_figures_cost_the_same_for_one_and_three(cast: Cast, django_assert_max_num_queries: Any, number: int) -> None:
    grow(cast, number)
    make_referral(cast)
    browser = cast.kartika.client()
    for name in ("workload", "answers"):
        path = reverse(f"supervision:{name}", args=[cast.lentera.pk])
        browser.get(path)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200


def test_three_faces_are_asked_for_once_there_is_an_answer_and_can_be_changed(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint, digits, _secret = complain_with_receipt(now=timezone.now())
    browser = cast.publik.client()
    assert 'value="wajah"' not in browser.post("/resi/", {"receipt": digits}).content.decode()
    answer_reporter(cast.budi.actor, complaint, id=uuid7(), words="Kami baca.", now=timezone.now())
    assert 'value="wajah"' in browser.post("/resi/", {"receipt": digits}).content.decode()
    empty = browser.post("/resi/", {"receipt": digits, "langkah": "wajah"})
    assert empty.status_code == 422
    for face in ("1", "3"):
        assert browser.post("/resi/", {"receipt": digits, "langkah": "wajah", "face": face}).status_code == 200
    assert Satisfaction.objects.get().face == 3
