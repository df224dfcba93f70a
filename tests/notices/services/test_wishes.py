"""How one wants to be told is one's own; a shared device is never woken."""

from datetime import time
from typing import Any

import pytest

from simpul.accounts.models import Session, User
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.time import Zone
from simpul.notices.models import Language, Preference, PushSubscription
from simpul.notices.queries.wishes import preference_of, subscriptions_for
from simpul.notices.services.wishes import (
    MOST_BROWSERS,
    Wishes,
    change_wishes,
    subscribe_browser,
    unsubscribe_browser,
)
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, SENDER
from tests.marks import audits, denies
from tests.notices.browsers import Browser, device_of, session_of

pytestmark = pytest.mark.django_db
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def wishes(**more: Any) -> Wishes:
    usual = {"mail": True, "push": True, "gateway": False, "language": Language.ID, "zone": Zone.WIB}
    return Wishes(**{**usual, **more})


def subscribe(user: User, session: Session | None = None, **more: Any) -> PushSubscription:
    keys = Browser().keys
    given = {"endpoint": ENDPOINT, "p256dh": keys["p256dh"], "auth": keys["auth"], **more}
    return subscribe_browser(member(user), session or session_of(user), now=NOW, **given)


@audits(change_wishes)
def test_wishes_are_kept_and_the_same_again_change_nothing() -> None:
    ani = member(make_user())
    assert preference_of(ani).mail is True
    wanted = wishes(mail=False, language=Language.EN, zone=Zone.WITA, quiet_from=time(21), quiet_until=time(5))
    for _ in range(2):
        change_wishes(ani, wanted)
    found = preference_of(ani)
    assert {name: getattr(found, name) for name in Wishes.__dataclass_fields__} == {
        name: getattr(wanted, name) for name in Wishes.__dataclass_fields__
    }
    assert [a.details for a in Act.objects.filter(act="notices.change_wishes")] == [
        {"fields": ["language", "mail", "quiet_from", "quiet_until", "zone"]}
    ]
    change_wishes(ani, wishes())
    assert (Preference.objects.count(), preference_of(ani).quiet_from) == (1, None)


@pytest.mark.parametrize("hours", [(time(21), None), (None, time(5)), (time(5), time(5))])
def test_quiet_hours_have_two_different_ends(hours: tuple[time | None, time | None]) -> None:
    with pytest.raises(Invalid) as raised:
        change_wishes(member(make_user()), wishes(quiet_from=hours[0], quiet_until=hours[1]))
    assert (raised.value.code, raised.value.field) == ("quiet_hours", "quiet_until")


@audits(subscribe_browser, unsubscribe_browser)
def test_a_browser_is_woken_until_its_owner_says_no() -> None:
    ani = make_user()
    row = subscribe(ani)
    assert list(subscriptions_for(member(ani), now=NOW)) == [row]
    for _ in range(2):
        unsubscribe_browser(member(ani), row)
    assert not PushSubscription.objects.exists()
    acts = list(Act.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["notices.subscribe_browser", "notices.unsubscribe_browser"]


def test_it_ends_with_the_device_or_the_session() -> None:
    ani = make_user()
    device = device_of(ani)
    trusted = subscribe(ani, session_of(ani, device=device))
    assert (trusted.device_id, trusted.session_id) == (device.pk, None)
    here = session_of(ani)
    passing = subscribe(ani, here, endpoint=f"{ENDPOINT}d")
    assert (passing.device_id, passing.session_id) == (None, here.pk)
    here.delete()
    assert list(subscriptions_for(member(ani), now=NOW)) == [trusted]
    type(device).objects.filter(pk=device.pk).update(revoked_at=NOW)
    assert list(subscriptions_for(member(ani), now=NOW)) == []


def test_a_browser_belongs_to_who_asked_last() -> None:
    ani, budi = make_user(), make_user()
    subscribe(ani)
    subscribe(budi)
    assert [row.user for row in PushSubscription.objects.all()] == [budi]


def test_the_newest_browsers_are_kept() -> None:
    ani = make_user()
    for n in range(MOST_BROWSERS + 2):
        subscribe(ani, endpoint=f"{ENDPOINT}{n}")
    assert PushSubscription.objects.count() == MOST_BROWSERS


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"endpoint": "https://example.org/abc"}, "no_service"),
        ({"endpoint": "http://127.0.0.1:8000/"}, "no_service"),
        ({"endpoint": f"{ENDPOINT}{'a' * 1000}"}, "no_service"),
        ({"p256dh": "abc"}, "bad_key"),
        ({"p256dh": ""}, "bad_key"),
        ({"p256dh": "kunci saya, é"}, "bad_key"),
        ({"auth": "abc"}, "bad_key"),
    ],
)
def test_what_no_browser_says_is_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as raised:
        subscribe(make_user(), **given)
    assert raised.value.code == code
    assert not PushSubscription.objects.exists()


def test_a_shared_device_is_never_woken() -> None:
    ani = make_user()
    with pytest.raises(Invalid) as raised:
        subscribe(ani, session_of(ani, shared=True))
    assert raised.value.code == "shared_device"


@denies(change_wishes, subscribe_browser, unsubscribe_browser)
def test_nobody_sets_it_for_another() -> None:
    ani = make_user()
    row = subscribe(ani)
    for actor in (member(make_user()), Anonymous(), SENDER):
        with pytest.raises(Denied):
            subscribe_browser(actor, session_of(ani), endpoint=ENDPOINT, p256dh="", auth="", now=NOW)
        with pytest.raises(Denied):
            unsubscribe_browser(actor, row)
    for actor in (Anonymous(), SENDER):
        with pytest.raises(Denied):
            change_wishes(actor, wishes())
        with pytest.raises(Denied):
            preference_of(actor)
    assert list(PushSubscription.objects.all()) == [row]
