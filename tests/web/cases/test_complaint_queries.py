"""How many questions the pages of complaints ask the database, at one row and at three."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.complaints import SOCIAL, VILLAGE, complain, complain_with_receipt, works_in
from tests.web.cases.test_complaining import RECEIPT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, rows: int) -> None:
    works_in(cast.lentera, VILLAGE)
    for _n in range(rows):
        complain(SOCIAL)
    browser = cast.budi.client()
    browser.get("/")  # the session notes once that it is in use
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("inbox:list")).status_code == 200


def test_one_complaint(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint = complain(SOCIAL)
    complain(SOCIAL)
    browser = cast.budi.client()
    browser.get("/")  # the session notes once that it is in use
    # Two of them are the savepoint that a test's own transaction makes of ours.
    with django_assert_max_num_queries(14):
        assert browser.get(reverse("inbox:complaint", args=[complaint.pk])).status_code == 200


def test_the_page_of_a_receipt(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    works_in(cast.lentera, VILLAGE)
    _complaint, digits, _secret = complain_with_receipt()
    with django_assert_max_num_queries(12):
        assert Client().post(RECEIPT, {"receipt": digits}).status_code == 200
