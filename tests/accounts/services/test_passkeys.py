"""A passkey lets its owner in, on this site, once for each signature, and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection

from simpul.accounts import passkeys, services
from simpul.accounts.models import Passkey, User
from simpul.accounts.passkeys import Site
from simpul.accounts.queries import passkeys_for
from simpul.audit.models import Act, Erasure
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid
from tests.accounts.services.test_second_factors import code_at, set_up
from tests.authenticators import Phone
from tests.factories.accounts import NOW, make_user, member
from tests.marks import audits, denies

SITE = Site("simpul.example.org", "https://simpul.example.org")
LATER = NOW + timedelta(minutes=5)

pytestmark = pytest.mark.django_db


def with_code() -> tuple[User, str]:
    """Somebody with the code after the password, and the secret of their app."""
    user = make_user()
    return user, set_up(user)[0]


def add(user: User, secret: str, phone: Phone, *, name: str = "HP saya", site: Site = SITE, at: int = 5) -> Passkey:
    moment = NOW + timedelta(minutes=at)
    options, state = passkeys.begin_making(SITE, user, [])
    return services.add_passkey(
        member(user), user, site=site, state=state, answer=phone.makes(options), name=name,
        code=code_at(secret, moment), now=moment,
    )  # fmt: skip


def sign_in(phone: Phone, site: Site = SITE) -> User:
    options, state = passkeys.begin_using(site)
    return services.check_passkey(site, state=state, answer=phone.signs_in(options), now=LATER)


def refused(phone: Phone, site: Site = SITE) -> bool:
    with pytest.raises(Invalid) as raised:
        sign_in(phone, site)
    return raised.value.code == "passkey_refused"


@audits(services.add_passkey, services.rename_passkey, services.remove_passkey)
def test_it_is_added_signs_in_is_renamed_and_removed() -> None:
    user, secret = with_code()
    phone = Phone()
    added = add(user, secret, phone)
    assert sign_in(phone) == user
    assert sign_in(phone) == user
    kept = Passkey.objects.get()
    assert (kept.name.open(), kept.signs, kept.used_on) == ("HP saya", 2, LATER.date())
    services.rename_passkey(member(user), kept, name=" Stik  biru ")
    assert [key.name.open() for key in passkeys_for(member(user))] == ["Stik biru"]
    services.remove_passkey(member(user), kept)
    services.remove_passkey(member(user), kept)
    assert refused(phone)
    acts = Act.objects.filter(act__contains="passkey").order_by("id").values_list("act", "ref_id")
    assert [act for act, _ in acts] == ["accounts.add_passkey", "accounts.rename_passkey", "accounts.remove_passkey"]
    assert {ref for _, ref in acts} == {added.pk}
    assert Erasure.objects.get().ref_id == added.pk


@denies(services.add_passkey, services.rename_passkey, services.remove_passkey)
def test_nobody_touches_anothers() -> None:
    user, secret = with_code()
    other, _ = with_code()
    key = add(user, secret, Phone())
    options, state = passkeys.begin_making(SITE, user, [])
    for act in (
        lambda: services.rename_passkey(member(other), key, name="x"),
        lambda: services.remove_passkey(member(other), key),
        lambda: services.add_passkey(
            member(other), user, site=SITE, state=state, answer=Phone().makes(options), name="x", code="", now=LATER
        ),
    ):
        with pytest.raises(Denied) as raised:
            act()
        assert raised.value.permission == "account.second_factor"
    assert list(passkeys_for(member(other))) == []
    assert list(passkeys_for(System("tests"))) == []


def test_the_code_after_the_password_comes_first() -> None:
    user = make_user()
    options, state = passkeys.begin_making(SITE, user, [])
    with pytest.raises(Conflict) as raised:
        services.add_passkey(
            member(user), user, site=SITE, state=state, answer=Phone().makes(options), name="x", code="1", now=NOW
        )
    assert raised.value.code == "no_second_factor"


def test_a_wrong_code_adds_nothing() -> None:
    user, _secret = with_code()
    options, state = passkeys.begin_making(SITE, user, [])
    with pytest.raises(Invalid) as raised:
        services.add_passkey(
            member(user),
            user,
            site=SITE,
            state=state,
            answer=Phone().makes(options),
            name="x",
            code="000000",
            now=LATER,
        )
    assert (raised.value.code, raised.value.field, Passkey.objects.count()) == ("code_wrong", "code", 0)


@pytest.mark.parametrize("phone", [Phone(verifies=False), Phone(origin="https://simpul.example.net")])
def test_a_key_of_another_site_or_that_asks_nobody_is_not_added(phone: Phone) -> None:
    user, secret = with_code()
    with pytest.raises(Invalid) as raised:
        add(user, secret, phone)
    assert (raised.value.code, Passkey.objects.count()) == ("passkey_refused", 0)


def test_one_key_belongs_to_one_account() -> None:
    (one, first), (two, second) = with_code(), with_code()
    phone = Phone()
    add(one, first, phone)
    with pytest.raises(Invalid):
        add(two, second, phone)
    assert sign_in(phone) == one


def test_there_is_an_end_to_how_many() -> None:
    user, secret = with_code()
    for number in range(services.passkeys.MOST):
        add(user, secret, Phone(), at=5 * (number + 1))
    with pytest.raises(Conflict) as raised:
        add(user, secret, Phone(), at=90)
    assert raised.value.code == "too_many_passkeys"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_asked_for(name: str) -> None:
    user, secret = with_code()
    with pytest.raises(Invalid) as raised:
        add(user, secret, Phone(), name=name)
    assert (raised.value.code, raised.value.field) == ("name", "name")


@denies(services.check_passkey)
@audits(services.check_passkey)
def test_a_copy_of_a_key_is_refused_and_noted() -> None:
    user, secret = with_code()
    phone = Phone()
    add(user, secret, phone)
    copy = Phone(id=phone.id, key=phone.key)
    for _ in range(3):
        sign_in(phone)
    assert refused(copy)
    assert Act.objects.filter(act="accounts.refuse_passkey").count() == 1
    assert sign_in(phone) == user


def test_a_phone_that_counts_nothing_is_let_in_each_time() -> None:
    user, secret = with_code()
    phone = Phone(counts=False)
    add(user, secret, phone)
    assert [sign_in(phone), sign_in(phone)] == [user, user]


def test_what_proves_nothing_is_refused() -> None:
    user, secret = with_code()
    phone = Phone()
    add(user, secret, phone)
    assert refused(Phone())  # nobody's
    assert refused(Phone(id=phone.id))  # its name, another key
    phone.verifies = False
    assert refused(phone)
    phone.verifies, phone.origin = True, "https://simpul.example.net"
    assert refused(phone)
    phone.origin = SITE.origin
    user.is_active = False
    user.save()
    assert refused(phone)


def test_an_answer_is_good_for_what_was_asked_alone() -> None:
    user, secret = with_code()
    phone = Phone()
    add(user, secret, phone)
    options, _state = passkeys.begin_using(SITE)
    _, another = passkeys.begin_using(SITE)
    with pytest.raises(Invalid):
        services.check_passkey(SITE, state=another, answer=phone.signs_in(options), now=LATER)


@pytest.mark.parametrize("answer", ["", "{", "[]", "null", '{"id": 7}', '{"rawId": "AAAA"}', "x" * 30_000])
def test_nonsense_is_refused(answer: str) -> None:
    _, state = passkeys.begin_using(SITE)
    with pytest.raises(Invalid) as raised:
        services.check_passkey(SITE, state=state, answer=answer, now=LATER)
    assert raised.value.code == "passkey_refused"


def test_they_go_with_the_code_and_their_names_are_sealed() -> None:
    user, secret = with_code()
    add(user, secret, Phone(), name="HP Inaq")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_passkey")
        assert "Inaq" not in str(cursor.fetchall())
    moment = NOW + timedelta(minutes=30)
    services.remove_totp(member(user), user, code=code_at(secret, moment), now=moment)
    assert Passkey.objects.count() == 0
