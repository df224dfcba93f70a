"""What a grant reaches through networks and accompaniment: confirmed, on the day, at every depth, as one subquery."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.kernel.actor import Reach, Scope, ScopeEntry, System
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.rules.organisations import within
from simpul.organisations.rules.reach import accompanied_by, members_of, share_a_network
from simpul.organisations.services.accompaniments import end_accompaniment
from simpul.organisations.services.memberships import admit_member, end_membership
from tests.factories.networks import NOW, accompany, admit, holder, make_group, make_network
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)


def names(*args: object, **kwargs: object) -> set[str]:
    return set(Organisation.objects.filter(*args, **kwargs).values_list("name", flat=True))


def test_members_of_reaches_every_level_and_not_the_network_itself() -> None:
    nation, province, regency = (make_network(n) for n in ("Nasional", "Provinsi", "Kabupaten"))
    lrc, outsider = make_organisation(name="LRC"), make_organisation(name="Luar")
    admit(nation, province)
    admit(province, regency)
    admit(regency, lrc)
    admit(make_network("Lain"), outsider)
    assert names(members_of([nation.pk], on=DAY)) == {"Provinsi", "Kabupaten", "LRC"}
    assert names(members_of([regency.pk], on=DAY)) == {"LRC"}
    assert names(members_of([], on=DAY)) == set()


def test_members_of_takes_the_day_and_today_when_none_is_named() -> None:
    network, past, future = make_network(), make_organisation(name="Lalu"), make_organisation(name="Nanti")
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    admit(network, past, valid_from=date(2020, 1, 1), valid_until=today)
    admit(network, future, valid_from=today + timedelta(days=2))
    admit(network, make_organisation(name="Kini"), valid_from=today)
    assert names(members_of([network.pk])) == {"Kini"}
    assert names(members_of([network.pk], on=date(2021, 5, 5))) == {"Lalu"}


def test_observers_and_secretariats_are_not_reached() -> None:
    network = make_network()
    admit(network, make_organisation(name="Pengamat"), role=MembershipRole.OBSERVER)
    admit(network, make_organisation(name="Sekretariat"), role=MembershipRole.SECRETARIAT)
    admit(network, make_organisation(name="Presidium"), role=MembershipRole.PRESIDIUM)
    assert names(members_of([network.pk], on=DAY)) == {"Presidium"}


def test_an_unconfirmed_member_is_out_of_a_grants_reach() -> None:
    network, stranger = make_network(), make_organisation(name="Tak tahu")
    actor = holder("membership.manage", network, reach=Reach.MEMBERS)
    admit_member(actor, network, member=stranger, valid_from=DAY, now=NOW)
    assert names(members_of([network.pk], on=DAY)) == set()


def test_members_of_ends_on_a_circle_that_got_into_the_data() -> None:
    one, two = make_network("Satu"), make_network("Dua")
    for member, network in ((one, two), (two, one)):
        Membership.objects.create(member=member, network=network, is_confirmed=True, recorded_at=NOW)
    assert names(members_of([one.pk], on=DAY)) == {"Satu", "Dua"}


def test_within_is_one_query_through_any_number_of_levels() -> None:
    top = make_network("Puncak")
    below = top
    for _ in range(6):
        deeper = make_network()
        admit(below, deeper)
        below = deeper
    scope = Scope((ScopeEntry(top.pk, None, Reach.MEMBERS),))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert Organisation.objects.filter(within(scope)).count() == 7
    assert len(queries) == 1


def test_a_relation_path_is_followed() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member)
    assert list(Membership.objects.filter(members_of([network.pk], "member__", on=DAY))) == [row]


def test_accompanied_by_gives_the_groups_of_the_day_and_only_those() -> None:
    lrc, other, lentera = make_organisation(name="LRC"), make_organisation(), make_group("Lentera")
    row = accompany(lrc, lentera, valid_from=date(2025, 1, 1))
    accompany(other, make_group("Lain"))
    assert names(accompanied_by([lrc.pk], on=date(2024, 12, 31))) == set()
    assert names(accompanied_by([lrc.pk], on=date(2025, 1, 1))) == {"Lentera"}
    assert names(accompanied_by([lrc.pk])) == {"Lentera"}
    end_accompaniment(System(), row, valid_until=date(2025, 5, 1), now=NOW)
    assert names(accompanied_by([lrc.pk])) == set()
    assert names(accompanied_by([lrc.pk], on=date(2025, 4, 30))) == {"Lentera"}


def test_an_ended_membership_is_out_of_reach_today() -> None:
    network, member = make_network(), make_organisation()
    [row] = admit(network, member)
    end_membership(System(), row, valid_until=date(2025, 5, 1), reason="left", now=datetime(2025, 5, 1, tzinfo=UTC))
    assert names(members_of([network.pk])) == set()


def test_share_a_network_is_direct_confirmed_and_of_today() -> None:
    network, ours, theirs, far, past = make_network(), *(make_organisation() for _ in range(4))
    below = make_network()
    admit(network, ours, theirs, below)
    admit(below, far)
    admit(network, past, valid_until=date(2024, 6, 1))
    assert share_a_network([ours.pk], theirs.pk)
    assert share_a_network([ours.pk], network.pk)
    assert share_a_network([network.pk], ours.pk)
    assert share_a_network([ours.pk], ours.pk)
    assert not share_a_network([ours.pk], far.pk)
    assert not share_a_network([ours.pk], past.pk)
    assert not share_a_network([], theirs.pk)


def test_being_named_by_a_network_shares_nothing() -> None:
    network, member, stranger = make_network(), make_organisation(), make_organisation()
    admit(network, member)
    admit_member(holder("membership.manage", network), network, member=stranger, valid_from=DAY, now=NOW)
    assert not share_a_network([member.pk], stranger.pk)
    assert not share_a_network([stranger.pk], member.pk)
