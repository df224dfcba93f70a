"""A network's own word is dated, kept apart from the records, and corrected by appending."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Denied, Invalid
from simpul.organisations.models import DeclaredReach
from simpul.organisations.services.declared_reach import declare_reach
from tests.factories.networks import NOW, holder, make_network
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

DAY = date(2020, 6, 1)


@denies(declare_reach)
def test_only_the_network_speaks_for_itself() -> None:
    with pytest.raises(Denied) as denied:
        declare_reach(
            holder("membership.manage", make_organisation()), make_network(), count=500, declared_on=DAY, now=NOW
        )
    assert denied.value.permission == "membership.manage"
    assert not DeclaredReach.objects.exists()


@audits(declare_reach)
def test_a_declaration_is_kept_once_and_another_count_supersedes_it() -> None:
    network = make_network()
    actor = holder("membership.manage", network)
    first, again = (
        declare_reach(actor, network, count=500, declared_on=DAY, note="“sekitar 500”", now=NOW) for _ in "ab"
    )
    assert first == again
    second = declare_reach(actor, network, count=512, declared_on=DAY, is_approximate=False, now=NOW)
    later = declare_reach(actor, network, count=530, declared_on=DAY + timedelta(days=365), now=NOW)
    current = DeclaredReach.objects.filter(superseded_at=None).order_by("declared_on")
    assert list(current) == [second, later]
    assert Act.objects.filter(act="organisations.declare_reach").count() == 3


@pytest.mark.parametrize(
    ("count", "day", "code"), [(-1, DAY, "count_below_zero"), (5, NOW.date() + timedelta(days=2), "declared_in_future")]
)
def test_impossible_declarations_are_refused(count: int, day: date, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        declare_reach(System(), make_network(), count=count, declared_on=day, now=NOW)
    assert invalid.value.code == code


def test_who_has_no_members_declares_no_reach() -> None:
    with pytest.raises(Invalid) as invalid:
        declare_reach(System(), make_organisation(), count=5, declared_on=DAY, now=NOW)
    assert invalid.value.code == "not_a_network"
