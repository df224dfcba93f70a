"""Two people let a third back in; nobody alone, and nobody themselves."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from simpul.accounts import services, throttle
from simpul.accounts.models import Device, Recovery, Session, User
from simpul.accounts.queries import open_recoveries, open_reset_for
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PASSWORD, PIN, make_trusted, make_user, member
from tests.marks import audits, denies
from tests.racing import at_once

OPENS, CONFIRMS = "account.recover", "account.confirm_recovery"
BUDI = member(uuid7(), [OPENS])
KARTIKA = member(uuid7(), [OPENS, CONFIRMS])


@pytest.mark.django_db
@audits(services.open_recovery, services.confirm_recovery, services.use_recovery)
def test_two_people_let_a_volunteer_back_in() -> None:
    ani = make_user()
    recovery = services.open_recovery(BUDI, ani, now=NOW)
    services.confirm_recovery(KARTIKA, recovery, now=NOW)
    enrolment, token = services.use_recovery(BUDI, recovery, now=NOW)
    user, device, secret = services.claim_enrolment(token, pin=PIN, device_name="", now=NOW)
    assert (user, enrolment.user, enrolment.opened_by) == (ani, ani, BUDI.user_id)
    assert services.check_pin(device, secret, pin=PIN, now=NOW) == ani
    assert list(Act.objects.order_by("id").values_list("act", "user_id")) == [
        ("accounts.open_recovery", BUDI.user_id),
        ("accounts.confirm_recovery", KARTIKA.user_id),
        ("accounts.use_recovery", BUDI.user_id),
        ("accounts.claim_enrolment", ani.pk),
    ]


@pytest.mark.django_db
def test_every_old_way_in_is_gone_before_the_new_code_is_shown() -> None:
    ani = make_user(email="ani@contoh.id", password=PASSWORD)
    device, secret = make_trusted(ani)
    services.begin_session(ani, key="old", method="pin", device=device, now=NOW)
    Authenticator.objects.create(user=ani, type="totp", data={"secret": str(uuid7())})
    reset = services.open_password_reset(System("mail"), ani, now=NOW)
    for _ in range(throttle.PIN.free):
        throttle.take_try(throttle.PIN, str(ani.pk), NOW)
    recovery = services.open_recovery(BUDI, ani, now=NOW)
    services.confirm_recovery(KARTIKA, recovery, now=NOW)
    assert Session.objects.count() == 1
    services.use_recovery(BUDI, recovery, now=NOW)
    assert (Session.objects.count(), Authenticator.objects.count()) == (0, 0)
    assert Device.objects.get().revoked_by == BUDI.user_id
    assert not User.objects.get().has_usable_password()
    with pytest.raises(NotFound):
        open_reset_for(reset, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.check_pin(device, secret, pin=PIN, now=NOW)
    assert refused.value.code == "pin_wrong"  # and no wait is left from before


@pytest.mark.django_db
@denies(services.open_recovery)
def test_open_recovery_is_denied_without_the_permission_and_for_oneself() -> None:
    ani = make_user()
    for actor in (Anonymous(), member(uuid7(), ["account.enrol", CONFIRMS]), member(ani, [OPENS]), System("demo")):
        with pytest.raises(Denied) as refused:
            services.open_recovery(actor, ani, now=NOW)
        assert refused.value.permission == OPENS
    assert Recovery.objects.count() == 0


@pytest.mark.django_db
@denies(services.confirm_recovery)
def test_confirm_recovery_is_denied_to_the_opener_the_person_and_those_without_the_permission() -> None:
    ani = make_user()
    recovery = services.open_recovery(KARTIKA, ani, now=NOW)
    for actor in (KARTIKA, member(ani, [CONFIRMS]), BUDI, Anonymous(), System("demo")):
        with pytest.raises(Denied) as refused:
            services.confirm_recovery(actor, recovery, now=NOW)
        assert refused.value.permission == CONFIRMS
    assert Recovery.objects.get().confirmed_by is None


@pytest.mark.django_db
@denies(services.use_recovery)
def test_use_recovery_is_for_who_opened_it() -> None:
    recovery = services.open_recovery(BUDI, make_user(), now=NOW)
    services.confirm_recovery(KARTIKA, recovery, now=NOW)
    for actor in (KARTIKA, Anonymous(), System("demo"), member(uuid7(), [OPENS])):
        with pytest.raises(Denied) as refused:
            services.use_recovery(actor, recovery, now=NOW)
        assert refused.value.permission == OPENS


@pytest.mark.django_db
def test_use_recovery_waits_for_the_second_person_and_works_once() -> None:
    recovery = services.open_recovery(BUDI, make_user(), now=NOW)
    with pytest.raises(Conflict) as refused:
        services.use_recovery(BUDI, recovery, now=NOW)
    assert refused.value.code == "recovery_unconfirmed"
    services.confirm_recovery(KARTIKA, recovery, now=NOW)
    services.use_recovery(BUDI, recovery, now=NOW)
    for act in (
        lambda: services.use_recovery(BUDI, recovery, now=NOW),
        lambda: services.confirm_recovery(KARTIKA, recovery, now=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "recovery_over"


@pytest.mark.django_db
def test_an_expired_recovery_is_over_and_makes_room_for_another() -> None:
    ani = make_user()
    recovery = services.open_recovery(BUDI, ani, now=NOW)
    assert services.open_recovery(BUDI, ani, now=NOW) == recovery
    later = NOW + timedelta(days=3)
    for act in (
        lambda: services.confirm_recovery(KARTIKA, recovery, now=later),
        lambda: services.use_recovery(BUDI, recovery, now=later),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "recovery_over"
    again = services.open_recovery(BUDI, ani, now=later)
    assert again.pk != recovery.pk
    assert list(open_recoveries(KARTIKA, [ani.pk], now=later)) == [again]
    assert list(open_recoveries(member(uuid7(), ["account.enrol"]), [ani.pk], now=later)) == []


@pytest.mark.django_db
def test_the_database_itself_wants_two_people_and_neither_the_one_it_is_for() -> None:
    ani = make_user()
    other = uuid7()
    for opened_by, confirmed_by in ((other, other), (ani.pk, other), (other, ani.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.create(
                user=ani,
                opened_by=opened_by,
                opened_at=NOW,
                expires_at=NOW,
                confirmed_by=confirmed_by,
                confirmed_at=NOW,
            )


@pytest.mark.racing
def test_a_recovery_used_twice_at_once_gives_one_code(raced: None) -> None:
    recovery = services.open_recovery(BUDI, make_user(), now=NOW)
    services.confirm_recovery(KARTIKA, recovery, now=NOW)
    results = at_once(*[lambda: services.use_recovery(BUDI, recovery, now=NOW)] * 2)
    assert sorted(type(r).__name__ for r in results) == ["Conflict", "tuple"]


@pytest.mark.racing
def test_two_coordinators_opening_at_once_open_one(raced: None) -> None:
    ani = make_user()
    other = member(uuid7(), [OPENS])
    results = at_once(
        lambda: services.open_recovery(BUDI, ani, now=NOW).pk, lambda: services.open_recovery(other, ani, now=NOW).pk
    )
    assert results == [Recovery.objects.get().pk] * 2
