"""Events: when, where, whose, for whom to see; their history; who holds them together; what was published on them."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from simpul.activities.kinds import Course, EventKind, Mode, PhotoConsent, Visibility
from simpul.activities.models.series import ZONES, EventSeries
from simpul.activities.states import Act, EventState
from simpul.kernel.time import Zone
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record, Versioned
from simpul.vault.fields import SealedTextField

if TYPE_CHECKING:
    from simpul.territory.models import Area


class Event(Record, Versioned):
    """Instants are UTC; `starts_on` and `ends_on` are the dates on the wall in `zone`.

    The state is derived from the dates of publishing, holding, closing and cancelling. `sequence` grows whenever those
    who noted the event must note it anew.
    """

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    series = models.ForeignKey(EventSeries, models.PROTECT, null=True, related_name="events")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=5, choices=EventKind.choices)
    course = models.CharField(max_length=20, choices=Course.choices, blank=True)
    title = LocalizedTextField()
    summary = LocalizedTextField(null=True, blank=True)
    mode = models.CharField(max_length=6, choices=Mode.choices)
    venue = models.CharField(max_length=200, blank=True)
    area: "models.ForeignKey[Area | None, Area | None]" = models.ForeignKey(
        "territory.Area", models.PROTECT, null=True, related_name="+"
    )
    joining_link = SealedTextField(null=True)  # for those who have a seat, not for the public page
    recording_url = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=13, choices=ZONES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(editable=False)
    visibility = models.CharField(max_length=7, choices=Visibility.choices)
    is_sensitive = models.BooleanField(default=False)  # heads are counted; nobody is registered or named
    photo_consent = models.CharField(max_length=9, choices=PhotoConsent.choices, blank=True)
    takes_registrations = models.BooleanField(default=False)
    registration_opens_at = models.DateTimeField(null=True)
    registration_closes_at = models.DateTimeField(null=True)
    capacity = models.PositiveIntegerField(null=True)  # None: no end of seats
    offer_hours = models.PositiveSmallIntegerField(default=24)  # how long an offered seat waits for its answer
    asks = models.JSONField(default=list)  # kinds.Question
    published_at = models.DateTimeField(null=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=300, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cloned_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    if TYPE_CHECKING:
        id: UUID
        owner_organisation_id: UUID
        series_id: UUID | None
        area_id: str | None

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="activities_event_kind", condition=Q(kind__in=EventKind.values)),
            models.CheckConstraint(name="activities_event_mode", condition=Q(mode__in=Mode.values)),
            models.CheckConstraint(name="activities_event_visibility", condition=Q(visibility__in=Visibility.values)),
            models.CheckConstraint(name="activities_event_in_order", condition=Q(starts_at__lt=F("ends_at"))),
            models.CheckConstraint(name="activities_event_days", condition=Q(starts_on__lte=F("ends_on"))),
            models.CheckConstraint(
                name="activities_event_numbered", condition=Q(number=None) | Q(series__isnull=False, number__gt=0)
            ),
            models.UniqueConstraint(
                name="activities_event_number", fields=["series", "number"], condition=Q(number__isnull=False)
            ),
            models.CheckConstraint(name="activities_event_seats", condition=Q(capacity=None) | Q(capacity__gt=0)),
            # A case conference speaks of one person: nobody but the organisers ever learns of it.
            models.CheckConstraint(
                name="activities_event_restricted",
                condition=~Q(kind=EventKind.CASE_CONFERENCE) | Q(visibility=Visibility.HOSTS, is_sensitive=True),
            ),
            models.CheckConstraint(
                name="activities_event_nobody_named", condition=Q(is_sensitive=False) | Q(takes_registrations=False)
            ),
            models.CheckConstraint(
                name="activities_event_life",
                condition=(Q(cancelled_at=None) | Q(held_at=None)) & (Q(closed_at=None) | Q(held_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("visibility", "starts_on", "id", name="event_calendar"),
            models.Index("owner_organisation", "starts_on", "id", name="event_of_host"),
            models.Index("area", "starts_on", name="event_in_area"),
            models.Index("series", "starts_on", name="event_of_series"),
            models.Index("starts_at", name="event_coming"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def state(self) -> EventState:
        if self.cancelled_at:
            return EventState.CANCELLED
        if self.closed_at:
            return EventState.CLOSED
        if self.held_at:
            return EventState.HELD
        return EventState.PUBLISHED if self.published_at else EventState.DRAFT

    @property
    def clock(self) -> Zone:
        return Zone(self.zone)

    @property
    def zone_name(self) -> str:
        """ "WITA"."""
        return self.clock.name

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(self.clock.info)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.clock.info)


class EventStep(Record):
    """What was done with an event, and why; appended. `was_starts_at` and `was_ends_at`: from when it was moved."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=Act.choices)
    reason = models.CharField(max_length=300, blank=True)
    was_starts_at = models.DateTimeField(null=True)
    was_ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="activities_eventstep_turn", fields=["event", "number"]),
            models.CheckConstraint(name="activities_eventstep_act", condition=Q(act__in=Act.values)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number} {self.act}"


class CoHost(Record):
    """Holds the event with its owner. Until its own people confirm it, it is not shown and opens nothing to them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="co_hosts")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    named_at = models.DateTimeField(editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["named_at", "id"]
        constraints = [models.UniqueConstraint(name="activities_cohost_once", fields=["event", "organisation"])]
        indexes = [models.Index("organisation", "event", name="cohost_of")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.organisation_id}"


class Coverage(Record):
    """Something published on the event, with the day it was published: seldom the day of the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="coverage")
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    published_on = models.DateField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["published_on", "id"]
        constraints = [
            models.UniqueConstraint(name="activities_coverage_once", fields=["event", "title", "published_on"])
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.published_on})"
