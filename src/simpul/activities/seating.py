"""Seats under their lock: who gets which, what becomes of an offer, and whose turn it is.

Every step below runs within a transaction that holds the event's lock (`lock_seats`), so that what was counted is
still so when it is written. Apart from the lock the database gives no seat number of an event to two: a mistake here
would fail, not sell a seat twice (decision 32).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from simpul.activities.models import Event, Registration, SeatReservation
from simpul.activities.states import EventState
from simpul.records.locks import lock_graph


def lock_seats(event_id: UUID, *, now: datetime) -> Event:
    """The event as it is now; nobody else gives, takes or counts its seats until the transaction ends. Seats that were
    kept for a group until now are anybody's.
    """
    lock_graph(f"activities.seats.{event_id}")
    SeatReservation.objects.filter(event=event_id, released_at=None, until__lte=now).update(released_at=now)
    return Event.objects.select_related("owner_organisation", "area").get(pk=event_id)


@dataclass(slots=True)
class Room:
    """The seats of an event that has an end of them. `held` counts taken and offered ones by reservation (None: the
    rest); `kept` are the reservations that stand, with their sizes; `top` is the highest number given.
    """

    event: Event
    capacity: int
    kept: dict[UUID, int]
    held: Counter[UUID | None]
    top: int

    @classmethod
    def of(cls, event: Event) -> "Room":
        """ValueError for an event without an end of seats."""
        if event.capacity is None:
            raise ValueError("this event has no end of seats")
        standing = SeatReservation.objects.filter(event=event, released_at=None)
        kept = dict(standing.values_list("pk", "seats"))
        rows = _numbered(event).order_by().values_list("reservation_id").annotate(n=Count("pk"), top=Max("seat"))
        held: Counter[UUID | None] = Counter()
        highest = 0
        for reservation, number, top in rows:
            held[reservation if reservation in kept else None] += number
            highest = max(highest, top)
        return cls(event, event.capacity, kept, held, highest)

    @property
    def open_seats(self) -> int:
        """Free to anybody."""
        return self.capacity - sum(self.kept.values()) - self.held[None]

    def pool_for(self, reservation: UUID | None) -> tuple[bool, UUID | None]:
        """Whether there is a seat, and of which reservation; None: one of the rest."""
        if reservation in self.kept and self.held[reservation] < self.kept[reservation]:
            return True, reservation
        return self.open_seats > 0, None

    def take(self, pool: UUID | None) -> int:
        """A number that is free: the next one, or the lowest that was given back."""
        number = self.top + 1
        if self.held.total() < self.top:
            given = set(_numbered(self.event).values_list("seat", flat=True))
            number = next(n for n in count(1) if n not in given)
        self.top = max(self.top, number)
        self.held[pool] += 1
        return number

    @property
    def any_left(self) -> bool:
        return self.open_seats > 0 or any(self.held[key] < seats for key, seats in self.kept.items())


def _numbered(event: Event) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event, seat__isnull=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a round of offers did."""

    lapsed: tuple[Registration, ...] = ()
    offered: tuple[Registration, ...] = ()
    seated: tuple[Registration, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lapsed or self.offered or self.seated)


def seat_newcomer(event: Event, row: Registration, *, now: datetime) -> None:
    """Give the new registration a seat, or a place in the line behind all who wait. Not saved here."""
    if event.capacity is None:
        row.seated_at = now
        return
    room = Room.of(event)
    fits, pool = room.pool_for(row.reservation_id)
    if not fits or (pool is None and _waiting(event).exists()):
        return
    row.seat, row.reservation_id, row.seated_at = room.take(pool), pool, now


def settle(event: Event, *, now: datetime) -> Settled:
    """Take back offers whose time is over and offer what is free to those who wait, in their order."""
    lapsed = tuple(_lapse(event, now))
    if event.state not in (EventState.PUBLISHED, EventState.DRAFT) or event.starts_at <= now:
        return Settled(lapsed)
    if not _waiting(event).exists():
        return Settled(lapsed)
    if event.capacity is None:
        return Settled(lapsed, seated=tuple(_seat_all(event, now)))
    return Settled(lapsed, offered=tuple(_offer(event, Room.of(event), now)))


def _waiting(event: Event) -> QuerySet[Registration]:
    rows = Registration.objects.filter(event=event, seated_at=None, offered_until=None)
    return rows.filter(withdrawn_at=None, lapsed_at=None).select_related("participant").order_by("queued_at", "id")


def _lapse(event: Event, now: datetime) -> Iterable[Registration]:
    for row in Registration.objects.filter(event=event, offered_until__lte=now).select_related("participant"):
        row.seat = row.offered_until = None
        row.lapsed_at = now
        row.save(update_fields=["seat", "offered_until", "lapsed_at"])
        yield row


def _seat_all(event: Event, now: datetime) -> Iterable[Registration]:
    for row in _waiting(event):
        row.seated_at = now
        row.save(update_fields=["seated_at"])
        yield row


def _offer(event: Event, room: Room, now: datetime) -> Iterable[Registration]:
    until = min(now + timedelta(hours=event.offer_hours), event.starts_at)
    for row in _waiting(event):
        fits, pool = room.pool_for(row.reservation_id)
        if not fits:
            if not room.any_left:
                return
            continue
        row.seat, row.reservation_id, row.offered_until = room.take(pool), pool, until
        row.save(update_fields=["seat", "reservation", "offered_until"])
        yield row
