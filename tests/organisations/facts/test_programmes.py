"""F1 and F2: distinct regencies and cities in a period, and the provinces they lie in; roles that change hands."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from simpul.kernel.actor import System
from simpul.kernel.time import Period
from simpul.organisations.facts.programmes import programme_areas, programme_roles
from simpul.organisations.models.programmes import Programme, ProgrammeRoleKind
from simpul.organisations.services.coverage import cover_area, end_coverage, withdraw_coverage
from simpul.organisations.services.programme_roles import assign_role, end_role
from tests.factories.networks import NOW, make_programme
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

LATER = datetime(2025, 9, 1, tzinfo=UTC)
YEAR_2020 = Period(date(2020, 1, 1), date(2021, 1, 1))
YEAR_2023 = Period(date(2023, 1, 1), date(2024, 1, 1))


def f1_f2(programme: Programme | None = None, **asked: object) -> tuple[int, int]:
    rows = programme_areas(programme.pk if programme else None, **asked)  # type: ignore[arg-type]
    counted = rows.aggregate(f1=Count("regency_code", distinct=True), f2=Count("province_code", distinct=True))
    return counted["f1"], counted["f2"]


def test_regencies_and_provinces_are_counted_distinctly() -> None:
    programme, other = make_programme(), make_programme(acronym="INKLUSI")
    gresik, sumenep, makassar, village, province = areas("35.25", "35.29", "73.71", "52.03.05.2008", "73")
    for area in (gresik, sumenep, makassar, village, province):
        cover_area(System(), programme, area=area, now=NOW)
    cover_area(System(), other, area=gresik, now=NOW)
    assert f1_f2(programme) == (4, 3)
    assert f1_f2(other) == (1, 1)
    assert f1_f2() == (4, 3)
    assert f1_f2(programme, area_code="35") == (2, 1)
    assert f1_f2(programme, area_code="52.03") == (1, 1)
    row = programme_areas(programme.pk, area_code="35.25").get()
    assert (row.ref.kind, row.area.title, row.area_id) == (
        "organisations.programmearea",
        "Kabupaten Gresik",
        "35.25",
    )


def test_a_period_counts_what_held_on_any_of_its_days() -> None:
    programme = make_programme(valid_from=date(2019, 10, 1), valid_until=date(2024, 10, 1))
    first, second = areas("35.25", "73.10")
    row = cover_area(System(), programme, area=first, now=NOW)
    end_coverage(System(), row, valid_until=date(2020, 1, 1), now=NOW)
    cover_area(System(), programme, area=second, valid_from=date(2020, 12, 31), now=NOW)
    assert f1_f2(programme, period=Period(date(2019, 1, 1), date(2020, 1, 1))) == (1, 1)
    assert f1_f2(programme, period=YEAR_2020) == (1, 1)
    assert [r.area_id for r in programme_areas(programme.pk, period=YEAR_2020)] == ["73.10"]
    assert f1_f2(programme, period=Period(date(2024, 10, 1), None)) == (0, 0)
    assert f1_f2(programme, period=Period(None, date(2019, 10, 1))) == (0, 0)


def test_what_was_withdrawn_is_still_known_as_of_before() -> None:
    programme = make_programme()
    [area] = areas("73.10")
    row = cover_area(System(), programme, area=area, now=NOW)
    withdraw_coverage(System(), row, now=LATER)
    assert f1_f2(programme) == (0, 0)
    assert f1_f2(programme, as_of=NOW) == (1, 1)


def test_the_lead_partner_of_a_period_is_who_held_the_role_in_it() -> None:
    programme = make_programme()
    [pangkep] = areas("73.10")
    yasmib, lekrac = make_organisation(name="YASMIB"), make_organisation(name="LEKRAC")
    lead = ProgrammeRoleKind.LEAD_PARTNER
    row = assign_role(System(), programme, organisation=yasmib, role=lead, area=pangkep, now=NOW)
    end_role(System(), row, valid_until=date(2022, 1, 1), now=NOW)
    assign_role(System(), programme, organisation=lekrac, role=lead, area=pangkep, valid_from=date(2022, 1, 1), now=NOW)
    assign_role(System(), programme, organisation=lekrac, role=ProgrammeRoleKind.IMPLEMENTER, now=NOW)

    def leads(period: Period | None, **asked: str) -> list[str]:
        rows = programme_roles(programme.pk, role=lead, period=period, **asked)  # type: ignore[arg-type]
        return sorted(r.organisation.name for r in rows)

    assert leads(YEAR_2020) == ["YASMIB"]
    assert leads(YEAR_2023) == ["LEKRAC"]
    assert leads(None) == ["LEKRAC", "YASMIB"]
    assert leads(None, area_code="35") == []
    assert programme_roles(None).count() == 3
