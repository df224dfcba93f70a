"""Wrong tries: how they add up, and that sending them all at once gains nothing."""

from datetime import timedelta

import pytest

from simpul.accounts import throttle
from simpul.accounts.models import Throttle
from simpul.kernel.errors import Invalid
from tests.factories.accounts import NOW
from tests.racing import at_once

SLOW = throttle.Policy("test", free=2, delays=(timedelta(minutes=1), timedelta(minutes=5)), limit=5)


@pytest.mark.django_db
def test_tries_are_free_then_wait_longer_and_longer_then_end() -> None:
    assert throttle.take_try(SLOW, "a", NOW) == 1
    assert throttle.take_try(SLOW, "a", NOW) == 2
    with pytest.raises(Invalid) as refused:
        throttle.take_try(SLOW, "a", NOW + timedelta(seconds=59))
    assert (refused.value.code, refused.value.params) == ("too_many_tries", {"minutes": 1})
    later = NOW + timedelta(minutes=1)
    assert throttle.take_try(SLOW, "a", later) == 3
    with pytest.raises(Invalid) as refused:
        throttle.take_try(SLOW, "a", later + timedelta(minutes=4))
    assert refused.value.code == "too_many_tries"
    for hours in (1, 2):
        throttle.take_try(SLOW, "a", NOW + timedelta(hours=hours))
    with pytest.raises(Invalid) as refused:
        throttle.take_try(SLOW, "a", NOW + timedelta(hours=23))
    assert refused.value.code == "closed_for_good"


@pytest.mark.django_db
def test_a_refused_try_is_not_counted() -> None:
    for _ in range(2):
        throttle.take_try(SLOW, "a", NOW)
    for _ in range(20):
        with pytest.raises(Invalid):
            throttle.take_try(SLOW, "a", NOW)
    assert Throttle.objects.get().failures == 2


@pytest.mark.django_db
def test_forgiving_starts_again_for_that_account_alone() -> None:
    for subject in ("a", "b"):
        throttle.take_try(SLOW, subject, NOW)
    throttle.forgive(SLOW, "a")
    assert throttle.take_try(SLOW, "a", NOW) == 1
    assert throttle.take_try(SLOW, "b", NOW) == 2


@pytest.mark.django_db
def test_a_password_is_forgotten_after_a_day_and_a_pin_never() -> None:
    for policy in (throttle.PASSWORD, throttle.PIN):
        throttle.take_try(policy, "a", NOW)
    later = NOW + timedelta(days=30)
    assert throttle.take_try(throttle.PASSWORD, "a", later) == 1
    assert throttle.take_try(throttle.PIN, "a", later) == 2


@pytest.mark.django_db
def test_the_table_names_nobody() -> None:
    throttle.take_try(throttle.PASSWORD, "budi@contoh.id", NOW)
    assert "budi" not in Throttle.objects.get().key


@pytest.mark.racing
def test_tries_at_the_same_moment_are_all_counted(raced: None) -> None:
    results = at_once(*[lambda: throttle.take_try(throttle.PIN, "raced", NOW)] * 8)
    refused = [r.code for r in results if isinstance(r, Invalid)]
    assert sorted(r for r in results if isinstance(r, int)) == [1, 2, 3, 4]
    assert refused == ["too_many_tries"] * 4
    assert Throttle.objects.get().failures == 4


@pytest.mark.racing
def test_forgiving_while_others_try_breaks_nobodys_try(raced: None) -> None:
    def right() -> int:
        tries = throttle.take_try(throttle.PASSWORD, "raced", NOW)
        throttle.forgive(throttle.PASSWORD, "raced")
        return tries

    results = at_once(*[right] * 8)
    assert all(isinstance(r, int | Invalid) for r in results)
    assert [r.code for r in results if isinstance(r, Invalid)] == ["too_many_tries"] * (
        8 - sum(isinstance(r, int) for r in results)
    )
