"""Two operators at the same moment."""

from datetime import date

import pytest

from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict
from simpul.kernel.localized import LocalizedText
from simpul.territory.models import Area, Crosswalk, Holiday
from simpul.territory.queries import crosswalks
from simpul.territory.services import add_crosswalk, add_holiday, correct_crosswalk, load_demo_district
from tests.factories.territory import areas
from tests.racing import at_once
from tests.territory.conftest import NOW

pytestmark = [pytest.mark.racing, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("raced")]
OPERATOR = System("tests")
OLD, NEW, OTHER = "52.03.05.2001", "52.03.05.2006", "52.03.05.2007"
DAY = date(2026, 1, 1)


def codes(results: list[object]) -> list[str]:
    return sorted(r.code if isinstance(r, Conflict) else type(r).__name__ for r in results)


def test_correct_crosswalk_by_two_at_once_keeps_one() -> None:
    areas(OLD, NEW, OTHER)
    row = add_crosswalk(OPERATOR, OLD, new_code=NEW, valid_from=DAY, kind="recode", basis="Perda", now=NOW)

    def correct() -> Crosswalk:
        return correct_crosswalk(OPERATOR, row, new_code=OTHER, valid_from=DAY, kind="recode", basis="Ralat", now=NOW)

    assert codes(at_once(correct, correct)) == ["Crosswalk", "corrected_meanwhile"]
    assert crosswalks().count() == 1


def test_add_holiday_by_two_at_once_keeps_one() -> None:
    def add() -> Holiday:
        return add_holiday(OPERATOR, DAY, name=LocalizedText(id="Libur"), kind="national", basis="SKB", now=NOW)

    assert codes(at_once(add, add)) == ["Holiday", "already_entered"]
    assert Holiday.objects.filter(superseded_at=None).count() == 1


def test_load_demo_district_by_two_at_once_is_once() -> None:
    areas("52.03")

    def load() -> Area:
        return load_demo_district(OPERATOR, now=NOW)

    assert codes(at_once(load, load)) == ["Area", "Area"]
    assert Area.objects.filter(invented=True).count() == 6
