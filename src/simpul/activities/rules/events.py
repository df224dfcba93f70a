"""Which events somebody sees, and which they keep."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.activities.kinds import Visibility
from simpul.activities.models import CoHost, Event, EventSeries
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.rules.organisations import NOTHING, may, seen_from_inside, within
from simpul.organisations.rules.organisations import visible_to as organisations_visible_to
from simpul.organisations.rules.reach import in_a_network_with

KIND: Final = "activities.event"
SERIES: Final = "activities.eventseries"
RECORD: Final = "attendance.record"
OWNER: Final = "owner_organisation__"


def visible_to(actor: Actor, path: str = "") -> Q:
    """What was announced to everybody or to the actor's networks, and all that the actor's organisations organise.

    `path` is a relation path to the event, ending in "__". An event of a hidden organisation is as hidden as it.
    """
    announced = Q(**{f"{path}published_at__isnull": False}) | Q(**{f"{path}held_at__isnull": False})
    return announced & addressed_to(actor, path) | organised_by(actor, path)


def addressed_to(actor: Actor, path: str) -> Q:
    """To whom its organiser speaks."""
    seen = Q(**{f"{path}visibility": Visibility.PUBLIC})
    if own := seen_from_inside(actor):
        near = Q(**{f"{path}visibility": Visibility.NETWORK})
        seen |= near & in_a_network_with(own, f"{path}{OWNER}")
    return seen & organisations_visible_to(actor, f"{path}{OWNER}")


def organised_by(actor: Actor, path: str = "") -> Q:
    """Events that the actor keeps or receives people at, for the owner or for a co-host that confirmed it."""
    at_owner, at_co_host = NOTHING, NOTHING
    for permission in (MANAGE, RECORD):
        if scope := actor.scope(permission):
            at_owner |= within(scope, f"{path}{OWNER}")
            at_co_host |= within(scope, "organisation__")
    if at_owner == NOTHING:
        return NOTHING
    co_hosted = CoHost.objects.filter(at_co_host, confirmed_at__isnull=False)
    return at_owner | Q(**{f"{path}pk__in": co_hosted.values("event_id")})


def series_visible_to(actor: Actor) -> Q:
    """As its events would be."""
    return addressed_to(actor, "") | within(actor.scope(MANAGE), OWNER)


def kept_by(actor: Actor) -> Q:
    """Events that the actor may change."""
    return within(actor.scope(MANAGE), OWNER)


def received_by(actor: Actor, path: str = "") -> Q:
    """Events at which the actor receives people, for the owner or for a co-host that confirmed it; `path` leads to
    the event.
    """
    scope = actor.scope(RECORD)
    if not scope:
        return NOTHING
    co_hosted = CoHost.objects.filter(within(scope, "organisation__"), confirmed_at__isnull=False)
    return within(scope, f"{path}{OWNER}") | Q(**{f"{path}pk__in": co_hosted.values("event_id")})


def may_manage(actor: Actor, event: Event) -> bool:
    return may(actor, MANAGE, event.owner_organisation)


def may_receive(actor: Actor, event: Event) -> bool:
    """May see who comes, and note that they came."""
    if may(actor, RECORD, event.owner_organisation):
        return True
    scope = actor.scope(RECORD)
    rows = CoHost.objects.filter(event=event, confirmed_at__isnull=False)
    return bool(scope) and rows.filter(within(scope, "organisation__", of_few=True)).exists()


def require_sight(actor: Actor, event: Event) -> None:
    if not Event.objects.filter(visible_to(actor), pk=event.pk).exists():
        raise NotFound(KIND, event.pk)


def require_manager(actor: Actor, event: Event) -> None:
    """NotFound where the event is out of sight, Denied("event.manage") where only that is missing."""
    if not may_manage(actor, event):
        require_sight(actor, event)
        raise Denied(MANAGE, event.ref)


def require_receiver(actor: Actor, event: Event) -> None:
    """NotFound, or Denied("attendance.record")."""
    if not may_receive(actor, event):
        require_sight(actor, event)
        raise Denied(RECORD, event.ref)


def require_series_manager(actor: Actor, series: EventSeries) -> None:
    """NotFound, or Denied("event.manage")."""
    if may(actor, MANAGE, series.owner_organisation):
        return
    if not EventSeries.objects.filter(series_visible_to(actor), pk=series.pk).exists():
        raise NotFound(SERIES, series.pk)
    raise Denied(MANAGE, series.ref)


def organisers_of(event: Event) -> frozenset[UUID]:
    """The owner, and the co-hosts that confirmed."""
    confirmed = CoHost.objects.filter(event=event, confirmed_at__isnull=False)
    return frozenset({event.owner_organisation_id, *confirmed.values_list("organisation_id", flat=True)})


def near(actor: Actor) -> Q:
    """Over organisations: those that share a network with one of the actor's."""
    own = seen_from_inside(actor)
    return in_a_network_with(own) if own else NOTHING
