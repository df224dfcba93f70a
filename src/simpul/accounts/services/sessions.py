"""Signed-in browsers: the row beside each session, and ending one from elsewhere."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session as StoredSession
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from simpul.accounts import rules
from simpul.accounts.models import Device, Method, Session, User
from simpul.accounts.tokens import session_digest
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Member
from simpul.kernel.refs import RecordRef

SEEN_EVERY = timedelta(minutes=15)


def begin_session(
    user: User, *, key: str, method: Method, now: datetime, device: Device | None = None, shared: bool = False
) -> Session:
    """Tie the session `key` to the account that has just proved itself. The same key again is the same row."""
    with transaction.atomic():
        row, created = Session.objects.get_or_create(
            key_digest=session_digest(key),
            defaults={
                "user": user, "method": method, "device": device, "shared": shared, "started_at": now, "seen_at": now,
            },
        )  # fmt: skip
        if created:
            _forget_ended(user, now)
            audit.record(_owner(user), "accounts.begin_session", row.ref, details={"method": method, "shared": shared})
    return row


def touch_session(key: str, *, now: datetime) -> None:
    """Note that the browser is still in use, at most once in SEEN_EVERY."""
    Session.objects.filter(key_digest=session_digest(key), seen_at__lt=now - SEEN_EVERY).update(seen_at=now)


def end_session(actor: Actor, key: str) -> None:
    """Sign out the browser that holds `key`: holding it is the right to. Nothing where it was signed out before."""
    with transaction.atomic():
        row = Session.objects.filter(key_digest=session_digest(key)).first()
        if row is not None:
            _delete(Session.objects.filter(pk=row.pk))
            audit.record(actor, "accounts.end_session", row.ref)


def revoke_session(actor: Actor, session: Session) -> None:
    """Sign out another browser, at once. One's own, or Denied("account.see_devices")."""
    rules.require_self(actor, session.user, "account.see_devices")
    with transaction.atomic():
        if _delete(Session.objects.filter(pk=session.pk)):
            audit.record(actor, "accounts.revoke_session", RecordRef("accounts.session", session.pk))


def end_sessions_of(user: User, *, keep: str = "") -> int:
    """Sign out every browser of the account but the one with the key `keep`, in the caller's transaction."""
    return _delete(Session.objects.filter(user=user).exclude(key_digest=session_digest(keep)))


def end_sessions_on(device: Device) -> int:
    """Sign out the browsers of that device, in the caller's transaction."""
    return _delete(Session.objects.filter(device=device))


def _delete(rows: QuerySet[Session]) -> int:
    keys = list(rows.values_list("key_digest", flat=True))
    StoredSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(key_digest__in=keys).delete()
    return len(keys)


def _forget_ended(user: User, now: datetime) -> None:
    """Rows whose session has gone: closed by the browser's next sign-in, or run out."""
    alive = StoredSession.objects.filter(session_key=OuterRef("key_digest"))
    Session.objects.filter(~Exists(alive), user=user, seen_at__lt=now - timedelta(days=1)).delete()


def _owner(user: User) -> Member:
    return Member(user_id=user.pk, person_id=None)
