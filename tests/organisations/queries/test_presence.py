"""Who is at work in an area, and where nobody is."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from simpul.kernel.actor import Anonymous
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Confirmation, Organisation
from simpul.organisations.queries.presence import (
    Presence,
    networks_in,
    organisations_in,
    presence_in,
    programmes_in,
)
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.memberships import admit_member, end_membership
from simpul.organisations.services.places import add_working_area
from simpul.organisations.services.programmes import start_programme
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, someone
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

PUBLIC = Anonymous()
LOMBOK_TIMUR, MASBAGIK, DANGER = "52.03", "52.03.05", "52.03.05.2008"
SINCE = TODAY - timedelta(days=365)


def confirm(organisation: Organisation, day: date = TODAY) -> None:
    Confirmation.objects.create(organisation=organisation, confirmed_on=day, recorded_at=NOW)


def test_presence_counts_each_once_however_often_confirmed(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    twice = make_organisation(seat=DANGER)
    confirm(twice)
    confirm(twice, TODAY - timedelta(days=1))
    add_working_area(SYSTEM, twice, area=areas(MASBAGIK)[0], now=NOW)
    old = make_organisation(seat=MASBAGIK)
    confirm(old, SINCE - timedelta(days=1))
    with django_assert_num_queries(1):
        found = presence_in(PUBLIC, [LOMBOK_TIMUR, MASBAGIK, DANGER, "52.01"], since=SINCE)
    assert found == {LOMBOK_TIMUR: Presence(2, 1), MASBAGIK: Presence(2, 1), DANGER: Presence(1, 1)}


def test_presence_leaves_out_the_hidden_but_for_their_own_people() -> None:
    hidden = make_organisation(seat=DANGER, hidden=True)
    confirm(hidden)
    assert presence_in(PUBLIC, [DANGER], since=SINCE) == {}
    own = someone(hidden, "organisation.edit")
    assert presence_in(own, [DANGER], since=SINCE) == {DANGER: Presence(1, 1)}
    assert organisations_in(PUBLIC, DANGER) == []
    assert [row.organisation for row in organisations_in(own, DANGER)] == [hidden]


def test_organisations_come_by_name_with_the_last_day_they_were_confirmed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    second = make_organisation(name="Yayasan Bulan", seat=DANGER)
    first = make_organisation(name="Yayasan Angin", seat=DANGER)
    make_organisation(name="Jaringan Air", kind="OT.N", seat=DANGER)
    confirm(second, date(2024, 1, 1))
    confirm(second, date(2024, 6, 1))
    with django_assert_num_queries(1):
        rows = organisations_in(PUBLIC, LOMBOK_TIMUR)
    assert [(r.organisation, r.confirmed_on) for r in rows] == [(first, None), (second, date(2024, 6, 1))]
    assert len(organisations_in(PUBLIC, LOMBOK_TIMUR, limit=1)) == 1


def test_networks_are_counted_by_their_members_of_that_day() -> None:
    network, smaller = make_organisation(kind="OT.N"), make_organisation(kind="OT.N")
    here, also, gone = (make_organisation(seat=DANGER) for _ in range(3))
    for member in (here, also):
        admit_member(SYSTEM, network, member=member, now=NOW)
    admit_member(SYSTEM, smaller, member=here, now=NOW)
    admit_member(SYSTEM, network, member=make_organisation(seat="52.01"), now=NOW)
    left = admit_member(SYSTEM, network, member=gone, valid_from=date(2020, 1, 1), now=NOW)
    end_membership(SYSTEM, left, valid_until=date(2022, 1, 1), reason="left", now=NOW)
    found = [(row.network, row.members) for row in networks_in(PUBLIC, DANGER, TODAY)]
    assert found == [(network, 2), (smaller, 1)]
    then = [(row.network, row.members) for row in networks_in(PUBLIC, DANGER, date(2021, 1, 1))]
    assert then[0] == (network, 3)


def test_a_programme_is_where_it_covers_the_area_a_part_of_it_or_what_it_lies_in() -> None:
    programme = start_programme(SYSTEM, make_organisation(), name=LocalizedText(id="Program"), now=NOW)
    cover_area(SYSTEM, programme, area=areas(MASBAGIK)[0], now=NOW)
    for code in (DANGER, MASBAGIK, LOMBOK_TIMUR):
        assert list(programmes_in(PUBLIC, code, TODAY)) == [programme]
    assert list(programmes_in(PUBLIC, "52.03.06", TODAY)) == []


def test_a_programme_of_a_hidden_owner_is_not_shown() -> None:
    owner = make_organisation(hidden=True)
    programme = start_programme(SYSTEM, owner, name=LocalizedText(id="Program"), now=NOW)
    cover_area(SYSTEM, programme, area=areas(DANGER)[0], now=NOW)
    assert list(programmes_in(PUBLIC, DANGER, TODAY)) == []
