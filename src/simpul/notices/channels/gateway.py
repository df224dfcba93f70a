"""SMS or WhatsApp through a gateway that somebody else runs. Off unless it is set up; then for those who ask for it.

Another gateway is another subclass of `MessageGateway`, chosen in `gateway()`.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from simpul.notices.channels.carrying import NotHandedOver, Parcel
from simpul.notices.outside import Door, Unanswered, Unreachable

FOR_NOW: Final = frozenset({408, 425, 429})


class MessageGateway(ABC):
    """What takes short messages to telephones."""

    @abstractmethod
    def send(self, *, to: str, text: str, key: str) -> None:
        """Hand over one message to a number ("+62..."). The same `key` again is the same message: the gateway sends
        it once and answers as it did the first time. NotHandedOver.
        """


@dataclass(frozen=True, slots=True)
class HttpJsonGateway(MessageGateway):
    """POST {"to", "text"} with `Authorization: Bearer` and `Idempotency-Key`; any answer 2xx is a yes."""

    url: str
    token: str
    door: Door = field(default_factory=lambda: Door(public_only=False, timeout=15))

    def send(self, *, to: str, text: str, key: str) -> None:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }
        try:
            status = self.door.post(self.url, headers=headers, body=json.dumps({"to": to, "text": text}).encode())
        except Unreachable:
            raise NotHandedOver("unreachable", closed=True) from None
        except Unanswered:
            # Perhaps taken: the next attempt carries the same key, and the answer to that one counts.
            raise NotHandedOver("late_answer") from None
        judge(status)


def judge(status: int) -> None:
    """NotHandedOver unless it is a yes."""
    if 200 <= status < 300:
        return
    if status in {401, 403}:
        raise NotHandedOver("sign_in_refused", closed=True)
    if status in FOR_NOW or status >= 500:
        raise NotHandedOver("refused_for_now")
    raise NotHandedOver("refused", final=True)


class Messages:
    """The channel over the gateway that is set up."""

    repeatable = True

    def __init__(self, gateway: MessageGateway) -> None:
        self.gateway = gateway

    def hand_over(self, parcel: Parcel, commit: Callable[[], None]) -> None:
        if parcel.user.phone is None:
            raise NotHandedOver("no_number", final=True)
        self.gateway.send(to=parcel.user.phone.open(), text=parcel.text, key=parcel.key.hex)


def gateway() -> MessageGateway:
    """The gateway of this deployment's settings."""
    return HttpJsonGateway(settings.MESSAGE_GATEWAY_URL, settings.MESSAGE_GATEWAY_TOKEN)
