"""The tree of units: one parent on a day, never a circle, both ends agree."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Member, Reach
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.models import Organisation, UnitPlacement
from simpul.organisations.queries.profiles import parent_of, units_directly_below
from simpul.organisations.rules.organisations import within
from simpul.organisations.services.units import move_unit, place_unit
from simpul.records.models import known_at
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, someone
from tests.marks import audits, denies
from tests.racing import at_once, copied_database

pytestmark = pytest.mark.django_db
Y2020, Y2023 = date(2020, 1, 1), date(2023, 1, 1)


def make_tree(*names: str) -> list[Organisation]:
    return [make_organisation(name=name) for name in names]


def reached(actor: Member) -> list[str]:
    names = Organisation.objects.filter(within(actor.scope("unit.manage"))).values_list("name", flat=True)
    return sorted(names)


@audits(place_unit)
def test_place_unit_puts_it_below() -> None:
    nu, fatayat, desk = make_tree("NU", "Fatayat", "Desk")
    placed = place_unit(SYSTEM, fatayat, parent=nu, since=Y2020, now=NOW)
    assert place_unit(SYSTEM, fatayat, parent=nu, since=Y2020, now=NOW) == placed
    place_unit(SYSTEM, desk, parent=fatayat, now=NOW)
    assert parent_of(SYSTEM, desk, TODAY) == fatayat
    assert parent_of(SYSTEM, fatayat, date(2019, 12, 31)) is None
    assert list(units_directly_below(SYSTEM, nu, TODAY)) == [fatayat]
    assert reached(someone(nu, "unit.manage", reach=Reach.UNITS)) == ["Desk", "Fatayat", "NU"]
    assert reached(someone(fatayat, "unit.manage", reach=Reach.UNITS)) == ["Desk", "Fatayat"]
    assert reached(someone(nu, "unit.manage", reach=Reach.OWN)) == ["NU"]
    assert Act.objects.filter(act="organisations.place_unit").count() == 2


def test_place_unit_refuses_a_second_parent_and_a_circle() -> None:
    a, b, c = make_tree("A", "B", "C")
    place_unit(SYSTEM, b, parent=a, since=Y2020, now=NOW)
    place_unit(SYSTEM, c, parent=b, since=Y2020, now=NOW)
    with pytest.raises(Conflict, match="has_parent"):
        place_unit(SYSTEM, c, parent=a, since=Y2023, now=NOW)
    for parent in (b, c, a):
        with pytest.raises(Conflict, match="circle"):
            place_unit(SYSTEM, a, parent=parent, since=Y2020, now=NOW)
    assert UnitPlacement.objects.count() == 2


def test_what_has_ended_makes_no_circle() -> None:
    a, b = make_tree("A", "B")
    place_unit(SYSTEM, b, parent=a, since=Y2020, now=NOW)
    with pytest.raises(Conflict, match="circle"):
        place_unit(SYSTEM, a, parent=b, since=Y2023, now=NOW)
    move_unit(SYSTEM, b, parent=None, since=Y2023, now=NOW)
    place_unit(SYSTEM, a, parent=b, since=Y2023, now=NOW)
    assert (parent_of(SYSTEM, b, date(2022, 12, 31)), parent_of(SYSTEM, a, Y2023)) == (a, b)


def test_a_chain_whose_links_never_held_together_makes_no_circle() -> None:
    a, b, c = make_tree("A", "B", "C")
    place_unit(SYSTEM, b, parent=a, since=Y2020, now=NOW)
    move_unit(SYSTEM, b, parent=None, since=Y2023, now=NOW)
    place_unit(SYSTEM, c, parent=b, since=Y2023, now=NOW)
    place_unit(SYSTEM, a, parent=c, since=Y2023, now=NOW)
    assert parent_of(SYSTEM, a, TODAY) == c


@audits(move_unit)
def test_move_unit_keeps_where_it_was() -> None:
    a, b, unit = make_tree("A", "B", "U")
    place_unit(SYSTEM, unit, parent=a, since=Y2020, now=NOW)
    moved = move_unit(SYSTEM, unit, parent=b, since=Y2023, now=NOW)
    assert move_unit(SYSTEM, unit, parent=b, since=Y2023, now=NOW) == moved
    assert (parent_of(SYSTEM, unit, date(2022, 12, 31)), parent_of(SYSTEM, unit, Y2023)) == (a, b)
    known = UnitPlacement.objects.filter(known_at(None), organisation=unit)
    assert list(known.values_list("valid_from", "valid_until")) == [(Y2020, Y2023), (Y2023, None)]
    with pytest.raises(Invalid, match="period_order"):
        move_unit(SYSTEM, unit, parent=a, since=Y2020, now=NOW)
    assert Act.objects.get(act="organisations.move_unit").details == {"parent": str(b.pk)}


@denies(place_unit, move_unit)
def test_a_unit_is_placed_by_who_may_manage_both_ends() -> None:
    mine, theirs = make_tree("Mine", "Theirs")
    actor = someone(mine, "unit.manage", reach=Reach.UNITS)
    for act in (
        lambda: place_unit(actor, theirs, parent=mine, now=NOW),
        lambda: place_unit(actor, mine, parent=theirs, now=NOW),
        lambda: move_unit(actor, theirs, parent=mine, since=Y2020, now=NOW),
        lambda: move_unit(actor, mine, parent=theirs, since=Y2020, now=NOW),
    ):
        with pytest.raises(Denied, match=r"unit\.manage"):
            act()
    assert not UnitPlacement.objects.exists()


def test_the_database_itself_refuses_two_parents_and_itself() -> None:
    a, b = make_tree("A", "B")
    place_unit(SYSTEM, b, parent=a, now=NOW)
    with pytest.raises(IntegrityError, match="one_parent"), transaction.atomic():
        UnitPlacement.objects.create(organisation=b, parent=make_organisation(), recorded_at=NOW)
    with pytest.raises(IntegrityError, match="itself"), transaction.atomic():
        UnitPlacement.objects.create(organisation=a, parent=a, recorded_at=NOW)


@pytest.mark.racing
def test_two_placements_at_one_moment_never_close_a_circle(tmp_path: Path, transactional_db: None) -> None:
    with copied_database(tmp_path):
        for _ in range(4):
            a, b, c = make_tree("A", "B", "C")
            place_unit(SYSTEM, c, parent=b, now=NOW)
            results = at_once(
                lambda a=a, c=c: place_unit(SYSTEM, a, parent=c, now=NOW),
                lambda a=a, b=b: place_unit(SYSTEM, b, parent=a, now=NOW),
            )
            placed = [r for r in results if isinstance(r, UnitPlacement)]
            refused = [r for r in results if isinstance(r, Conflict)]
            assert (len(placed), [r.code for r in refused]) == (1, ["circle"])


@pytest.mark.racing
def test_two_parents_at_one_moment_leave_one(tmp_path: Path, transactional_db: None) -> None:
    with copied_database(tmp_path):
        a, b, unit = make_tree("A", "B", "U")
        results = at_once(
            lambda: place_unit(SYSTEM, unit, parent=a, now=NOW), lambda: place_unit(SYSTEM, unit, parent=b, now=NOW)
        )
        assert sorted(type(r).__name__ for r in results) == ["Conflict", "UnitPlacement"]
        assert UnitPlacement.objects.filter(known_at(None), organisation=unit).count() == 1
