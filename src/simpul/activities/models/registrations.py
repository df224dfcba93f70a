"""Registrations and the seats they hold."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.models.events import Event
from simpul.activities.models.participants import Participant
from simpul.activities.states import SeatState
from simpul.records.models import Record


class SeatReservation(Record):
    """Seats kept for the members of a group until they are released. Its own people need no code; others type it.

    From `until` on nobody keeps them any more: whoever touches the seats first releases them.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="reservations")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    seats = models.PositiveIntegerField()
    code_digest = models.CharField(max_length=64, editable=False)
    reserved_at = models.DateTimeField(editable=False)
    until = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="activities_seatreservation_once", fields=["event", "organisation"], condition=Q(released_at=None)
            ),
            models.CheckConstraint(name="activities_seatreservation_seats", condition=Q(seats__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.organisation_id}"


class Registration(Record):
    """Somebody said that they would come.

    `seat` is the number of the seat it holds, whether taken or offered: the database gives no number of an event to
    two. An event without an end of seats has no numbers. `receipt_digest` opens it to whoever registered;
    `pass_digest` is of the code they show at the door, which opens nothing; `door_digest` is of the same code, for a
    telephone without a signal.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    participant = models.OneToOneField(Participant, models.CASCADE, related_name="registration")
    reservation = models.ForeignKey(SeatReservation, models.PROTECT, null=True, related_name="registrations")
    seat = models.PositiveIntegerField(null=True)
    receipt_digest = models.CharField(max_length=64, unique=True, editable=False)
    pass_digest = models.CharField(max_length=64, unique=True, editable=False)
    letterbox = models.CharField(max_length=64, blank=True, editable=False)  # letters that the receipt alone opens
    door_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    registered_at = models.DateTimeField(editable=False)
    registered_by = models.UUIDField(null=True, editable=False)  # person: an organiser, or the one themself
    queued_at = models.DateTimeField(editable=False)  # their place in the line
    seated_at = models.DateTimeField(null=True, editable=False)
    offered_until = models.DateTimeField(null=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        id: UUID
        event_id: UUID
        participant_id: UUID

    class Meta:
        ordering = ["queued_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="activities_registration_seat", fields=["event", "seat"], condition=Q(seat__isnull=False)
            ),
            models.CheckConstraint(
                name="activities_registration_gone",
                condition=Q(withdrawn_at=None, lapsed_at=None) | Q(seat=None, seated_at=None, offered_until=None),
            ),
            models.CheckConstraint(
                name="activities_registration_offered",
                condition=Q(offered_until=None) | Q(seat__isnull=False, seated_at=None),
            ),
            models.CheckConstraint(
                name="activities_registration_held",
                condition=Q(seat=None) | Q(seated_at__isnull=False) | Q(offered_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index("event", "queued_at", "id", name="registration_in_line"),
            models.Index("offered_until", name="registration_offered", condition=Q(offered_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> SeatState:
        if self.withdrawn_at:
            return SeatState.WITHDRAWN
        if self.lapsed_at:
            return SeatState.LAPSED
        if self.seated_at:
            return SeatState.SEATED
        return SeatState.OFFERED if self.offered_until else SeatState.WAITING
