"""How many seats there are, and for whom some are kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import seats as seats_shape
from simpul.activities.drafting import whole
from simpul.activities.models import Event, Registration, SeatReservation, What
from simpul.activities.rules.events import require_manager
from simpul.activities.seating import Room, lock_seats, settle
from simpul.activities.services.registrations import CODE
from simpul.activities.telling import tell
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.receipts import new_receipt, plain_receipt
from simpul.organisations.rules.organisations import require_sight
from simpul.vault.blind import keyed_digests


def set_capacity(actor: Actor, event: Event, *, capacity: int | None, now: datetime) -> Event:
    """More seats go to those who wait; None is no end of seats. The same number changes nothing.

    Conflict("seats_given") with `theirs["held"]` where more are given or kept already.
    """
    require_manager(actor, event)
    wanted = seats_shape("capacity", capacity)
    with transaction.atomic():
        fresh = lock_seats(event.pk, now=now)
        if fresh.capacity == wanted:
            return fresh
        _check_enough(fresh, wanted)
        _number_seats(fresh, wanted)
        fresh.capacity, fresh.changed_at, fresh.version = wanted, now, fresh.version + 1
        fresh.save(update_fields=["capacity", "changed_at", "version"])
        tell(fresh, settle(fresh, now=now).offered, What.OFFERED, now=now)
        audit.record(actor, "activities.set_capacity", event.ref, details={"capacity": wanted or 0})
    return fresh


def _check_enough(event: Event, wanted: int | None) -> None:
    if wanted is None:
        return
    kept = SeatReservation.objects.filter(event=event, released_at=None)
    live = Registration.objects.filter(event=event, withdrawn_at=None, lapsed_at=None)
    given = live.exclude(seated_at=None, offered_until=None)
    outside = given.exclude(reservation__in=kept).count()
    held = outside + sum(kept.values_list("seats", flat=True))
    if held > wanted:
        message = _("%(held)s seats are given or kept already. Ask some to withdraw first.") % {"held": held}
        raise Conflict("seats_given", message=message, theirs={"held": held})


def _number_seats(event: Event, wanted: int | None) -> None:
    """Seats have numbers while there is an end of them, within it."""
    given = Registration.objects.filter(event=event).exclude(seated_at=None, offered_until=None)
    rows = list(given.order_by("registered_at", "id"))
    if wanted is not None and all(row.seat is not None and row.seat <= wanted for row in rows):
        return
    # A number is free before it is given again. Without an end of seats an offer is a seat.
    for row in rows:
        row.seat = None
        row.seated_at, row.offered_until = row.seated_at or event.changed_at, None
        row.save(update_fields=["seat", "seated_at", "offered_until"])
    if wanted is not None:
        for number, row in enumerate(rows, start=1):
            row.seat = number
            row.save(update_fields=["seat"])


def reserve_seats(
    actor: Actor, event: Event, *, organisation: Organisation, seats: int, now: datetime, until: datetime | None = None
) -> tuple[SeatReservation, str]:
    """Keep seats for the members of a group, and the code they type, shown this once. More seats for the same group
    widen what is kept, with a new code.

    From `until` on what is not taken of them is anybody's. Conflict("not_enough_seats") with `theirs["free"]`,
    Invalid("no_end_of_seats" | "not_to_come").
    """
    require_manager(actor, event)
    require_sight(actor, organisation)
    if until is not None and not now < until <= event.starts_at:
        message = _("Choose a time that is still to come, before the event begins.")
        raise Invalid("not_to_come", "until", message=message)
    wanted = whole(1, 10_000)("seats", seats)
    code = new_receipt()
    with transaction.atomic():
        fresh = lock_seats(event.pk, now=now)
        if fresh.capacity is None:
            message = _("This event has no end of seats: there is nothing to keep.")
            raise Invalid("no_end_of_seats", "seats", message=message)
        row = SeatReservation.objects.filter(event=fresh, organisation=organisation, released_at=None).first()
        _check_free(fresh, row, wanted)
        row = row or SeatReservation(event=fresh, organisation=organisation, reserved_at=now)
        row.seats, row.until, row.code_digest = wanted, until, keyed_digests(CODE, plain_receipt(code))[0]
        row.save()
        details = {"organisation": organisation.pk, "seats": wanted}
        audit.record(actor, "activities.reserve_seats", event.ref, details=details)
    return row, code


def _check_free(event: Event, row: SeatReservation | None, wanted: int) -> None:
    room = Room.of(event)
    had = room.kept.get(row.pk, 0) if row else 0
    free = room.open_seats + had
    used = room.held[row.pk] if row else 0
    if wanted > free or wanted < used:
        message = _("%(free)s seats are free to be kept, and %(used)s of this group are taken.")
        raise Conflict(
            "not_enough_seats", message=message % {"free": max(free, 0), "used": used}, theirs={"free": max(free, 0)}
        )


def release_seats(actor: Actor, reservation: SeatReservation, *, now: datetime) -> SeatReservation:
    """What is not taken of them goes to those who wait. Twice changes nothing more."""
    require_manager(actor, reservation.event)
    with transaction.atomic():
        event = lock_seats(reservation.event_id, now=now)
        if SeatReservation.objects.filter(pk=reservation.pk, released_at=None).update(released_at=now):
            tell(event, settle(event, now=now).offered, What.OFFERED, now=now)
            details = {"organisation": reservation.organisation_id}
            audit.record(actor, "activities.release_seats", event.ref, details=details)
    reservation.refresh_from_db()
    return reservation
