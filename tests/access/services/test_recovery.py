"""Helping somebody back in takes two, each of whom answers for where the person works."""

import pytest

from simpul.access.services import confirm_recovery, open_recovery, use_recovery
from simpul.accounts.models import Recovery
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied
from simpul.people.models import Person
from tests.cast import NOW, Cast, Played
from tests.factories.access import make_grant
from tests.marks import audits, denies


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def opened(cast: Cast) -> Recovery:
    return open_recovery(cast.budi.actor, person_of(cast.ani), now=NOW)


@audits(open_recovery, confirm_recovery, use_recovery)
def test_a_coordinator_opens_and_a_supervisor_confirms(cast: Cast) -> None:
    recovery = confirm_recovery(cast.kartika.actor, opened(cast), now=NOW)
    enrolment, token = use_recovery(cast.budi.actor, recovery, now=NOW)
    assert (enrolment.user, bool(token)) == (cast.ani.user, True)
    assert list(Act.objects.order_by("id").values_list("act", flat=True)) == [
        "accounts.open_recovery",
        "accounts.confirm_recovery",
        "accounts.use_recovery",
    ]


def test_one_alone_lets_nobody_in(cast: Cast) -> None:
    recovery = opened(cast)
    with pytest.raises(Conflict) as raised:
        use_recovery(cast.budi.actor, recovery, now=NOW)
    assert raised.value.code == "recovery_unconfirmed"
    with pytest.raises(Denied):
        confirm_recovery(cast.budi.actor, recovery, now=NOW)


@denies(open_recovery)
@pytest.mark.parametrize("key", ["ani", "hasan", "citra", "dewi", "joko", "publik"])
def test_nobody_opens_one_where_they_do_not_coordinate(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        open_recovery(getattr(cast, key).actor, person_of(cast.ani), now=NOW)
    assert raised.value.permission == "account.recover"
    assert Recovery.objects.count() == 0


def test_a_coordinator_opens_none_elsewhere(cast: Cast) -> None:
    with pytest.raises(Denied):
        open_recovery(cast.budi.actor, person_of(cast.hasan), now=NOW)


@denies(confirm_recovery)
@pytest.mark.parametrize("key", ["ani", "hasan", "citra", "dewi", "publik"])
def test_nobody_confirms_who_does_not_accompany_the_group(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        confirm_recovery(getattr(cast, key).actor, opened(cast), now=NOW)
    assert raised.value.permission == "account.confirm_recovery"


@denies(use_recovery)
@pytest.mark.parametrize("key", ["ani", "kartika", "joko", "hasan"])
def test_only_who_opened_it_uses_it(cast: Cast, key: str) -> None:
    recovery = confirm_recovery(cast.kartika.actor, opened(cast), now=NOW)
    with pytest.raises(Denied):
        use_recovery(getattr(cast, key).actor, recovery, now=NOW)


def test_two_of_a_group_do_not_open_an_account_that_is_also_a_secretariats(cast: Cast) -> None:
    make_grant(person_of(cast.ani), "secretariat", cast.network)
    with pytest.raises(Denied):
        opened(cast)


def test_another_role_without_second_factor_does_not_stand_in_the_way(cast: Cast) -> None:
    make_grant(person_of(cast.ani), "editor", cast.network)
    assert opened(cast).user == cast.ani.user


def test_a_role_given_meanwhile_elsewhere_stops_it(cast: Cast) -> None:
    recovery = opened(cast)
    make_grant(person_of(cast.ani), "coordinator", cast.other_group)
    with pytest.raises(Denied):
        confirm_recovery(cast.kartika.actor, recovery, now=NOW)


def test_an_operator_confirms_but_never_opens(cast: Cast) -> None:
    assert confirm_recovery(cast.joko.actor, opened(cast), now=NOW).confirmed_at == NOW


def test_who_has_no_account_has_none_to_recover(cast: Cast) -> None:
    Person.objects.filter(pk=person_of(cast.ani).pk).update(user=None)
    with pytest.raises(Denied):
        open_recovery(cast.budi.actor, Person.objects.get(pk=person_of(cast.ani).pk), now=NOW)
