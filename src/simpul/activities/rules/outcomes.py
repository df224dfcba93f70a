"""Who sees and keeps what an event leaves behind: certificates, scores, action points."""

from django.db.models import Q

from simpul.activities.models import ActionPoint, Event
from simpul.activities.rules.events import may_manage, organised_by, require_manager, require_receiver
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.rules.organisations import own_organisations

ACTION = "activities.actionpoint"


def require_issuer(actor: Actor, event: Event) -> None:
    """Who gives out papers with names keeps the event and receives its people. NotFound, Denied of what is missing."""
    require_manager(actor, event)
    require_receiver(actor, event)


def actions_visible_to(actor: Actor) -> Q:
    """Over action points: one's own, one's organisation's, and of events that one organises."""
    seen = Q(event__in=Event.objects.filter(organised_by(actor)).values("pk"))
    return seen | owned_by(actor)


def owned_by(actor: Actor) -> Q:
    """Those that the actor has promised, or the actor's organisation has and nobody of it by name."""
    mine = Q(person=actor.person_id) if actor.person_id else Q(pk__in=())
    own = own_organisations(actor)
    return mine | Q(person=None, organisation__in=own) if own else mine


def require_doer(actor: Actor, point: ActionPoint) -> None:
    """Its owner, or who keeps the event. NotFound, Denied("event.manage")."""
    if ActionPoint.objects.filter(owned_by(actor), pk=point.pk).exists() or may_manage(actor, point.event):
        return
    if not ActionPoint.objects.filter(actions_visible_to(actor), pk=point.pk).exists():
        raise NotFound(ACTION, point.pk)
    raise Denied(MANAGE, point.event.ref)
