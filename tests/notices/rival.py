"""One of several processes that hand over and escalate at the same moment, and that are killed; see `tests.rivals`."""

from datetime import datetime

from django.conf import settings

from tests.rivals import Order, obey


def act(order: Order) -> None:
    """`{"act": "mail", "port": ...}`, `{"act": "gateway", "url": ...}` or `{"act": "escalate"}`, at "now"."""
    # Inline: after Django has started.
    from simpul.kernel.actor import System
    from simpul.notices.channels.gateway import HttpJsonGateway, Messages
    from simpul.notices.channels.mail import Mail
    from simpul.notices.models import Channel
    from simpul.notices.outbox import deliver_due
    from simpul.notices.outside import Door
    from simpul.notices.services.escalating import escalate_due

    now = datetime.fromisoformat(order["now"])
    if order["act"] == "mail":
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", order["port"]
        deliver_due(Channel.MAIL, Mail(), lambda: now)
    elif order["act"] == "gateway":
        gateway = HttpJsonGateway(order["url"], "", Door(public_only=False))
        deliver_due(Channel.GATEWAY, Messages(gateway), lambda: now)
    else:
        escalate_due(System("rival"), now=now)


if __name__ == "__main__":
    obey(act)
