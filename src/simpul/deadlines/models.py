"""Rules that say how long something may take, and clocks that run by them."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q

from simpul.deadlines.reckoning import Limit
from simpul.deadlines.units import Binding, Standing, Step, Unit, steps_of
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, period_in_order


class ClockRule(Record, Dated, Known):
    """One version of one rule, in force from `valid_from`. Appended; a clock keeps the version it started by.

    `organisation` None: for the whole node. `place` says the same without NULL, for the constraint on periods.
    `shipped`: it came with the program (`shipped.RULES`) and is here because a clock runs by it; never in force itself.
    `limit` is a number of `unit`; a day of the year is month * 100 + day.
    """

    code = models.CharField(max_length=16)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="clock_rules")
    place = models.CharField(max_length=36, blank=True, editable=False)
    what = LocalizedTextField()
    hint = LocalizedTextField(null=True, blank=True)  # what to do about it
    unit = models.CharField(max_length=2, choices=Unit)
    limit = models.PositiveIntegerField()
    standing = models.CharField(max_length=8, choices=Standing)
    binding = models.CharField(max_length=9, choices=Binding, default=Binding.YES)
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    confirmed = models.BooleanField()  # somebody saw it in its source
    in_use = models.BooleanField(default=True)
    may_pause = models.BooleanField(default=False)
    steps = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    shipped = models.BooleanField(default=False, editable=False)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["code", "valid_from", "id"]
        constraints = [
            period_in_order("deadlines_clockrule_period"),
            models.CheckConstraint(
                name="deadlines_clockrule_place",
                condition=Q(organisation=None, place="") | Q(organisation__isnull=False) & ~Q(place=""),
            ),
            models.CheckConstraint(name="deadlines_clockrule_with_basis", condition=~Q(basis="") & ~Q(code="")),
            models.CheckConstraint(
                name="deadlines_clockrule_choices",
                condition=Q(unit__in=Unit.values, standing__in=Standing.values, binding__in=Binding.values),
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "code"], name="deadlines_rule_kept", condition=Q(superseded_at=None, shipped=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.limit}{self.unit}"

    @property
    def counted(self) -> Limit:
        return Limit(Unit(self.unit), self.limit)

    @property
    def chain(self) -> tuple[Step, ...]:
        return steps_of(self.steps)

    @property
    def local_standard(self) -> bool:
        """Not law, whatever it looks like: the standard of one place, or our own agreement."""
        return self.standing != Standing.LAW


class Clock(Record):
    """Something that has to be done by `due_at`. What it is about is known by reference alone.

    `breached_at` is the instant at which the time was over, kept whatever comes later. `wake_at`: when a round has to
    look at it, None where nothing is left to do. `undecided_year`: the holidays of that year, which the deadline falls
    into, were not decided when it was counted; it is counted again once they are.
    """

    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="clocks")
    code = models.CharField(max_length=16)
    about_kind = models.CharField(max_length=80)
    about_id = models.UUIDField()
    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clocks")
    area = models.ForeignKey("territory.Area", models.PROTECT, null=True, related_name="+")
    zone = models.CharField(max_length=20, choices=[(z.value, z.name) for z in Zone])
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    undecided_year = models.PositiveSmallIntegerField(null=True, editable=False)
    breached_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    decision = models.CharField(max_length=40, blank=True)
    stopped_by = models.UUIDField(null=True, editable=False)  # person; None: the platform
    wake_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="deadlines_clock_one_running",
                fields=["about_id", "about_kind", "code"],
                condition=Q(stopped_at=None),
            ),
            models.CheckConstraint(
                name="deadlines_clock_stopped_with_decision",
                condition=Q(stopped_at=None, decision="") | Q(stopped_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="deadlines_clock_asleep_once_over",
                condition=Q(wake_at=None) | Q(stopped_at=None, paused_at=None),
            ),
            models.CheckConstraint(
                name="deadlines_clock_stopped_goes_on_no_more", condition=Q(stopped_at=None) | Q(paused_at=None)
            ),
            models.CheckConstraint(name="deadlines_clock_due_later", condition=Q(due_at__gte=F("started_at"))),
        ]
        indexes = [
            models.Index(fields=["wake_at", "id"], name="deadlines_clock_to_wake", condition=Q(wake_at__isnull=False)),
            models.Index(
                fields=["owner_organisation", "about_kind", "due_at", "id"],
                name="deadlines_clock_board",
                condition=Q(stopped_at=None, paused_at=None),
            ),
            models.Index(fields=["about_id", "about_kind"], name="deadlines_clock_about"),
            models.Index(
                fields=["undecided_year"],
                name="deadlines_clock_undecided",
                condition=Q(stopped_at=None, undecided_year__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def about(self) -> RecordRef:
        return RecordRef(self.about_kind, self.about_id)

    @property
    def due_on(self) -> date:
        """The last day that counts, by the calendar of the area."""
        return local_date(self.due_at - timedelta(microseconds=1), Zone(self.zone))

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    def is_overdue(self, now: datetime) -> bool:
        return self.stopped_at is None and self.paused_at is None and self.due_at <= now


class Pause(Record):
    """The clock stood still while somebody waited for the person. Open while `resumed_at` is None."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)  # a code

    class Meta:
        ordering = ["paused_at", "id"]
        constraints = [
            models.UniqueConstraint(name="deadlines_pause_one_open", fields=["clock"], condition=Q(resumed_at=None)),
            models.CheckConstraint(
                name="deadlines_pause_in_order", condition=Q(resumed_at=None) | Q(resumed_at__gte=F("paused_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Alert(Record):
    """A step of the rule's chain was taken: somebody was told, or nobody could be (`told` is how many)."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="alerts")
    step = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["step"]
        constraints = [models.UniqueConstraint(name="deadlines_alert_once", fields=["clock", "step"])]

    def __str__(self) -> str:
        return str(self.pk)
