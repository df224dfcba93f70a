"""Who reads what a secretariat writes: who keeps the network, and the people of its members."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from simpul.kernel.actor import Actor
from simpul.organisations.models import AnnouncementRecipient
from simpul.organisations.rules.organisations import own_organisations, within
from simpul.organisations.secretariat import MANAGE


def addressed(actor: Actor) -> frozenset[UUID]:
    """The actor's organisations, as those to whom something is announced."""
    return own_organisations(actor) if actor.allows("announcement.read") else frozenset()


def announcements_visible_to(actor: Actor) -> Q:
    """To whom it went, and who keeps the network."""
    received = AnnouncementRecipient.objects.filter(announcement=OuterRef("pk"), organisation__in=addressed(actor))
    return Q(Exists(received)) | within(actor.scope(MANAGE), "network__")
