"""A programme as a page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation, Programme
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.programme_roles import assign_role
from tests.factories.networks import make_programme
from tests.factories.organisations import NOW, SYSTEM, make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db


def ask(programme: Programme, **asked: str) -> Any:
    return Client().get(reverse("organisations:programme", args=[programme.pk]), asked)


@pytest.fixture
def madani() -> Programme:
    """Two lead partners of one regency in turn, and a forum that learns to the end."""
    programme = make_programme(make_organisation(name="Pengelola"))
    (pangkep, lotim) = areas("73.10", "52.03")
    for area in (pangkep, lotim):
        cover_area(SYSTEM, programme, area=area, now=NOW)
    roles: list[tuple[str, str, Any, date | None, date | None]] = [
        ("Mitra Pertama", "lead_partner", pangkep, date(2019, 10, 1), date(2022, 1, 1)),
        ("Mitra Kedua", "lead_partner", pangkep, date(2022, 1, 1), None),
        ("Forum Belajar", "learning_forum", lotim, None, None),
    ]
    for name, role, area, start, until in roles:
        assign_role(
            SYSTEM,
            programme,
            organisation=make_organisation(name=name),
            role=role,
            area=area,
            valid_from=start,
            valid_until=until,
            now=NOW,
        )
    return programme


def holding(answer: Any) -> set[str]:
    return {role.organisation.name for _label, rows in answer.context["groups"] for role in rows}


def test_after_its_end_it_is_shown_as_on_its_last_day(madani: Programme) -> None:
    answer = ask(madani)
    page = answer.content.decode()
    assert "Keadaan pada 30\u00a0September 2024." in page
    assert holding(answer) == {"Mitra Kedua", "Forum Belajar"}
    assert [role.organisation.name for role in answer.context["history"]] == ["Mitra Pertama"]
    assert "2 kabupaten/kota di 2 provinsi · 2 organisasi" in page
    assert {row.code: row.value for row in answer.context["map"].rows} == {"52.03": 1, "73.10": 1}


def test_another_day_has_the_roles_of_that_day(madani: Programme) -> None:
    assert holding(ask(madani, pada="2021-12-31")) == {"Mitra Pertama", "Forum Belajar"}
    assert holding(ask(madani, pada="2022-01-01")) == {"Mitra Kedua", "Forum Belajar"}
    before = ask(madani, pada="2019-09-30")
    assert holding(before) == set()
    assert "Belum ada pada hari ini" in before.content.decode()
    assert holding(ask(madani, pada="2021-02-30")) == {"Mitra Kedua", "Forum Belajar"}


def test_a_hidden_organisation_has_no_role_in_sight(madani: Programme) -> None:
    Organisation.objects.filter(name="Mitra Kedua").update(in_safety_mode=True)
    answer = ask(madani)
    assert holding(answer) == {"Forum Belajar"}
    assert "Mitra Kedua" not in answer.content.decode()


def test_it_is_seen_where_its_owner_is(madani: Programme) -> None:
    Organisation.objects.filter(name="Pengelola").update(in_safety_mode=True)
    hidden = ask(madani)
    missing = Client().get(reverse("organisations:programme", args=[uuid7()]))
    assert hidden.status_code == missing.status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_however_many_roles(
    madani: Programme, django_assert_num_queries: Any, more: int
) -> None:
    for _ in range(more):
        assign_role(SYSTEM, madani, organisation=make_organisation(), role="implementer", now=NOW)
    ask(madani)
    with django_assert_num_queries(4):
        assert ask(madani).status_code == 200
