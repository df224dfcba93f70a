"""A trusted device and its PIN."""

from datetime import timedelta

import pytest

from simpul.accounts import services, throttle
from simpul.accounts.models import Device, Session
from simpul.accounts.queries import devices_for, trusted_devices
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PIN, make_trusted, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
OTHER_PIN = "917352"


@audits(services.trust_device)
def test_trust_device_makes_a_device_of_ones_own() -> None:
    user = make_user()
    device, secret = services.trust_device(member(user), user, pin=PIN, device_name="Laptop", now=NOW)
    assert trusted_devices([secret, "unknown"]) == [(device, secret)]
    assert (Act.objects.get().act, Act.objects.get().ref_id) == ("accounts.trust_device", device.pk)


@denies(services.trust_device)
def test_trust_device_for_another_is_denied_whatever_one_may() -> None:
    with pytest.raises(Denied) as refused:
        services.trust_device(
            member(uuid7(), ["account.enrol", "account.recover"]), make_user(), pin=PIN, device_name="", now=NOW
        )
    assert refused.value.permission == "account.trust_device"


def test_check_pin_notes_the_day_it_was_seen() -> None:
    device, secret = make_trusted(make_user())
    services.check_pin(device, secret, pin=PIN, now=NOW + timedelta(days=3))
    assert Device.objects.get().seen_on == (NOW + timedelta(days=3)).date()


@denies(services.check_pin)
def test_check_pin_refuses_another_pin_and_another_devices_secret() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    _second, second_secret = make_trusted(user, pin=OTHER_PIN)
    for used, pin in ((secret, OTHER_PIN), (second_secret, PIN), (second_secret, OTHER_PIN)):
        with pytest.raises(Invalid) as refused:
            services.check_pin(device, used, pin=pin, now=NOW)
        assert (refused.value.code, refused.value.field) == ("pin_wrong", "pin")


@audits(services.check_pin)
def test_wrong_pins_wait_longer_and_end_in_a_recovery() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    moment, codes = NOW, []
    for _ in range(12):
        with pytest.raises(Invalid) as refused:
            services.check_pin(device, secret, pin=OTHER_PIN, now=moment)
        codes.append(refused.value.code)
        moment += timedelta(minutes=15)
    assert codes == ["pin_wrong"] * 10 + ["closed_for_good"] * 2
    with pytest.raises(Invalid) as refused:
        services.check_pin(device, secret, pin=PIN, now=moment + timedelta(days=365))
    assert refused.value.code == "closed_for_good"
    tries = [a.details["tries"] for a in Act.objects.filter(act="accounts.refuse_pin").order_by("id")]
    assert tries == [4, 5, 6, 7, 8, 9, 10]


@denies(services.check_kept_pin)
@audits(services.check_kept_pin)
def test_check_kept_pin_compares_one_wrong_pin_and_none_after_it() -> None:
    """Nothing is recorded before the fourth wrong try, and alone it never gets beyond the first."""
    user = make_user()
    device, secret = make_trusted(user)
    for pin in [OTHER_PIN] * 12 + [PIN]:
        with pytest.raises(Invalid) as refused:
            services.check_kept_pin(device, secret, pin=pin, now=NOW)
        assert refused.value.code == "pin_wrong"
    assert not Act.objects.filter(act="accounts.refuse_pin").exists()
    for _ in range(4 - 1):
        with pytest.raises(Invalid):
            services.check_pin(device, secret, pin=OTHER_PIN, now=NOW)
    assert Act.objects.get(act="accounts.refuse_pin").details == {"tries": 4}
    services.check_pin(device, secret, pin=PIN, now=NOW + timedelta(hours=1))
    assert services.check_kept_pin(device, secret, pin=PIN, now=NOW + timedelta(hours=1)) == user


def test_wrong_pins_count_over_all_devices_of_the_account_and_for_no_other_account() -> None:
    user = make_user()
    first, second = make_trusted(user), make_trusted(user)
    for device, secret in (first, second, first, second):
        with pytest.raises(Invalid):
            services.check_pin(device, secret, pin=OTHER_PIN, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.check_pin(*first, pin=PIN, now=NOW)
    assert refused.value.code == "too_many_tries"
    neighbour = make_trusted(make_user())
    services.check_pin(*neighbour, pin=PIN, now=NOW)


def test_a_right_pin_forgives_the_wrong_ones() -> None:
    device, secret = make_trusted(make_user())
    for _ in range(5):
        for _wrong in range(throttle.PIN.free - 1):
            with pytest.raises(Invalid):
                services.check_pin(device, secret, pin=OTHER_PIN, now=NOW)
        services.check_pin(device, secret, pin=PIN, now=NOW)


def test_check_pin_refuses_a_closed_account() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    services.deactivate_user(member(uuid7(), ["account.recover"]), user)
    with pytest.raises(Invalid) as refused:
        services.check_pin(device, secret, pin=PIN, now=NOW)
    assert refused.value.code == "pin_wrong"
    assert trusted_devices([secret]) == []


@audits(services.change_pin)
def test_change_pin_replaces_it_on_that_device_alone() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    other, other_secret = make_trusted(user)
    services.change_pin(member(user), device, secret, current=PIN, new=OTHER_PIN, now=NOW)
    fresh = Device.objects.get(pk=device.pk)
    services.check_pin(fresh, secret, pin=OTHER_PIN, now=NOW)
    with pytest.raises(Invalid):
        services.check_pin(fresh, secret, pin=PIN, now=NOW)
    services.check_pin(other, other_secret, pin=PIN, now=NOW)
    assert [a.act for a in Act.objects.all()] == ["accounts.change_pin"]


@denies(services.change_pin)
def test_change_pin_needs_the_owner_and_the_present_pin() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    with pytest.raises(Denied):
        services.change_pin(member(uuid7()), device, secret, current=PIN, new=OTHER_PIN, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.change_pin(member(user), device, secret, current="000001", new=OTHER_PIN, now=NOW)
    assert refused.value.code == "pin_wrong"


@audits(services.revoke_device)
def test_revoke_device_signs_it_out_at_once_and_twice_is_once() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    kept, _secret = make_trusted(user)
    services.begin_session(user, key="on-it", method="pin", device=device, now=NOW)
    services.begin_session(user, key="elsewhere", method="pin", device=kept, now=NOW)
    for _ in range(2):
        services.revoke_device(member(user), device, now=NOW)
    fresh = Device.objects.get(pk=device.pk)
    assert (fresh.revoked_at, fresh.revoked_by) == (NOW, user.pk)
    assert [s.device for s in Session.objects.all()] == [kept]
    assert trusted_devices([secret]) == []
    assert list(devices_for(member(user), user)) == [kept]
    assert Act.objects.filter(act="accounts.revoke_device").count() == 1
    with pytest.raises(Invalid):
        services.check_pin(device, secret, pin=PIN, now=NOW)


@denies(services.revoke_device)
def test_revoke_device_of_another_is_denied_without_the_permission() -> None:
    device, _secret = make_trusted(make_user())
    for actor in (Anonymous(), member(uuid7(), ["account.enrol", "account.recover"])):
        with pytest.raises(Denied) as refused:
            services.revoke_device(actor, device, now=NOW)
        assert refused.value.permission == "account.see_devices"
    assert Device.objects.get().revoked_at is None


def test_devices_of_another_are_for_those_who_may_see_them() -> None:
    user = make_user()
    device, _secret = make_trusted(user)
    assert list(devices_for(member(uuid7(), ["account.see_devices"]), user)) == [device]
    with pytest.raises(Denied):
        devices_for(member(uuid7(), ["account.enrol"]), user)
