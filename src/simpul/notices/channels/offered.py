"""The channels this deployment has."""

from django.conf import settings

from simpul.notices.channels.carrying import Carrier
from simpul.notices.channels.gateway import Messages, gateway
from simpul.notices.channels.mail import Mail
from simpul.notices.channels.push import Push
from simpul.notices.models import Channel


def available() -> frozenset[Channel]:
    """Push always; mail where a server is set up, and while developing; the gateway where one is set up."""
    found = {Channel.PUSH}
    if settings.MAIL_LEAVES or not settings.PRODUCTION:
        found.add(Channel.MAIL)
    if settings.MESSAGE_GATEWAY_URL:
        found.add(Channel.GATEWAY)
    return frozenset(found)


def carrier_of(channel: Channel) -> Carrier:
    """What takes the channel's parcels, by the settings of this moment."""
    if channel is Channel.MAIL:
        return Mail()
    return Push() if channel is Channel.PUSH else Messages(gateway())
