"""One's own e-mail address and phone number."""

from datetime import timedelta

import pytest

from simpul.accounts import services, throttle
from simpul.accounts.models import Device, PasswordReset, User
from simpul.accounts.queries import identifiers_of
from simpul.accounts.services import Proof, change_own_identifiers
from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, PASSWORD, PIN, make_trusted, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
RIGHT = Proof(PASSWORD)


def change(user: User, *, email: str = "", phone: str = "", proof: Proof = RIGHT) -> tuple[tuple[str, ...], str]:
    return change_own_identifiers(member(user), user, email=email, phone=phone, proof=proof, now=NOW)


def fresh(user: User) -> tuple[str | None, str | None]:
    return identifiers_of(User.objects.get(pk=user.pk))


@audits(change_own_identifiers)
def test_both_are_replaced_and_the_old_address_is_given_back_to_be_told() -> None:
    user = make_user(email="lama@contoh.id", password=PASSWORD)
    services.open_password_reset(System("tests"), user, now=NOW)
    assert change(user, email="Baru@Contoh.id", phone="0812 3456 7890") == (("email", "phone"), "lama@contoh.id")
    assert fresh(user) == ("baru@contoh.id", "+6281234567890")
    act = Act.objects.get(act="accounts.change_own_identifiers")
    assert act.details == {"fields": ["email", "phone"]}
    assert PasswordReset.objects.get().used_at == NOW


def test_what_stays_as_it_was_is_no_change() -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    assert change(user, email="budi@contoh.id") == ((), "budi@contoh.id")
    assert not Act.objects.filter(act="accounts.change_own_identifiers").exists()


def test_the_pin_of_the_phone_that_asks_proves_it_too() -> None:
    user = make_user()
    device, secret = make_trusted(user)
    assert change(user, email="ani@contoh.id", proof=Proof(PIN, device, secret)) == (("email",), "")


@denies(change_own_identifiers)
def test_nobody_changes_anothers_whatever_they_hold() -> None:
    user = make_user(password=PASSWORD)
    for actor in (member(uuid7()), member(uuid7(), ["account.enrol", "account.recover"])):
        with pytest.raises(Denied):
            change_own_identifiers(actor, user, email="a@contoh.id", phone="", proof=RIGHT, now=NOW)
    assert fresh(user) == (None, None)


@pytest.mark.parametrize("typed", ["", "salah", "280974"])
def test_a_wrong_proof_changes_nothing(typed: str) -> None:
    user = make_user(email="budi@contoh.id", password=PASSWORD)
    with pytest.raises(Invalid) as refused:
        change(user, proof=Proof(typed))
    assert (refused.value.code, refused.value.field) == ("current_wrong", "current")
    assert fresh(user) == ("budi@contoh.id", None)


def test_a_pin_proves_nothing_on_the_phone_of_another() -> None:
    user = make_user()
    device, secret = make_trusted(make_user())
    with pytest.raises(Invalid):
        change(user, email="ani@contoh.id", proof=Proof(PIN, device, secret))
    own, own_secret = make_trusted(user)
    with pytest.raises(Invalid) as refused:
        change(user, email="ani@contoh.id", proof=Proof("000001", own, own_secret))
    assert refused.value.field == "current"
    Device.objects.filter(pk=own.pk).update(revoked_at=NOW)
    with pytest.raises(Invalid):
        change(user, email="ani@contoh.id", proof=Proof(PIN, own, own_secret))
    assert fresh(user) == (None, None)


def test_an_address_of_another_and_a_full_number_are_refused_in_the_same_words() -> None:
    make_user(email="sudah@contoh.id")
    for _ in range(2):
        make_user(phone="+6281234567890")
    user = make_user(password=PASSWORD)
    said = set()
    for wanted in ({"email": "sudah@contoh.id"}, {"phone": "081234567890"}):
        with pytest.raises(Invalid) as refused:
            change(user, **wanted)
        said.add((refused.value.code, str(refused.value.message)))
        assert refused.value.field == next(iter(wanted))
    assert len(said) == 1
    assert fresh(user) == (None, None)


def test_every_try_counts_so_that_nobody_asks_who_is_here() -> None:
    user = make_user(password=PASSWORD)
    for number in range(throttle.IDENTIFIERS.free):
        change(user, email=f"a{number}@contoh.id")
    with pytest.raises(Invalid, match="too_many_tries"):
        change(user, email="sudah@contoh.id")
    change_own_identifiers(
        member(user), user, email="akhir@contoh.id", phone="", proof=RIGHT, now=NOW + timedelta(hours=1)
    )
    assert fresh(user)[0] == "akhir@contoh.id"


def test_being_let_back_in_takes_away_what_a_thief_may_have_entered() -> None:
    user, coordinator, supervisor = make_user(email="maling@contoh.id"), make_user(), make_user()
    opener = member(coordinator, ["account.recover"])
    recovery = services.open_recovery(opener, user, now=NOW)
    recovery = services.confirm_recovery(member(supervisor, ["account.confirm_recovery"]), recovery, now=NOW)
    services.use_recovery(opener, recovery, now=NOW)
    assert fresh(user) == (None, None)
