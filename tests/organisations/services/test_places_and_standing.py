"""Seat and working areas; declarations and confirmations; safety mode."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Reach
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.facts import profiles as facts
from simpul.organisations.listing import drifted
from simpul.organisations.models import WorkingArea
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import declarations_of, last_confirmation_of, working_areas_of
from simpul.organisations.services.places import add_working_area, end_working_area, set_seat
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.standing import confirm_active, declare
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, someone
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def found(**search: str) -> list[str]:
    return [o.name for o in directory(Anonymous(), Search(**search)).rows]


@audits(set_seat)
def test_set_seat_moves_it_in_the_directory() -> None:
    organisation = make_organisation(name="Lentera", seat="52.03")
    fresh = set_seat(SYSTEM, organisation, seat=areas("52.71")[0], seen_version=1, now=NOW)
    assert (fresh.seat_id, found(area_code="52.03"), found(area_code="52.71")) == ("52.71", [], ["Lentera"])
    with pytest.raises(Conflict, match="edited_meanwhile"):
        set_seat(SYSTEM, organisation, seat=None, seen_version=1, now=NOW)
    assert Act.objects.get(act="organisations.set_seat").details == {"area": "52.71"}


@audits(add_working_area, end_working_area)
def test_working_areas_have_their_time() -> None:
    organisation = make_organisation(name="Lentera", seat="52.71")
    [lotim, lobar] = areas("52.03", "52.01")
    row = add_working_area(SYSTEM, organisation, area=lotim, since=date(2022, 1, 1), now=NOW)
    assert add_working_area(SYSTEM, organisation, area=lotim, since=date(2022, 1, 1), now=NOW) == row
    add_working_area(SYSTEM, organisation, area=lobar, now=NOW)
    with pytest.raises(Conflict, match="already_there"):
        add_working_area(SYSTEM, organisation, area=lotim, since=date(2023, 1, 1), now=NOW)
    assert found(area_code="52.03") == ["Lentera"]
    with pytest.raises(Invalid, match="period_order"):
        end_working_area(SYSTEM, row, until=date(2022, 1, 1), now=NOW)
    later = NOW + timedelta(days=2)
    ended = end_working_area(SYSTEM, row, until=date(2024, 1, 1), now=later)
    for again in (ended, row, WorkingArea.objects.get(pk=row.pk)):
        assert end_working_area(SYSTEM, again, until=date(2024, 1, 1), now=later) == ended
    with pytest.raises(Conflict, match="corrected_meanwhile"):
        end_working_area(SYSTEM, row, until=date(2024, 2, 1), now=later)
    assert [r.area_id for r in working_areas_of(organisation, date(2023, 6, 1))] == ["52.01", "52.03"]
    assert [r.area_id for r in working_areas_of(organisation, TODAY)] == ["52.01"]
    assert facts.areas_worked_in(TODAY, organisation_id=organisation.pk, known=NOW).count() == 2
    assert found(area_code="52.03") == []
    assert drifted() == []
    acts = Act.objects.filter(act__in=["organisations.add_working_area", "organisations.end_working_area"])
    assert acts.count() == 3


@denies(set_seat, add_working_area, end_working_area, declare, confirm_active, set_safety_mode)
def test_places_and_standing_are_for_who_may() -> None:
    organisation = make_organisation(seat="52.71")
    row = add_working_area(SYSTEM, organisation, area=areas("52.03")[0], now=NOW)
    editor_elsewhere = someone(make_organisation(), "organisation.edit", "organisation.set_safety")
    editor_of_another_area = someone(organisation, "organisation.edit", "organisation.set_safety", area_code="52.03")
    for actor in (Anonymous(), editor_elsewhere, editor_of_another_area):
        for act in (
            lambda a: set_seat(a, organisation, seat=None, seen_version=1, now=NOW),
            lambda a: add_working_area(a, organisation, area=areas("52.01")[0], now=NOW),
            lambda a: end_working_area(a, row, until=TODAY, now=NOW),
            lambda a: declare(a, organisation, kind="psea", declared_on=TODAY, now=NOW),
            lambda a: confirm_active(a, organisation, now=NOW),
            lambda a: set_safety_mode(a, organisation, on=True, reason_code="threat", now=NOW),
        ):
            with pytest.raises(Denied):
                act(actor)


@audits(declare)
def test_the_latest_declaration_of_a_kind_holds() -> None:
    organisation = make_organisation()
    key = uuid7()
    said = declare(SYSTEM, organisation, kind="psea", declared_on=date(2024, 1, 1), id=key, now=NOW)
    assert declare(SYSTEM, organisation, kind="psea", declared_on=date(2024, 1, 1), id=key, now=NOW) == said
    declare(
        SYSTEM,
        organisation,
        kind="psea",
        standing="verified",
        declared_on=date(2024, 6, 1),
        valid_until=date(2025, 1, 1),
        now=NOW,
    )

    def psea(day: date) -> tuple[str, bool]:
        [row] = [d for d in declarations_of(organisation, day) if d.kind == "psea"]
        return (row.holding.standing if row.holding else "", row.is_verified)

    assert psea(date(2023, 12, 31)) == ("", False)
    assert psea(date(2024, 5, 1)) == ("declared", False)
    assert psea(date(2024, 12, 31)) == ("verified", True)
    assert psea(date(2025, 1, 1)) == ("", False)
    declare(SYSTEM, organisation, kind="psea", standing="withdrawn", declared_on=date(2024, 7, 1), now=NOW)
    assert psea(date(2024, 12, 31)) == ("", False)
    assert len(declarations_of(organisation, TODAY)) == 12
    assert Act.objects.filter(act="organisations.declare").count() == 3


def test_nobody_verifies_their_own_organisation() -> None:
    organisation = make_organisation()
    own = someone(organisation, "organisation.edit")
    declare(own, organisation, kind="chs", declared_on=TODAY, now=NOW)
    with pytest.raises(Denied):
        declare(own, organisation, kind="chs", standing="verified", declared_on=TODAY, now=NOW)
    with pytest.raises(Invalid, match="in_the_future"):
        declare(own, organisation, kind="chs", declared_on=TODAY + timedelta(days=1), now=NOW)
    with pytest.raises(Invalid, match="period_order"):
        declare(own, organisation, kind="chs", declared_on=TODAY, valid_until=TODAY, now=NOW)


@audits(confirm_active)
def test_confirm_active_is_once_a_day_and_person() -> None:
    organisation = make_organisation(name="Lentera")
    make_organisation(name="Pelita")
    ani = someone(organisation, "organisation.edit", person_id=uuid7())
    first = confirm_active(ani, organisation, now=NOW)
    assert confirm_active(ani, organisation, now=NOW + timedelta(hours=2)) == first
    confirm_active(SYSTEM, organisation, confirmed_on=date(2024, 1, 1), now=NOW)
    last = last_confirmation_of(organisation)
    assert last is not None
    assert (last.confirmed_on, last.confirmed_by) == (TODAY, ani.person_id)
    active = directory(Anonymous(), Search(active_since=date(2025, 1, 1)))
    assert ([o.name for o in active.rows], active.total) == (["Lentera"], 1)
    with pytest.raises(Invalid, match="in_the_future"):
        confirm_active(ani, organisation, confirmed_on=date(2025, 3, 1), now=NOW)
    assert Act.objects.filter(act="organisations.confirm_active").count() == 2


@audits(set_safety_mode)
def test_set_safety_mode_hides_at_once_and_only_once() -> None:
    organisation = make_organisation(name="Teduh")
    network = make_organisation()
    keeper = someone(network, "organisation.set_safety", "organisation.see_protected", reach=Reach.NODE)
    set_safety_mode(keeper, organisation, on=True, reason_code="threat", now=NOW)
    set_safety_mode(keeper, organisation, on=True, reason_code="threat", now=NOW)
    assert found(text="teduh") == []
    assert not facts.names_borne(organisation.pk).exists()
    set_safety_mode(keeper, organisation, on=False, reason_code="over", now=NOW)
    assert found(text="teduh") == ["Teduh"]
    acts = Act.objects.filter(act="organisations.set_safety_mode").order_by("id")
    assert [a.details for a in acts] == [{"on": True, "reason": "threat"}, {"on": False, "reason": "over"}]
    with pytest.raises(Invalid, match="unknown_choice"):
        set_safety_mode(keeper, organisation, on=True, reason_code="", now=NOW)
