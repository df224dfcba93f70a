"""How people want to be told, and which of their browsers may be woken."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.notices import rules
from simpul.notices.models import Preference, PushSubscription

SESSION_LIVES: Final = timedelta(days=14)


def preference_of(actor: Actor) -> Preference:
    """The actor's own wishes; the defaults, not saved, where they never said. Denied("notice.read") for the public."""
    if actor.user_id is None or not actor.allows(rules.READ):
        raise Denied(rules.READ)
    return Preference.objects.filter(pk=actor.user_id).first() or Preference(user_id=actor.user_id)


def living_subscriptions(*, now: datetime) -> QuerySet[PushSubscription]:
    """Browsers that may be woken: their device is still trusted, or their session was in use lately."""
    alive = Q(device__isnull=False, device__revoked_at=None) | Q(session__seen_at__gte=now - SESSION_LIVES)
    return PushSubscription.objects.filter(alive, user__is_active=True).order_by("-made_at")


def subscriptions_for(actor: Actor, *, now: datetime) -> QuerySet[PushSubscription]:
    """The actor's own browsers that may be woken, the newest first."""
    return living_subscriptions(now=now).filter(rules.own(actor)).select_related("device", "session")
