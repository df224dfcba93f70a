"""The ways out of Simpul."""

from django.conf import settings

from simpul.notices.models import Channel


def available() -> frozenset[Channel]:
    """The channels this deployment has: push always, mail and the gateway where they are set up."""
    found = {Channel.PUSH}
    if settings.MAIL_LEAVES or not settings.PRODUCTION:
        found.add(Channel.MAIL)
    if settings.MESSAGE_GATEWAY_URL:
        found.add(Channel.GATEWAY)
    return frozenset(found)
