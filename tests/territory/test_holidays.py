from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.working_days import add_working_days
from simpul.territory.models import Holiday, HolidayKind
from simpul.territory.queries import calendar, holidays_between
from simpul.territory.services import add_holiday, withdraw_holiday
from tests.factories.territory import areas
from tests.marks import audits, denies
from tests.territory.conftest import NOW

pytestmark = pytest.mark.django_db
OPERATOR = System("tests")
NAME = LocalizedText(id="Hari jadi", en="Anniversary")


def enter(day: date, kind: str = "joint_leave", **more: object) -> Holiday:
    return add_holiday(OPERATOR, day, name=NAME, kind=kind, basis="SKB 3 Menteri", now=NOW, **more)  # type: ignore[arg-type]


def test_holidays_between_knows_national_days_and_joint_leave_with_both_ends() -> None:
    found = holidays_between(date(2026, 3, 18), date(2026, 3, 21))
    assert found == {date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 21)}
    assert holidays_between(date(2025, 12, 31), date(2026, 1, 1)) == {date(2026, 1, 1)}
    assert holidays_between(date(2026, 1, 2), date(2026, 1, 1)) == frozenset()


def test_holidays_between_adds_the_operators_days_and_takes_back_estimates() -> None:
    enter(date(2027, 3, 16))
    enter(date(2027, 3, 10), "working")
    found = holidays_between(date(2027, 3, 8), date(2027, 3, 16))
    assert date(2027, 3, 16) in found
    assert date(2027, 3, 10) not in found
    assert date(2027, 3, 11) in found


def test_holidays_between_of_an_area_has_the_local_days_of_what_it_lies_in() -> None:
    areas("52.03.05.2008", "52.01")
    enter(date(2026, 8, 31), "local", area_code="52.03")
    year = (date(2026, 8, 1), date(2026, 8, 31))
    assert date(2026, 8, 31) in holidays_between(*year, "52.03.05.2008")
    assert date(2026, 8, 31) not in holidays_between(*year, "52.01")
    assert date(2026, 8, 31) not in holidays_between(*year)


def test_holidays_between_asks_once_and_feeds_working_days(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = holidays_between(date(2026, 3, 1), date(2026, 4, 30), "52.03")
    # Lebaran 2026: from Tuesday 17 March the next working day after the 18th-24th is Wednesday the 25th.
    assert add_working_days(date(2026, 3, 17), 1, found) == date(2026, 3, 25)


def test_calendar_shows_the_operators_row_in_place_of_the_librarys() -> None:
    row = enter(date(2026, 12, 24), "national")
    lines = [off for off in calendar(2026) if off.day == date(2026, 12, 24)]
    assert [(off.kind, off.row) for off in lines] == [(HolidayKind.NATIONAL, row)]
    newyear = calendar(2026)[0]
    assert (newyear.day, newyear.name.to("en"), newyear.row) == (date(2026, 1, 1), "New Year's Day", None)
    assert newyear.name.to("id") == "Tahun Baru Masehi"


def test_calendar_of_a_year_nobody_knows_is_empty() -> None:
    assert calendar(1800) == []
    assert calendar(9998) == []


def test_withdraw_holiday_takes_it_out_and_the_day_may_be_entered_again() -> None:
    row = enter(date(2027, 3, 16))
    assert withdraw_holiday(OPERATOR, row, now=NOW).superseded_at == NOW
    assert withdraw_holiday(OPERATOR, row, now=NOW + timedelta(days=1)).superseded_at == NOW
    assert holidays_between(date(2027, 3, 16), date(2027, 3, 16)) == frozenset()
    assert enter(date(2027, 3, 16)).pk != row.pk


def test_a_holiday_can_not_be_changed_behind_the_services() -> None:
    row = enter(date(2027, 3, 16))
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.filter(pk=row.pk).update(day=date(2027, 3, 17))


def test_add_holiday_again_is_the_same_row_by_id_and_a_conflict_without() -> None:
    key = uuid7()
    assert enter(date(2027, 3, 16), id=key) == enter(date(2027, 3, 16), id=key)
    with pytest.raises(Conflict, match="already_entered"):
        enter(date(2027, 3, 16), "national")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "birthday"}, "unknown_kind"),
        ({"kind": "local"}, "area_needed"),
        ({"kind": "national", "area_code": "52.03"}, "area_not_wanted"),
        ({"kind": "local", "area_code": "99.99"}, "unknown_area"),
    ],
)
def test_add_holiday_refuses_what_can_not_be(more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        enter(date(2027, 3, 16), **more)  # type: ignore[arg-type]


def test_add_holiday_needs_its_decree() -> None:
    with pytest.raises(Invalid, match="basis_needed"):
        add_holiday(OPERATOR, date(2027, 1, 2), name=NAME, kind="national", basis="  ", now=NOW)


@denies(add_holiday, withdraw_holiday)
def test_holidays_are_the_operators_alone() -> None:
    row = enter(date(2027, 3, 16))
    with pytest.raises(Denied):
        add_holiday(Anonymous(), date(2027, 1, 2), name=NAME, kind="national", basis="x", now=NOW)
    with pytest.raises(Denied):
        withdraw_holiday(Anonymous(), row, now=NOW)


@audits(add_holiday, withdraw_holiday)
def test_holidays_leave_their_acts() -> None:
    row = enter(date(2027, 3, 16))
    withdraw_holiday(OPERATOR, row, now=NOW)
    assert list(Act.objects.order_by("id").values_list("act", "ref_id")) == [
        ("territory.add_holiday", row.pk),
        ("territory.withdraw_holiday", row.pk),
    ]
