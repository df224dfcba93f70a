"""Whom to send somebody to: what serves this place and this need, the nearest level first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.institutions import FRESH_FOR_DAYS
from simpul.organisations.models import ServedArea, ServicePoint, ServicePointVerification
from simpul.organisations.rules.organisations import within
from simpul.organisations.rules.service_points import KEEPERS, points_visible_to, sees_address
from simpul.territory.names import level_of, lineage_of


@dataclass(frozen=True, slots=True)
class Found:
    """`level` is that of the served area (1 province to 4 village); `address` "" where it is secret from the actor."""

    point: ServicePoint
    level: int
    address: str
    verified_on: date | None
    is_stale: bool


def service_points_visible(actor: Actor) -> QuerySet[ServicePoint]:
    return ServicePoint.objects.filter(points_visible_to(actor))


def service_point_for(actor: Actor, point_id: UUID, *, today: date) -> Found:
    """NotFound for one out of sight. Its level is that of the widest area it serves."""
    point = (
        service_points_visible(actor)
        .filter(pk=point_id)
        .select_related("seat", "organisation", "owner_organisation")
        .annotate(last=Max("verifications__verified_on"))
        .first()
    )
    if point is None:
        raise NotFound("organisations.servicepoint", point_id)
    codes = ServedArea.objects.filter(service_point=point).values_list("area_id", flat=True)
    level = min((level_of(code) for code in codes), default=1)
    return _found(point, level, sees_address(actor, point), today)


def service_points_for(actor: Actor, area_code: str, need: str | None = None, *, today: date) -> tuple[Found, ...]:
    """Open points that serve the area, or what it lies in, and answer the need (None: any).

    The nearest level first; within it those for whom the need comes first in their list, then the freshest check.
    """
    serving = ServedArea.objects.filter(area__in=lineage_of(area_code), service_point__closed_on=None)
    served = serving.annotate(length=Length("area")).values_list("service_point").annotate(longest=Max("length"))
    lengths: dict[UUID, int] = dict(served)
    points = (
        service_points_visible(actor)
        .filter(pk__in=list(lengths))
        .select_related("seat", "organisation")
        .annotate(last=Max("verifications__verified_on"))
    )
    answering = [p for p in points if need is None or need in p.needs]
    open_addresses = _seen_addresses(actor, answering)
    found = [_found(p, level_of(area_code[: lengths[p.pk]]), p.pk in open_addresses, today) for p in answering]
    return tuple(sorted(found, key=lambda f: _nearest_first(f, need)))


def stale_points(actor: Actor, *, today: date, limit: int = 5) -> list[ServicePoint]:
    """Open entries this actor may check that nobody has checked for long, the longest unchecked first. One query."""
    mine = within(actor.scope("service_point.verify"), "owner_organisation__")
    fresh = ServicePointVerification.objects.filter(
        service_point=OuterRef("pk"), verified_on__gte=today - timedelta(days=FRESH_FOR_DAYS)
    )
    rows = ServicePoint.objects.filter(mine, ~Exists(fresh), closed_on=None)
    last = Max("verifications__verified_on")
    return list(rows.annotate(last=last).order_by(F("last").asc(nulls_first=True), "name", "id")[:limit])


def _nearest_first(found: Found, need: str | None) -> tuple[int, int, int, str, str]:
    rank = found.point.needs.index(need) if need else 0
    checked = found.verified_on.toordinal() if found.verified_on else 0
    return (-found.level, rank, -checked, found.point.name, found.point.pk.hex)


def _found(point: ServicePoint, level: int, seen: bool, today: date) -> Found:
    last: date | None = getattr(point, "last", None)
    stale = last is None or last < today - timedelta(days=FRESH_FOR_DAYS)
    return Found(point, level, point.address if seen else "", last, stale)


def _seen_addresses(actor: Actor, points: Sequence[ServicePoint]) -> set[UUID]:
    """One question for all the secret ones, none where there are none."""
    seen = {p.pk for p in points if p.address_public}
    secret = [p.pk for p in points if not p.address_public]
    if secret:
        kept = Q(pk__in=())
        for permission in KEEPERS:
            kept |= within(actor.scope(permission), "owner_organisation__")
        seen |= set(ServicePoint.objects.filter(kept, pk__in=secret).values_list("pk", flat=True))
    return seen
