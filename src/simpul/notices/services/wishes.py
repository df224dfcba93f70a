"""Saying how one wants to be told."""

from dataclasses import dataclass
from datetime import datetime, time

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.translation import gettext as _

from simpul.accounts.models import Session
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.time import Zone
from simpul.notices import rules
from simpul.notices.channels.encrypting import CURVE, unb64
from simpul.notices.channels.push import is_service
from simpul.notices.models import Language, Preference, PushSubscription
from simpul.notices.queries.wishes import living_subscriptions
from simpul.vault.blind import blind_match

MOST_BROWSERS = 5
LONGEST_ENDPOINT = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """All of one's wishes. The hours are both given or both None, in the zone."""

    mail: bool
    push: bool
    gateway: bool
    language: Language
    zone: Zone
    quiet_from: time | None = None
    quiet_until: time | None = None


def change_wishes(actor: Actor, wishes: Wishes) -> Preference:
    """Set how the actor is told from now on; what is queued heeds it too. The same wishes again change nothing.

    Denied("notice.read") for who has no inbox; Invalid("quiet_hours") where only one end is given or both are equal.
    """
    user_id = rules.require_inbox(actor)
    start, end = wishes.quiet_from, wishes.quiet_until
    if (start is None) != (end is None) or (start is not None and start == end):
        message = _("Give both hours, from and until, or neither.")
        raise Invalid("quiet_hours", "quiet_until", message=message)
    values = {name: getattr(wishes, name) for name in Wishes.__dataclass_fields__}
    with transaction.atomic():
        row = Preference.objects.select_for_update().filter(pk=user_id).first()
        before = row or Preference(user_id=user_id)
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        if changed:
            Preference.objects.update_or_create(user_id=user_id, defaults=values)
            audit.record(actor, "notices.change_wishes", None, details={"fields": changed})
    return Preference(user_id=user_id, **values)


def subscribe_browser(
    actor: Actor, session: Session, *, endpoint: str, p256dh: str, auth: str, now: datetime
) -> PushSubscription:
    """Let the browser of this session be woken for the actor. It belongs to who asked last, and ends with the trusted
    device or the session it was asked from.

    Denied("notice.read") for another's session; Invalid("shared_device" | "no_service" | "bad_key").
    """
    if actor.user_id is None or session.user_id != actor.user_id:
        raise Denied(rules.READ)
    _check(session, endpoint, p256dh, auth)
    with transaction.atomic():
        PushSubscription.objects.filter(blind_match(PushSubscription, "endpoint", endpoint)).delete()
        row = PushSubscription(
            user_id=actor.user_id,
            device_id=session.device_id,
            session=None if session.device_id else session,
            endpoint=endpoint,
            keys={"p256dh": p256dh, "auth": auth},
            made_at=now,
        )
        row.save(force_insert=True)
        mine = living_subscriptions(now=now).filter(rules.own(actor)).values_list("pk", flat=True)
        PushSubscription.objects.filter(rules.own(actor)).exclude(pk__in=list(mine[:MOST_BROWSERS])).delete()
        audit.record(actor, "notices.subscribe_browser", row.ref)
    return row


def unsubscribe_browser(actor: Actor, subscription: PushSubscription) -> None:
    """Wake it no more. Denied("notice.read") for another's; twice is once."""
    if actor.user_id is None or subscription.user_id != actor.user_id:
        raise Denied(rules.READ, subscription.ref)
    ref = subscription.ref
    with transaction.atomic():
        gone, _each = PushSubscription.objects.filter(pk=subscription.pk).delete()
        if gone:
            audit.record(actor, "notices.unsubscribe_browser", ref)


def _check(session: Session, endpoint: str, p256dh: str, auth: str) -> None:
    if session.shared:
        message = _("Others use this device too, so it is not told. Ask for it on a phone of your own.")
        raise Invalid("shared_device", message=message)
    if len(endpoint) > LONGEST_ENDPOINT or not is_service(endpoint):
        message = _("This browser's notification service is not known here. You are told by the other ways.")
        raise Invalid("no_service", message=message)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(p256dh))
        fits = len(unb64(auth)) == 16
    except ValueError:
        fits = False
    if not fits:
        raise Invalid("bad_key", message=_("The browser's answer could not be read. Try again."))
