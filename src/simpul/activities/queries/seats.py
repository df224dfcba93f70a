"""How many seats are left, and whether one may register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q, QuerySet
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
    """For a list of events, in two statements."""
    live = Registration.objects.filter(event__in=events, withdrawn_at=None, lapsed_at=None)
    rows = (
        live.order_by()
        .values_list("event_id")
        .annotate(
            taken=Count("pk", filter=Q(seated_at__isnull=False)),
            offered=Count("pk", filter=Q(offered_until__gt=now)),
            waiting=Count("pk", filter=Q(seated_at=None, offered_until=None)),
        )
    )
    counted = {key: numbers for key, *numbers in rows}
    kept = _kept(events, now)
    found: dict[UUID, Seats] = {}
    for event in events:
        taken, offered, waiting = counted.get(event.pk, [0, 0, 0])
        found[event.pk] = Seats(event.capacity, taken, offered, waiting, kept.get(event.pk, 0))
    return found


def _kept(events: Sequence[Event], now: datetime) -> dict[UUID, int]:
    holding = Count("registrations", filter=Q(registrations__seat__isnull=False))
    standing = SeatReservation.objects.filter(Q(until=None) | Q(until__gt=now), event__in=events, released_at=None)
    rows = standing.annotate(left=F("seats") - holding)
    found: dict[UUID, int] = {}
    for event_id, left in rows.values_list("event_id", "left"):
        found[event_id] = found.get(event_id, 0) + max(0, left)
    return found


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
