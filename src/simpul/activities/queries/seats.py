"""How many seats are left, and whether one may register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Aggregate, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Event, Registration, SeatReservation
from simpul.activities.states import EventState


class Openness(models.TextChoices):
    """Whether somebody may register now."""

    OPEN = "open", _("Registration is open")
    NOT_YET = "not_yet", _("Registration has not begun")
    OVER = "over", _("Registration is closed")
    NONE = "none", _("Without registration")
    CANCELLED = "cancelled", _("Cancelled")


@dataclass(frozen=True, slots=True)
class Seats:
    """`free` to anybody, None where there is no end of seats. `kept` for groups and not taken yet."""

    capacity: int | None
    taken: int = 0
    offered: int = 0
    waiting: int = 0
    kept: int = 0

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken - self.offered - self.kept)

    @property
    def is_full(self) -> bool:
        """A newcomer would wait: no seat is free, or others wait already."""
        return self.capacity is not None and (self.free == 0 or self.waiting > 0)


def seats_of(event: Event, *, now: datetime) -> Seats:
    """An offer whose time is over counts as free."""
    return seats_of_many([event], now=now)[event.pk]


def seats_of_many(events: Sequence[Event], *, now: datetime) -> dict[UUID, Seats]:
    """For a list of events, in one statement."""
    live = Registration.objects.filter(event=OuterRef("pk"), withdrawn_at=None, lapsed_at=None)
    standing = SeatReservation.objects.filter(Q(until=None) | Q(until__gt=now), released_at=None)
    rows = Event.objects.filter(pk__in=[event.pk for event in events]).order_by()
    counted = rows.values_list(
        "pk",
        _number(live.filter(seated_at__isnull=False)),
        _number(live.filter(offered_until__gt=now)),
        _number(live.filter(seated_at=None, offered_until=None)),
        _number(standing.filter(event=OuterRef("pk")), Sum("seats")),
        _number(live.filter(seat__isnull=False, reservation__in=standing.values("pk"))),
    )
    known = {key: numbers for key, *numbers in counted}
    found: dict[UUID, Seats] = {}
    for event in events:
        taken, offered, waiting, kept, used = known.get(event.pk, [0, 0, 0, 0, 0])
        found[event.pk] = Seats(event.capacity, taken, offered, waiting, max(0, kept - used))
    return found


def _number(rows: QuerySet[Any], what: Aggregate | None = None) -> Coalesce:
    """How many rows there are, or their sum, 0 where there are none. They are of the event `OuterRef("pk")`."""
    total = rows.order_by().values("event").annotate(total=what or Count("pk")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def openness(event: Event, *, now: datetime) -> Openness:
    if event.state is EventState.CANCELLED:
        return Openness.CANCELLED
    if not event.takes_registrations or event.state is EventState.DRAFT:
        return Openness.NONE
    if event.registration_opens_at and now < event.registration_opens_at:
        return Openness.NOT_YET
    over = event.state is not EventState.PUBLISHED or now >= (event.registration_closes_at or event.ends_at)
    return Openness.OVER if over else Openness.OPEN


def reservations_of(event: Event) -> QuerySet[SeatReservation]:
    """Those that stand, each with `taken`."""
    rows = SeatReservation.objects.filter(event=event, released_at=None).select_related("organisation")
    return rows.annotate(taken=Count("registrations", filter=Q(registrations__seat__isnull=False))).order_by("pk")
