"""Signing somebody out from afar: who answers for them may, alone and at once."""

import pytest

from simpul.access.services import sign_out_device, sign_out_session
from simpul.accounts.models import Device, Session
from simpul.accounts.services import begin_session
from simpul.audit.models import Act
from simpul.kernel.errors import Denied, NotFound
from simpul.people.models import Person
from tests.cast import NOW, Cast, Played
from tests.factories.access import make_grant
from tests.factories.accounts import make_trusted
from tests.marks import audits, denies


def person_of(played: Played) -> Person:
    assert played.person is not None
    return played.person


def phone_of(played: Played) -> Device:
    assert played.user is not None
    return make_trusted(played.user)[0]


def browser_of(played: Played) -> Session:
    assert played.user is not None
    return begin_session(played.user, key=f"key of {played.key}", method="password", now=NOW)


@audits(sign_out_device)
@pytest.mark.parametrize("key", ["budi", "kartika"])
def test_a_phone_is_signed_out_by_one_alone_and_twice_is_once(cast: Cast, key: str) -> None:
    device, actor = phone_of(cast.ani), getattr(cast, key).actor
    for _ in range(2):
        sign_out_device(actor, person_of(cast.ani), device, now=NOW)
    kept = Device.objects.get(pk=device.pk)
    assert (kept.revoked_at, kept.revoked_by) == (NOW, actor.user_id)
    act = Act.objects.get(act="accounts.revoke_device")
    assert act.details == {}


@denies(sign_out_device)
@pytest.mark.parametrize("key", ["hasan", "citra", "dewi", "joko", "publik"])
def test_nobody_signs_out_whom_they_do_not_answer_for(cast: Cast, key: str) -> None:
    device = phone_of(cast.ani)
    with pytest.raises(Denied) as raised:
        sign_out_device(getattr(cast, key).actor, person_of(cast.ani), device, now=NOW)
    assert raised.value.permission == "account.see_devices"
    assert Device.objects.get(pk=device.pk).revoked_at is None


def test_who_is_somebody_elsewhere_too_is_left_to_those_who_answer_for_all_of_it(cast: Cast) -> None:
    device = phone_of(cast.ani)
    make_grant(person_of(cast.ani), role="secretariat", organisation=cast.network)
    with pytest.raises(Denied):
        sign_out_device(cast.budi.actor, person_of(cast.ani), device, now=NOW)


def test_the_phone_of_another_is_not_signed_out_in_somebodys_name(cast: Cast) -> None:
    device = phone_of(cast.hasan)
    with pytest.raises(NotFound):
        sign_out_device(cast.budi.actor, person_of(cast.ani), device, now=NOW)
    with pytest.raises(NotFound):
        sign_out_session(cast.budi.actor, person_of(cast.ani), browser_of(cast.hasan), now=NOW)
    assert Device.objects.get(pk=device.pk).revoked_at is None


@audits(sign_out_session)
def test_a_browser_is_signed_out_once(cast: Cast) -> None:
    session = browser_of(cast.ani)
    for _ in range(2):
        sign_out_session(cast.budi.actor, person_of(cast.ani), session, now=NOW)
    assert not Session.objects.filter(pk=session.pk).exists()
    assert Act.objects.filter(act="accounts.revoke_session").count() == 1


@denies(sign_out_session)
def test_a_browser_is_not_signed_out_by_who_does_not_answer_for_it(cast: Cast) -> None:
    session = browser_of(cast.ani)
    with pytest.raises(Denied):
        sign_out_session(cast.hasan.actor, person_of(cast.ani), session, now=NOW)
    assert Session.objects.filter(pk=session.pk).exists()
