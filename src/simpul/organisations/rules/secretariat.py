"""Who reads what a secretariat writes: who keeps the network, and the people of its members."""

from django.db.models import Exists, OuterRef, Q

from simpul.kernel.actor import Actor
from simpul.organisations.models import AnnouncementRecipient
from simpul.organisations.rules.organisations import own_organisations, within
from simpul.organisations.secretariat import MANAGE


def announcements_visible_to(actor: Actor) -> Q:
    """To whom it went, and who keeps the network."""
    received = AnnouncementRecipient.objects.filter(
        announcement=OuterRef("pk"), organisation__in=own_organisations(actor)
    )
    return Q(Exists(received)) | within(actor.scope(MANAGE), "network__")
