"""Signed-in browsers, and ending one from elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as StoredSession
from django.utils import timezone

from simpul.accounts import services
from simpul.accounts.models import Session, User
from simpul.accounts.queries import session_of_key, sessions_for
from simpul.accounts.session_store import SessionStore
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from tests.factories.accounts import NOW, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def _signed_in(user: User) -> SessionStore:
    store = SessionStore()
    store["left"] = "behind"
    store.save()
    services.begin_session(user, key=store.session_key, method="password", now=NOW)
    return store


def test_the_session_table_does_not_hold_the_cookies_key() -> None:
    store = _signed_in(make_user())
    assert SessionStore(store.session_key)["left"] == "behind"
    assert SessionStore().exists(store.session_key)
    row = StoredSession.objects.get()
    assert store.session_key not in (row.session_key, row.session_data)
    assert row.session_key == Session.objects.get().key_digest
    assert "left" not in SessionStore(row.session_key)


def test_an_expired_session_is_empty_and_not_listed() -> None:
    user = make_user()
    store = _signed_in(user)
    assert [s.key_digest for s in sessions_for(member(user), user, now=timezone.now())] == [
        Session.objects.get().key_digest
    ]
    StoredSession.objects.update(expire_date=NOW)
    assert "left" not in SessionStore(store.session_key)
    assert list(sessions_for(member(user), user, now=timezone.now())) == []


@audits(services.begin_session)
def test_begin_session_twice_is_once() -> None:
    user = make_user()
    first = services.begin_session(user, key="k", method="totp", shared=True, now=NOW)
    assert services.begin_session(user, key="k", method="totp", shared=True, now=NOW) == first
    act = Act.objects.get()
    assert (act.act, act.user_id, act.details) == (
        "accounts.begin_session",
        user.pk,
        {"method": "totp", "shared": True},
    )


@denies(services.begin_session)
def test_begin_session_never_hands_somebodys_session_to_another() -> None:
    owner, other = make_user(), make_user()
    services.begin_session(owner, key="k", method="pin", now=NOW)
    assert services.begin_session(other, key="k", method="pin", now=NOW).user == owner
    assert session_of_key("k").user == owner


@audits(services.end_session)
@denies(services.end_session)
def test_end_session_ends_the_browser_that_holds_the_key_and_no_other() -> None:
    user = make_user()
    here, there = _signed_in(user), _signed_in(user)
    services.end_session(member(user), "guessed")
    assert Session.objects.count() == 2
    services.end_session(member(user), here.session_key)
    assert not SessionStore().exists(here.session_key)
    assert SessionStore().exists(there.session_key)
    assert Act.objects.order_by("id").last().act == "accounts.end_session"


@audits(services.revoke_session)
def test_revoke_session_ends_it_at_once() -> None:
    user = make_user()
    store = _signed_in(user)
    row = Session.objects.select_related("user").get()
    for _ in range(2):
        services.revoke_session(member(user), row)
    assert "left" not in SessionStore(store.session_key)
    assert Act.objects.filter(act="accounts.revoke_session").count() == 1


@denies(services.revoke_session)
def test_revoke_session_of_another_is_denied_without_the_permission() -> None:
    store = _signed_in(make_user())
    for actor in (Anonymous(), member(uuid7(), ["account.recover"])):
        with pytest.raises(Denied) as refused:
            services.revoke_session(actor, Session.objects.select_related("user").get())
        assert refused.value.permission == "account.see_devices"
    assert SessionStore().exists(store.session_key)


@denies(services.touch_session)
@audits(services.touch_session)
def test_touch_session_is_coarse_and_leaves_no_trail() -> None:
    _signed_in(make_user())
    services.begin_session(make_user(), key="k", method="pin", now=NOW)
    for minutes, seen in ((1, 0), (15, 0), (16, 16), (20, 16), (32, 32)):
        services.touch_session("k", now=NOW + timedelta(minutes=minutes))
        assert session_of_key("k").seen_at == NOW + timedelta(minutes=seen)
    services.touch_session("guessed", now=NOW + timedelta(hours=1))
    assert {a.act for a in Act.objects.all()} == {"accounts.begin_session"}
