"""Web push: a browser is woken by its maker's service, which carries what only that browser can read.

The topic and the tag of a message are its key, so a second one takes the first one's place: it may be repeated.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from simpul.notices.channels.carrying import NotHandedOver, Parcel
from simpul.notices.channels.encrypting import encrypted, signed_word, unb64
from simpul.notices.channels.gateway import judge
from simpul.notices.models import PushSubscription
from simpul.notices.outside import Door, Unanswered, Unreachable
from simpul.notices.push_keys import push_key
from simpul.notices.queries.wishes import living_subscriptions

# The services of the browsers there are. Nothing is sent anywhere else, whatever a browser (or somebody) asks for.
SERVICES: Final = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
KEPT: Final = timedelta(hours=12)  # by the service, for a phone that is off
GONE: Final = frozenset({404, 410})


def is_service(endpoint: str, services: tuple[str, ...] = SERVICES) -> bool:
    """Whether it is an address of a browser's own push service, by TLS at its usual port."""
    try:
        parts = urlsplit(endpoint)
        host, plain = parts.hostname or "", parts.port in (None, 443) and not parts.username
    except ValueError:
        return False
    known = any(host == service or host.endswith(f".{service}") for service in services)
    return parts.scheme == "https" and plain and known


@dataclass(frozen=True, slots=True)
class Push:
    """`known` says which addresses may be written to."""

    repeatable = True

    door: Door = field(default_factory=Door)
    known: Callable[[str], bool] = is_service

    def hand_over(self, parcel: Parcel, commit: Callable[[], None]) -> None:
        """To every browser the person asked to have woken. One that took it is enough."""
        browsers = list(living_subscriptions(now=parcel.now).filter(user=parcel.user))
        if not browsers:
            raise NotHandedOver("no_browser", final=True)
        key = push_key(now=parcel.now)
        failed = [failure for browser in browsers if (failure := self._wake(browser, parcel, key))]
        if len(failed) == len(browsers):
            raise next((one for one in failed if not one.final), failed[0])

    def _wake(self, browser: PushSubscription, parcel: Parcel, key: ec.EllipticCurvePrivateKey) -> NotHandedOver | None:
        """What went wrong. A browser that is no longer there is forgotten."""
        endpoint = browser.endpoint.open()
        if not self.known(endpoint):
            return NotHandedOver("no_service", final=True)
        try:
            status = self.door.post(endpoint, headers=_headers(endpoint, parcel, key), body=_body(browser, parcel))
        except ValueError:
            return NotHandedOver("bad_key", final=True)
        except Unreachable:
            return NotHandedOver("unreachable")
        except Unanswered:
            return NotHandedOver("late_answer")
        if status in GONE:
            browser.delete()
            return NotHandedOver("gone", final=True)
        try:
            judge(status)
        except NotHandedOver as error:
            # One browser's service says nothing about another's.
            return NotHandedOver(error.code, final=error.final)
        return None


def _headers(endpoint: str, parcel: Parcel, key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    contact = settings.SITE if settings.SITE.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    return {
        "Authorization": signed_word(key, endpoint, contact=contact, now=parcel.now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT.total_seconds())),
        "Topic": parcel.key.hex,
        "Urgency": "high" if parcel.urgent else "normal",
    }


def _body(browser: PushSubscription, parcel: Parcel) -> bytes:
    """ValueError for keys that are none."""
    keys = browser.keys.open()
    said = json.dumps({"text": parcel.text, "tag": parcel.key.hex}, ensure_ascii=False).encode()
    return encrypted(said, to=unb64(keys["p256dh"]), secret=unb64(keys["auth"]))
