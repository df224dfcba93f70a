"""Codes from an app, once each, and recovery codes."""

import base64
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection

from simpul.accounts import services
from simpul.accounts.models import AuthenticatorSecret, User
from simpul.accounts.queries import has_second_factor
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, make_user, member
from tests.marks import audits, denies
from tests.racing import at_once


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator app shows."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(moment.timestamp())).decode()


def set_up(user: User) -> tuple[str, list[str]]:
    secret = services.begin_totp(member(user), user)
    return secret, services.confirm_totp(member(user), user, code=code_at(secret, NOW), now=NOW)


@pytest.mark.django_db
@audits(services.begin_totp, services.confirm_totp)
def test_the_second_step_is_asked_for_once_it_is_confirmed() -> None:
    user = make_user()
    secret = services.begin_totp(member(user), user)
    assert services.begin_totp(member(user), user) == secret
    assert not has_second_factor(user)
    with pytest.raises(Invalid) as refused:
        services.confirm_totp(member(user), user, code="000000", now=NOW)
    assert (refused.value.code, refused.value.field) == ("code_wrong", "code")
    codes = services.confirm_totp(member(user), user, code=code_at(secret, NOW), now=NOW)
    assert has_second_factor(user)
    assert (len(codes), len(set(codes))) == (10, 10)
    assert [a.act for a in Act.objects.order_by("id")] == ["accounts.begin_totp", "accounts.confirm_totp"]


@pytest.mark.django_db
def test_secrets_are_stored_encrypted() -> None:
    user = make_user()
    secret = services.begin_totp(member(user), user)
    assert secret not in _stored("accounts_secondfactor")
    codes = services.confirm_totp(member(user), user, code=code_at(secret, NOW), now=NOW)
    stored = _stored("accounts_secondfactor") + _stored("accounts_authenticatorsecret") + _stored("mfa_authenticator")
    assert stored.count(str(user.pk).replace("-", "")) + stored.count(str(user.pk)) >= 3
    assert [s for s in (secret, *codes) if s in stored] == []


def _stored(table: str) -> str:
    """What somebody with the database alone reads there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr(cursor.fetchall())


@pytest.mark.django_db
@denies(services.check_code)
def test_a_code_fits_one_step_early_or_late_and_once() -> None:
    user = make_user()
    secret, _codes = set_up(user)
    moment = NOW + timedelta(hours=1)
    for offset in (-61, 61):
        with pytest.raises(Invalid):
            services.check_code(user, code_at(secret, moment + timedelta(seconds=offset)), now=moment)
    services.check_code(user, code_at(secret, moment - timedelta(seconds=30)), now=moment)
    current = code_at(secret, moment)
    services.check_code(user, f"{current[:3]} {current[3:]}", now=moment)
    for again in (current, code_at(secret, moment - timedelta(seconds=30))):
        with pytest.raises(Invalid) as refused:
            services.check_code(user, again, now=moment)
        assert refused.value.code == "code_wrong"


@pytest.mark.django_db
def test_the_code_that_confirmed_is_spent() -> None:
    user = make_user()
    secret, _codes = set_up(user)
    with pytest.raises(Invalid):
        services.check_code(user, code_at(secret, NOW), now=NOW)


@pytest.mark.django_db
def test_a_recovery_code_fits_once() -> None:
    user = make_user()
    _secret, codes = set_up(user)
    services.check_code(user, codes[3], now=NOW)
    with pytest.raises(Invalid):
        services.check_code(user, codes[3], now=NOW)
    services.check_code(user, codes[4], now=NOW)


@pytest.mark.django_db
@audits(services.check_code)
def test_wrong_codes_wait_and_are_counted_in_the_audit() -> None:
    user = make_user()
    secret, _codes = set_up(user)
    moment = NOW + timedelta(hours=1)
    for _ in range(5):
        with pytest.raises(Invalid):
            services.check_code(user, "000000", now=moment)
    with pytest.raises(Invalid) as refused:
        services.check_code(user, code_at(secret, moment), now=moment)
    assert refused.value.code == "too_many_tries"
    act = Act.objects.order_by("id").last()
    assert (act.act, act.ref_id, act.details) == ("accounts.refuse_code", user.pk, {"tries": 5})


@pytest.mark.django_db
def test_begin_totp_again_is_refused_while_one_is_set() -> None:
    user = make_user()
    set_up(user)
    with pytest.raises(Conflict) as refused:
        services.begin_totp(member(user), user)
    assert refused.value.code == "second_factor_set"


@pytest.mark.django_db
@audits(services.remove_totp, services.renew_recovery_codes)
def test_removing_and_renewing_need_a_code() -> None:
    user = make_user()
    secret, old = set_up(user)
    moment = NOW + timedelta(hours=1)
    for service in (services.remove_totp, services.renew_recovery_codes):
        with pytest.raises(Invalid):
            service(member(user), user, code="000000", now=moment)
    new = services.renew_recovery_codes(member(user), user, code=code_at(secret, moment), now=moment)
    assert set(new).isdisjoint(old)
    with pytest.raises(Invalid):
        services.check_code(user, old[0], now=moment)
    services.remove_totp(member(user), user, code=new[0], now=moment)
    assert not has_second_factor(user)
    assert (Authenticator.objects.count(), AuthenticatorSecret.objects.count()) == (0, 0)
    acts = [a.act for a in Act.objects.order_by("id")]
    assert acts[-2:] == ["accounts.renew_recovery_codes", "accounts.remove_totp"]


@pytest.mark.django_db
@denies(services.begin_totp, services.confirm_totp, services.remove_totp, services.renew_recovery_codes)
def test_the_second_step_of_another_is_denied_whatever_one_may() -> None:
    user = make_user()
    secret, _codes = set_up(user)
    other = member(uuid7(), ["account.enrol", "account.recover"])
    moment = NOW + timedelta(hours=1)
    code = code_at(secret, moment)
    for act in (
        lambda: services.begin_totp(other, user),
        lambda: services.confirm_totp(other, user, code=code, now=moment),
        lambda: services.remove_totp(other, user, code=code, now=moment),
        lambda: services.renew_recovery_codes(other, user, code=code, now=moment),
    ):
        with pytest.raises(Denied) as refused:
            act()
        assert refused.value.permission == "account.second_factor"


@pytest.mark.racing
def test_one_code_at_two_doors_opens_one(raced: None) -> None:
    user = make_user()
    secret, codes = set_up(user)
    moment = NOW + timedelta(hours=1)
    for code in (code_at(secret, moment), codes[0]):
        results = at_once(*[lambda code=code: services.check_code(user, code, now=moment)] * 2)
        assert sorted(type(r).__name__ for r in results) == ["Invalid", "NoneType"]
