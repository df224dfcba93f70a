"""Making accounts, and what identifies them."""

import pytest
from pytest_django import Settings

from simpul.accounts import services
from simpul.accounts.checks import demo_is_never_production
from simpul.accounts.models import Session, User
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PASSWORD, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
DEMO = System("demo load")


@audits(services.create_user)
def test_create_user_keeps_identifiers_in_normal_form() -> None:
    user = services.create_user(DEMO, email=" Budi@Contoh.id", phone="0812 3456 7890", password=PASSWORD, now=NOW)
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.email.open(), fresh.phone.open(), fresh.created_at) == ("budi@contoh.id", "+6281234567890", NOW)
    assert fresh.check_password(PASSWORD)
    act = Act.objects.get()
    assert (act.act, act.ref_id, act.details) == ("accounts.create_user", user.pk, {"demo": False})


def test_create_user_needs_neither_email_nor_phone_nor_password() -> None:
    user = services.create_user(DEMO, now=NOW)
    assert (user.email, user.phone, user.has_usable_password()) == (None, None, False)


def test_create_user_twice_with_one_id_is_one_account() -> None:
    one = uuid7()
    first = services.create_user(DEMO, id=one, email="a@contoh.id", now=NOW)
    again = services.create_user(DEMO, id=one, email="a@contoh.id", now=NOW)
    assert first.pk == again.pk == one
    assert (User.objects.count(), Act.objects.count()) == (1, 1)


def test_create_user_refuses_an_email_somebody_has() -> None:
    services.create_user(DEMO, email="a@contoh.id", now=NOW)
    with pytest.raises(Conflict) as refused:
        services.create_user(DEMO, email="A@CONTOH.ID", now=NOW)
    assert refused.value.code == "email_taken"
    assert (User.objects.count(), Act.objects.count()) == (1, 1)


def test_one_phone_number_serves_two_people_and_no_third() -> None:
    for spelling in ("0812 3456 7890", "+62 812 3456 7890"):
        services.create_user(DEMO, phone=spelling, now=NOW)
    with pytest.raises(Conflict) as refused:
        services.create_user(DEMO, phone="081234567890", now=NOW)
    assert refused.value.code == "phone_full"


@denies(services.create_user)
def test_create_user_is_denied_without_the_permission() -> None:
    for actor in (Anonymous(), member(uuid7()), member(uuid7(), ["account.recover"])):
        with pytest.raises(Denied) as refused:
            services.create_user(actor, now=NOW)
        assert refused.value.permission == "account.enrol"
    assert User.objects.count() == 0


def test_create_user_refuses_a_common_password() -> None:
    with pytest.raises(Invalid) as refused:
        services.create_user(DEMO, password="1234567890", now=NOW)
    assert (refused.value.code, refused.value.field) == ("password_refused", "new")


@audits(services.change_identifiers)
def test_change_identifiers_names_the_fields_and_not_their_values() -> None:
    user = make_user(email="a@contoh.id", phone="+6281234567890")
    services.change_identifiers(member(user), user, email="b@contoh.id", phone="081234567890")
    assert User.objects.get(pk=user.pk).email.open() == "b@contoh.id"
    assert Act.objects.get().details == {"fields": ["email"]}


@denies(services.change_identifiers)
def test_change_identifiers_of_another_is_denied() -> None:
    user = make_user(email="a@contoh.id")
    with pytest.raises(Denied) as refused:
        services.change_identifiers(member(make_user()), user, email="mine@contoh.id", phone="")
    assert refused.value.permission == "account.enrol"
    assert User.objects.get(pk=user.pk).email.open() == "a@contoh.id"


@audits(services.deactivate_user, services.reactivate_user)
def test_a_closed_account_loses_its_sessions_and_opens_again() -> None:
    user = make_user()
    services.begin_session(user, key="k", method="password", now=NOW)
    boss = member(uuid7(), ["account.recover"])
    for _ in range(2):
        services.deactivate_user(boss, user)
    assert not User.objects.get(pk=user.pk).is_active
    assert Session.objects.count() == 0
    services.reactivate_user(boss, user)
    assert User.objects.get(pk=user.pk).is_active
    assert [a.act for a in Act.objects.order_by("id")] == [
        "accounts.begin_session",
        "accounts.deactivate_user",
        "accounts.reactivate_user",
    ]


@denies(services.deactivate_user, services.reactivate_user)
def test_closing_an_account_is_denied_without_the_permission() -> None:
    user = make_user()
    for service in (services.deactivate_user, services.reactivate_user):
        with pytest.raises(Denied) as refused:
            service(member(user, ["account.enrol"]), user)
        assert refused.value.permission == "account.recover"
    assert User.objects.get(pk=user.pk).is_active


@audits(services.sign_in_as_demo)
def test_sign_in_as_demo_is_for_the_cast(settings: Settings) -> None:
    settings.DEMO = True
    ani = make_user(is_demo=True)
    assert services.sign_in_as_demo(ani.handle) == ani
    assert Act.objects.get().act == "accounts.sign_in_as_demo"


@denies(services.sign_in_as_demo)
@pytest.mark.parametrize(
    ("demo", "production", "of_cast"), [(False, False, True), (True, True, True), (True, False, False)]
)
def test_sign_in_as_demo_is_nothing_elsewhere(settings: Settings, demo: bool, production: bool, of_cast: bool) -> None:
    settings.DEMO, settings.PRODUCTION = demo, production
    user = make_user(is_demo=of_cast)
    with pytest.raises(NotFound):
        services.sign_in_as_demo(user.handle)


def test_the_demo_in_production_does_not_start(settings: Settings) -> None:
    settings.DEMO, settings.PRODUCTION = True, True
    assert [m.id for m in demo_is_never_production()] == ["accounts.E001"]
    settings.PRODUCTION = False
    assert demo_is_never_production() == []
