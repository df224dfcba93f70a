"""F5 and F17: distinct members of forums, direct members against reach, and the network's own word beside them."""

from datetime import date

import pytest
from django.db.models import Count

from simpul.kernel.actor import System
from simpul.organisations.facts.networks import declared_reaches, direct_members, forum_members, reach
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.services.declared_reach import declare_reach
from simpul.organisations.services.programme_roles import assign_role
from tests.factories.networks import NOW, admit, make_network, make_programme
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)


def test_direct_members_and_reach_differ_and_neither_counts_twice() -> None:
    nation = make_network(kind=OrganisationKind.NETWORK_OF_NETWORKS)
    networks = [make_network() for _ in range(3)]
    admit(nation, *networks)
    organisations = [make_organisation() for _ in range(4)]
    for network in networks:
        admit(network, *organisations)
    assert set(direct_members(nation.pk, day=DAY)) == set(networks)
    assert set(reach(nation.pk, day=DAY)) == set(organisations)
    assert not reach(nation.pk, day=date(2023, 12, 31)).exists()
    Organisation.objects.filter(pk=organisations[0].pk).update(in_safety_mode=True)
    assert reach(nation.pk, day=DAY).count() == 4


def test_the_own_word_stands_beside_the_records() -> None:
    nation = make_network()
    for year, count in ((2020, 500), (2024, 512)):
        declare_reach(System(), nation, count=count, declared_on=date(year, 5, 1), now=NOW)
    assert [row.count for row in declared_reaches(nation.pk, day=DAY)] == [512, 500]
    assert [row.count for row in declared_reaches(nation.pk, day=date(2023, 1, 1))] == [500]


def test_who_is_in_two_forums_counts_once_and_partners_do_not_count() -> None:
    programme, other = make_programme(valid_until=None), make_programme(acronym="LAIN", valid_until=None)
    one, two = (make_network(kind=OrganisationKind.LEARNING_FORUM) for _ in range(2))
    gresik, pangkep = areas("35.25", "73.10")
    for forum, area in ((one, gresik), (two, pangkep)):
        assign_role(System(), programme, organisation=forum, role=ProgrammeRoleKind.LEARNING_FORUM, area=area, now=NOW)
    both, first = make_organisation(), make_organisation()
    campus = make_organisation(kind=OrganisationKind.UNIVERSITY)
    admit(one, both, first, campus)
    admit(two, both)
    admit(make_network(), make_organisation())

    def distinct(*args: object, **asked: object) -> int:
        rows = forum_members(*args, day=DAY, **asked)  # type: ignore[arg-type]
        return int(rows.aggregate(n=Count("member", distinct=True))["n"])

    assert forum_members(programme.pk, day=DAY).count() == 3
    assert distinct(programme.pk) == distinct(None) == 2
    assert distinct(programme.pk, area_code="73") == 1
    assert distinct(other.pk) == 0
