"""A code that makes one phone trusted, once, within a quarter of an hour."""

from datetime import timedelta

import pytest

from simpul.accounts import services
from simpul.accounts.models import Device, Enrolment, User
from simpul.accounts.queries import open_enrolment_for
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PIN, member
from tests.marks import audits, denies
from tests.racing import at_once

BUDI = member(uuid7(), ["account.enrol"])


@audits(services.open_enrolment, services.claim_enrolment)
@pytest.mark.django_db
def test_a_volunteer_is_enrolled_without_email_or_phone() -> None:
    enrolment, token = services.open_enrolment(BUDI, now=NOW)
    user, device, secret = services.claim_enrolment(token, pin=PIN, device_name=" HP  Ani ", now=NOW)
    assert user == enrolment.user
    assert (device.user, device.name.open(), device.seen_on) == (user, "HP Ani", NOW.date())
    assert (user.email, user.phone, user.has_usable_password()) == (None, None, False)
    fresh = Enrolment.objects.get()
    assert (fresh.used_at, fresh.device) == (NOW, device)
    assert services.check_pin(device, secret, pin=PIN, now=NOW) == user
    acts = list(Act.objects.order_by("id").values_list("act", "user_id", "ref_id"))
    assert acts == [
        ("accounts.open_enrolment", BUDI.user_id, enrolment.pk),
        ("accounts.claim_enrolment", user.pk, enrolment.pk),
    ]


@pytest.mark.django_db
def test_neither_token_nor_secret_nor_pin_is_stored() -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)
    _user, _device, secret = services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)
    stored = repr(
        [*Enrolment.objects.values(), *Device.objects.values(), *User.objects.values(), *Act.objects.values()]
    )
    assert [s for s in (token, secret, PIN) if s in stored] == []


@denies(services.open_enrolment)
@pytest.mark.django_db
def test_open_enrolment_is_denied_without_the_permission() -> None:
    for actor in (Anonymous(), member(uuid7(), ["account.recover"])):
        with pytest.raises(Denied) as refused:
            services.open_enrolment(actor, now=NOW)
        assert refused.value.permission == "account.enrol"
    assert (User.objects.count(), Enrolment.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_open_enrolment_again_with_the_same_id_is_the_same_account_and_a_fresh_token() -> None:
    one = uuid7()
    first, old = services.open_enrolment(BUDI, now=NOW, id=one)
    later = NOW + timedelta(minutes=20)
    second, new = services.open_enrolment(BUDI, now=later, id=one)
    assert (first.pk, first.user_id) == (second.pk, second.user_id)
    with pytest.raises(NotFound):
        open_enrolment_for(old, now=later)
    assert open_enrolment_for(new, now=later).pk == one
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_open_enrolment_with_an_id_of_somebody_elses_is_denied() -> None:
    enrolment, token = services.open_enrolment(BUDI, now=NOW)
    with pytest.raises(Denied):
        services.open_enrolment(member(uuid7(), ["account.enrol"]), now=NOW, id=enrolment.pk)
    services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)
    with pytest.raises(Denied):
        services.open_enrolment(BUDI, now=NOW, id=enrolment.pk)


@denies(services.claim_enrolment)
@pytest.mark.parametrize("minutes", [15, 16])
@pytest.mark.django_db
def test_an_expired_enrolment_is_nothing(minutes: int) -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)
    with pytest.raises(NotFound):
        services.claim_enrolment(token, pin=PIN, device_name="", now=NOW + timedelta(minutes=minutes))
    assert Device.objects.count() == 0


@pytest.mark.django_db
def test_an_enrolment_lasts_to_its_fifteenth_minute() -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)
    services.claim_enrolment(token, pin=PIN, device_name="", now=NOW + timedelta(minutes=14, seconds=59))


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00"])
@pytest.mark.django_db
def test_a_wrong_token_is_nothing(token: str) -> None:
    services.open_enrolment(BUDI, now=NOW)
    with pytest.raises(NotFound):
        services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)


@pytest.mark.django_db
def test_an_enrolment_is_used_once() -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)
    services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)
    with pytest.raises(NotFound):
        services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)
    assert Device.objects.count() == 1


@pytest.mark.django_db
def test_a_weak_pin_leaves_the_token_usable() -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.claim_enrolment(token, pin="123456", device_name="", now=NOW)
    assert refused.value.code == "pin_weak"
    services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)


@pytest.mark.racing
def test_of_two_phones_one_wins(raced: None) -> None:
    _enrolment, token = services.open_enrolment(BUDI, now=NOW)

    def claim() -> Device:
        return services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)[1]

    results = at_once(claim, claim)
    assert sorted(type(r).__name__ for r in results) == ["Device", "NotFound"]
    assert [Device.objects.get()] == [r for r in results if isinstance(r, Device)]
