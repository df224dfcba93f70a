"""The record of acts, as an auditor of the platform reads it."""

from collections.abc import Callable

import pytest
from django.test import Client

from simpul.access import services as access
from simpul.audit.models import Act
from simpul.audit.queries import head
from simpul.audit.services import record, seal_pending
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from tests.cast import BUILDER, Cast
from tests.factories.audit import acts

PATH = "/audit/"


@pytest.fixture
def auditor(cast: Cast) -> Client:
    """Fitri, given the role for the whole platform."""
    assert cast.fitri.person is not None
    access.grant_role(BUILDER, cast.fitri.person, role="auditor", organisation=None, reason="uji", now=cast.now)
    return cast.fitri.client()


def page(browser: Client, query: str = "", status: int = 200) -> str:
    response = browser.get(PATH + query)
    assert response.status_code == status
    return response.content.decode()


def test_an_act_shows_ids_and_no_name(auditor: Client, cast: Cast) -> None:
    ref = RecordRef("people.person", uuid7())
    record(cast.budi.actor, "people.change_person", ref, details={"fields": ["name", "sex"], "count": 2})
    text = page(auditor)
    assert "people.change_person" in text
    assert str(ref.uuid) in text
    assert str(cast.budi.actor.person_id) in text
    assert "name, sex" in text
    assert "Budi" not in text


def test_acts_of_the_platform_and_of_the_public_say_so(auditor: Client) -> None:
    record(System("demo"), "demo.load_storyline", None)
    record(Anonymous(), "accounts.fail_sign_in", None)
    text = page(auditor, "?tindakan=demo.")
    assert "(demo)" in text
    assert "fail_sign_in" not in text


def test_the_list_goes_on_from_the_last_row(auditor: Client) -> None:
    acts(120)
    numbers = []
    address: str | None = "?tindakan=demo."
    while address:
        response = auditor.get(PATH + address)
        numbers += [row.number for row in response.context["acts"]]
        address = response.context["older"] or None
    assert numbers == list(Act.objects.filter(act__startswith="demo.").order_by("-id").values_list("id", flat=True))
    assert len(numbers) == 120


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_the_same_queries_for_any_number_of_acts(
    auditor: Client, rows: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    acts(rows)
    page(auditor)
    seal_pending(Act.objects.latest("id").at)
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]
        page(auditor)


QUERIES = 7


def test_the_head_of_the_chain_is_shown_to_be_noted(auditor: Client) -> None:
    acts(1)
    seal_pending(Act.objects.latest("id").at)
    assert str(head()) in page(auditor)


@pytest.mark.parametrize(
    "query",
    [
        "?tindakan=Budi Santoso",
        "?hari=kemarin",
        "?hari=2025-02-30",
        "?rekam=1",
        "?orang=x",
        "?sebelum=-1",
        "?sebelum=x",
    ],
)
def test_a_wrong_narrowing_is_said_and_kept(auditor: Client, query: str) -> None:
    acts(1)
    text = page(auditor, query, status=422)
    assert "demo.load_storyline" not in text


def test_a_day_is_a_day_in_jakarta(auditor: Client) -> None:
    acts(1)
    assert "demo.load_storyline" not in page(auditor, "?hari=2001-02-03")


def test_an_auditor_of_one_organisation_is_told_why_it_is_empty(cast: Cast) -> None:
    assert cast.fitri.person is not None
    access.grant_role(BUILDER, cast.fitri.person, role="auditor", organisation=cast.network, reason="uji", now=cast.now)
    acts(1)
    text = page(cast.fitri.client())
    assert "demo.load_storyline" not in text
    assert 'role="status"' in text
