"""The check at the door answers alike for everything that does not fit, and as late."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from pytest_django import Settings

from simpul.accounts import services
from simpul.accounts.models import PasswordReset, Session, User
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PASSWORD, make_trusted, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
OTHER = "sesek-gedogan-sukarara"
MAIL = System("mail")


class CountingHasher(MD5PasswordHasher):
    """Counts how often a hash is computed: what an outsider can measure as time."""

    algorithm = "counting"
    computed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).computed += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


@pytest.mark.parametrize("typed", ["Budi@Contoh.id ", "0812 3456 7890", "+6281234567890"])
def test_check_password_knows_both_identifiers(typed: str) -> None:
    user = make_user(email="budi@contoh.id", phone="+6281234567890", password=PASSWORD)
    assert services.check_password(typed, PASSWORD, now=NOW) == user


def test_check_password_knows_the_accounts_code() -> None:
    user = make_user(password=PASSWORD)
    assert services.check_password(user.handle.lower().replace("-", " "), PASSWORD, now=NOW) == user


def test_one_phone_number_lets_each_of_two_people_in_by_their_own_password() -> None:
    budi = make_user(phone="+6281234567890", password=PASSWORD)
    sari = make_user(phone="+6281234567890", password=OTHER)
    assert services.check_password("081234567890", PASSWORD, now=NOW) == budi
    assert services.check_password("081234567890", OTHER, now=NOW) == sari


@denies(services.check_password)
def test_check_password_answers_alike_and_computes_as_many_hashes(counting: None) -> None:
    make_user(email="budi@contoh.id", phone="+6281234567890", password=PASSWORD)
    make_user(email="sari@contoh.id", phone="+6281234567890", password=OTHER)
    make_user(email="tutup@contoh.id", password=PASSWORD, is_active=False)
    make_user(email="pin@contoh.id")
    for one in range(2):
        make_user(phone="+6281299999999", email=f"kembar{one}@contoh.id", password=PASSWORD)
    answers = set()
    for typed, password in (
        ("budi@contoh.id", "wrong"),
        ("081234567890", "wrong"),
        ("nobody@contoh.id", PASSWORD),
        ("081111111111", PASSWORD),
        ("tutup@contoh.id", PASSWORD),
        ("pin@contoh.id", PASSWORD),
        ("081299999999", PASSWORD),
        ("not an identifier", PASSWORD),
        ("", ""),
    ):
        before = CountingHasher.computed
        with pytest.raises(Invalid) as refused:
            services.check_password(typed, password, now=NOW)
        error = refused.value
        answers.add((error.code, error.field, str(error.message), CountingHasher.computed - before))
    assert {(a[0], a[1], a[3]) for a in answers} == {("refused", None, 2)}
    assert len(answers) == 1
    before = CountingHasher.computed
    services.check_password("budi@contoh.id", PASSWORD, now=NOW)
    assert CountingHasher.computed - before == 2


@audits(services.check_password)
def test_wrong_passwords_wait_for_known_and_unknown_identifiers_alike() -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    codes = {}
    for typed in ("budi@contoh.id", "nobody@contoh.id"):
        codes[typed] = []
        for _ in range(7):
            with pytest.raises(Invalid) as refused:
                services.check_password(typed, "wrong", now=NOW)
            codes[typed].append((refused.value.code, str(refused.value.message)))
    assert codes["budi@contoh.id"] == codes["nobody@contoh.id"]
    assert [code for code, _ in codes["budi@contoh.id"]] == ["refused"] * 5 + ["too_many_tries"] * 2
    with pytest.raises(Invalid):
        services.check_password("budi@contoh.id", PASSWORD, now=NOW + timedelta(seconds=29))
    assert services.check_password("budi@contoh.id", PASSWORD, now=NOW + timedelta(seconds=31)) == user
    acts = list(Act.objects.order_by("id").values_list("act", "ref_id", "details"))
    assert acts == [
        ("accounts.refuse_password", user.pk, {"tries": 5}),
        ("accounts.refuse_password", None, {"tries": 5}),
    ]


def test_spelling_the_identifier_otherwise_gives_no_more_tries() -> None:
    make_user(email="budi@contoh.id", password=PASSWORD)
    for typed in ("budi@contoh.id", "BUDI@contoh.id", " budi@contoh.id", "Budi@Contoh.Id", "budi@contoh.id "):
        with pytest.raises(Invalid):
            services.check_password(typed, "wrong", now=NOW)
    with pytest.raises(Invalid) as refused:
        services.check_password("budi@CONTOH.id", PASSWORD, now=NOW)
    assert refused.value.code == "too_many_tries"


@audits(services.change_password)
def test_change_password_signs_out_the_other_browsers() -> None:
    user = make_user(password=PASSWORD)
    for key in ("here", "there"):
        services.begin_session(user, key=key, method="password", now=NOW)
    here = Session.objects.order_by("started_at", "id").first()
    services.change_password(member(user), user, current=PASSWORD, new=OTHER, keep="here", now=NOW)
    assert User.objects.get().check_password(OTHER)
    assert list(Session.objects.all()) == [here]
    assert Act.objects.order_by("id").last().act == "accounts.change_password"


@denies(services.change_password)
def test_change_password_needs_the_owner_and_the_present_one() -> None:
    user = make_user(password=PASSWORD)
    with pytest.raises(Denied) as denied:
        services.change_password(
            member(uuid7(), ["account.enrol"]), user, current=PASSWORD, new=OTHER, keep="", now=NOW
        )
    assert denied.value.permission == "account.change_password"
    with pytest.raises(Invalid) as refused:
        services.change_password(member(user), user, current=OTHER, new=OTHER, keep="", now=NOW)
    assert (refused.value.code, refused.value.field) == ("current_wrong", "current")
    assert User.objects.get().check_password(PASSWORD)


def test_change_password_refuses_the_one_of_the_other_person_with_this_number() -> None:
    budi = make_user(phone="+6281234567890", password=PASSWORD)
    make_user(phone="+6281234567890", password=OTHER)
    with pytest.raises(Invalid) as refused:
        services.change_password(member(budi), budi, current=PASSWORD, new=OTHER, keep="", now=NOW)
    assert (refused.value.code, refused.value.field) == ("password_refused", "new")


@audits(services.open_password_reset, services.reset_password)
def test_reset_password_works_once_and_signs_everybody_out() -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    services.begin_session(user, key="k", method="password", now=NOW)
    token = services.open_password_reset(MAIL, user, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.reset_password(token, new="short", now=NOW)
    assert (refused.value.code, refused.value.field) == ("password_refused", "new")
    assert services.reset_password(token, new=OTHER, now=NOW) == user
    assert Session.objects.count() == 0
    assert services.check_password("budi@contoh.id", OTHER, now=NOW) == user
    with pytest.raises(NotFound):
        services.reset_password(token, new=PASSWORD, now=NOW)
    assert [a.act for a in Act.objects.order_by("id")][1:] == [
        "accounts.open_password_reset",
        "accounts.reset_password",
    ]


def test_a_later_reset_link_ends_the_earlier_one() -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    first = services.open_password_reset(MAIL, user, now=NOW)
    services.open_password_reset(MAIL, user, now=NOW)
    with pytest.raises(NotFound):
        services.reset_password(first, new=OTHER, now=NOW)


@denies(services.reset_password)
def test_an_expired_or_wrong_reset_link_is_nothing() -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    token = services.open_password_reset(MAIL, user, now=NOW)
    for wrong, now in ((token, NOW + timedelta(hours=1)), (token[:-1], NOW), ("", NOW)):
        with pytest.raises(NotFound):
            services.reset_password(wrong, new=OTHER, now=now)
    assert User.objects.get().check_password(PASSWORD)


@denies(services.open_password_reset)
def test_a_first_link_is_for_an_account_nobody_is_in_yet() -> None:
    enroller = member(uuid7(), ["account.enrol"])
    new = make_user()
    assert services.open_password_reset(enroller, new, now=NOW)
    with pytest.raises(Denied) as denied:
        services.open_password_reset(Anonymous(), new, now=NOW)
    assert denied.value.permission == "account.enrol"
    volunteer = make_user()
    make_trusted(volunteer)
    for taken in (make_user(password=PASSWORD), volunteer):
        with pytest.raises(NotFound):
            services.open_password_reset(enroller, taken, now=NOW)
    assert PasswordReset.objects.count() == 1
