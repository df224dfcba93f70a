"""Where a record is counted that the year's book does not know as it stands."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from simpul.cases import facts
from simpul.kernel.errors import Conflict
from simpul.releases.counting import arrived, placed
from simpul.releases.coverage import finest_places, regencies_with_groups
from simpul.releases.kinds import (
    FORMS,
    GRAVE,
    LEAST,
    RECODED,
    Age,
    age_of,
    depth_of,
    lineage_of,
    threshold_of,
    types_to,
)
from simpul.releases.months import closing, following, month_name, name_of, period_of
from simpul.releases.places import above, is_rest, places_at, rest_of
from simpul.releases.tables import Cadence, Depth, Level
from simpul.territory.models import Crosswalk
from tests.cast import Cast
from tests.factories.releases import JANUARY, VILLAGES, at_home, change_victims, victims
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR, areas

ON = date(2025, 3, 1)
PLACES = frozenset({MASBAGIK_UTARA_BARU, PENEDA_GANDOR, "52.03.00.0000", "52.02.00.0000"})
UNKNOWN = "52.03.05.2007"


def walked(old: str, new: str, *, on: date = date(2025, 2, 1), kind: str = "recode") -> None:
    Crosswalk.objects.create(old_code=old, new_id=new, valid_from=on, kind=kind, basis="SK", recorded_at=JANUARY)


@pytest.mark.django_db
def test_a_village_of_the_book_is_counted_as_itself() -> None:
    assert placed(MASBAGIK_UTARA_BARU, PLACES, ON) == MASBAGIK_UTARA_BARU


@pytest.mark.django_db
def test_a_village_with_a_new_code_is_counted_as_the_one_the_book_has() -> None:
    areas(MASBAGIK_UTARA_BARU, UNKNOWN)
    walked(UNKNOWN, MASBAGIK_UTARA_BARU)
    assert placed(UNKNOWN, PLACES, ON) == MASBAGIK_UTARA_BARU  # an old code, and the book has the new one


@pytest.mark.django_db
def test_a_part_that_was_split_off_within_the_year_is_counted_with_the_whole() -> None:
    areas(UNKNOWN)
    walked(MASBAGIK_UTARA_BARU, UNKNOWN, kind="split")
    assert placed(UNKNOWN, PLACES, ON) == MASBAGIK_UTARA_BARU


@pytest.mark.django_db
def test_a_village_made_of_several_is_counted_in_the_rest_of_its_regency() -> None:
    areas(UNKNOWN)
    walked(MASBAGIK_UTARA_BARU, UNKNOWN, kind="merge")
    walked(PENEDA_GANDOR, UNKNOWN, kind="merge")
    assert placed(UNKNOWN, PLACES, ON) == "52.03.00.0000"


@pytest.mark.django_db
def test_a_regency_the_book_has_not_is_refused() -> None:
    with pytest.raises(Conflict) as refused:
        placed("71.71.01.1001", PLACES, ON)
    assert refused.value.code == "unknown_place"


def test_a_type_the_book_has_not_is_refused(cast: Cast) -> None:
    at_home(cast)
    victims(2, ["ZZ.1"])
    with pytest.raises(Conflict) as refused:
        arrived([], closing("2025-01"), PLACES, ON)
    assert refused.value.code == "unknown_type"


def test_a_type_that_was_renamed_within_the_year_is_counted_under_its_old_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(cast)
    victims(2, ["ZZ.1"])
    monkeypatch.setitem(RECODED, "ZZ.1", "AD.1")
    found = arrived([], closing("2025-01"), PLACES, ON)
    assert {cell[1]: many for cell, many in found.items()} == {"AD.1": 2}


def test_people_are_counted_once_by_what_weighs_most(cast: Cast) -> None:
    at_home(cast)
    victims(2, ["K.P", "K.S.3", "AD.1"], age="0-5")
    victims(3, ["PA.2", "K.S.5"], sex="", age="")
    victims(1, ["K.P", "K.F", "K.N"], sex="L", outcome="unmet")
    victims(4, ["JK.4", "AD.10"], outcome="document_issued")
    assert arrived([], closing("2025-01"), PLACES, ON) == Counter(
        {
            (MASBAGIK_UTARA_BARU, "K.S", "P", "child", "open"): 2,
            (MASBAGIK_UTARA_BARU, "PA.2", "unknown", "unknown", "open"): 3,
            (MASBAGIK_UTARA_BARU, "K.F", "L", "adult", "not"): 1,
            (MASBAGIK_UTARA_BARU, "AD.10", "P", "adult", "done"): 4,
        }
    )


def test_who_was_in_any_earlier_month_never_arrives_again(cast: Cast) -> None:
    at_home(cast)
    keys = victims(6)
    closed = [closing("2025-01"), closing("2025-02"), closing("2025-03")]
    change_victims(keys[:2], at=datetime(2025, 2, 9, tzinfo=UTC), counting="refused")
    change_victims(keys[2:3], at=datetime(2025, 2, 9, tzinfo=UTC), sex="L")
    change_victims(keys[:2], at=datetime(2025, 3, 9, tzinfo=UTC), counting="agreed")
    late = victims(3, at=datetime(2025, 3, 9, tzinfo=UTC))
    between = victims(1, at=datetime(2025, 2, 2, tzinfo=UTC))
    change_victims(between, at=datetime(2025, 2, 3, tzinfo=UTC), counting="refused")  # in no month, until they agree
    change_victims(between, at=datetime(2025, 3, 3, tzinfo=UTC), counting="agreed")
    came = [sum(row.came for row in facts.arrivals((), closed=closed[:n], until=closed[n])) for n in range(3)]
    assert came == [6, 0, len(late) + 1]
    with pytest.raises(ValueError, match="nothing arrives"):
        list(facts.arrivals((), closed=closed, until=closed[0]))


def test_places_are_those_of_regencies_where_a_group_has_its_seat(cast: Cast) -> None:
    at_home(cast)
    assert regencies_with_groups() == {"52.03"}
    assert finest_places(ON, ["52.03", "99.99"]) == sorted(
        {MASBAGIK_UTARA_BARU, PENEDA_GANDOR, *(rest_of(above(code, Level.REGENCY)) for code in VILLAGES)}
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_one_lineage_and_a_threshold(form: str) -> None:
    branch, family, same = lineage_of(form)
    assert (same, depth_of(branch)) == (form, Depth.BRANCH)
    assert threshold_of(form) == (GRAVE if family == "PA" or form == "K.S" else LEAST)
    assert threshold_of(family) >= threshold_of(form)
    assert threshold_of(branch) >= threshold_of(family)


def test_the_thresholds_of_what_could_hold_the_gravest_are_the_highest() -> None:
    assert {code for code in types_to(Depth.FAMILY) if threshold_of(code) == GRAVE} == {"", "violence", "K", "PA"}
    with pytest.raises(ValueError, match="not a type"):
        depth_of("ZZ")


def test_months_quarters_and_years_have_names() -> None:
    assert (following("2025-12"), month_name(closing("2025-01"))) == ("2026-01", "2025-02")
    assert closing("2024-12") == datetime(2024, 12, 31, 17, tzinfo=UTC)  # midnight in Jakarta
    day = date(2025, 5, 31)
    for cadence, name in ((Cadence.MONTH, "2025-05"), (Cadence.QUARTER, "2025-Q2"), (Cadence.YEAR, "2025")):
        assert name_of(day, cadence) == name
        assert period_of(name).contains(day)


def test_places_nest() -> None:
    finest = ["52.03.05.2008", "52.03.00.0000", "52.02.00.0000"]
    assert places_at(Level.NATION, finest) == ("",)
    assert places_at(Level.DISTRICT, finest) == ("52.02.00", "52.03.00", "52.03.05")
    assert [is_rest(code) for code in ("52.03.00.0000", "52.03.00", "52.03", "52.03.05.2008")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_bands_of_age_become_child_and_adult() -> None:
    assert [age_of(band) for band in ("", "0-5", "12-17", "18-24", "60+")] == [
        Age.UNKNOWN, Age.CHILD, Age.CHILD, Age.ADULT, Age.ADULT,
    ]  # fmt: skip
