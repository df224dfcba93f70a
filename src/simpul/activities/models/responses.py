"""A response to a disaster: who does what where, when and for whom; and what villages say they need.

Activities and needs are told in versions. Each is a row of its own; the newest stands, and "as of a day" is what was
known by its end. `line` names the thing over all its versions.
"""

from functools import reduce
from operator import add

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.activities.clusters import Cluster, SubCluster
from simpul.activities.reaching import CELLS, Reached
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, Versioned, period_in_order


class Response(Record, Versioned, Dated):
    """Led by a network: its secretariat keeps the whole. Seen by the public once it is published."""

    network = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="responses")
    name = models.CharField(max_length=160)
    summary = LocalizedTextField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [period_in_order("activities_response_period")]
        indexes = [models.Index(fields=["published_at"], name="response_by_publication")]

    def __str__(self) -> str:
        return self.name


class ResponseArea(Record):
    """An area the response is for, of any level."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="areas")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "area"], name="activities_responsearea_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.area_id}"


class ActivityStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "Planned")
    ONGOING = "ongoing", pgettext_lazy("activity", "Under way")
    DONE = "done", pgettext_lazy("activity", "Done")
    STOPPED = "stopped", pgettext_lazy("activity", "Stopped")


AT_WORK = (ActivityStatus.PLANNED.value, ActivityStatus.ONGOING.value)


class ResponseActivity(Record, Known):
    """One version of a line of the 4W. `as_of` is the day its figures are of; `ends_on` the last day of the work.

    `same_as` is the activity's name folded: two rows with the same do the same. `lead` answers for the line, and its
    people write it; who else has a part in it is in `parts`.
    """

    line = models.UUIDField(editable=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="activities")
    lead = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    cluster = models.CharField(max_length=12, choices=Cluster)
    sub_cluster = models.CharField(max_length=24, choices=SubCluster, blank=True)
    activity = models.CharField(max_length=200)
    same_as = models.CharField(max_length=200, editable=False)
    unit = models.CharField(max_length=40, blank=True)
    planned = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    done = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    status = models.CharField(max_length=8, choices=ActivityStatus)
    as_of = models.DateField()
    girls = models.PositiveIntegerField(default=0)
    boys = models.PositiveIntegerField(default=0)
    women = models.PositiveIntegerField(default=0)
    men = models.PositiveIntegerField(default=0)
    older_women = models.PositiveIntegerField(default=0)
    older_men = models.PositiveIntegerField(default=0)
    untold = models.PositiveIntegerField(default=0)
    with_disability = models.PositiveIntegerField(null=True)
    funder_words = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(superseded_at=None), name="activities_responseactivity_one_stands"
            ),
            models.CheckConstraint(
                name="activities_responseactivity_days",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
            ),
            models.CheckConstraint(
                name="activities_responseactivity_quantities",
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(done=None) | Q(done__gte=0)),
            ),
            models.CheckConstraint(
                name="activities_responseactivity_disability",
                condition=Q(with_disability=None) | Q(with_disability__lte=reduce(add, [F(cell) for cell in CELLS])),
            ),
        ]
        indexes = [
            models.Index(
                fields=["response", "cluster", "area"],
                condition=Q(superseded_at=None),
                name="responseactivity_standing",
            ),
            models.Index(fields=["line", "recorded_at"], name="responseactivity_versions"),
        ]

    def __str__(self) -> str:
        return self.activity

    @property
    def reached(self) -> Reached:
        return Reached.of(self)


class PartKind(models.TextChoices):
    IMPLEMENTER = "implementer", _("Implementer")
    PARTNER = "partner", pgettext_lazy("activity", "Partner")
    FUNDER = "funder", _("Funder")


class ActivityPart(Record):
    """What an organisation besides the lead is to one version of a line."""

    version = models.ForeignKey(ResponseActivity, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=PartKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation", "kind"], name="activities_activitypart_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind} {self.organisation_id}"


class NeedStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("need", "Open")
    PARTLY = "partly", pgettext_lazy("need", "Partly met")
    MET = "met", pgettext_lazy("need", "Met")
    UNFOUNDED = "unfounded", pgettext_lazy("need", "Not confirmed")


WANTING = (NeedStatus.OPEN.value, NeedStatus.PARTLY.value)


class ReportedNeed(Record, Known):
    """One version of what somebody says an area needs. `reported_by` may be nobody the directory knows: then it is told
    in `reporter`.
    """

    line = models.UUIDField(editable=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="needs")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    cluster = models.CharField(max_length=12, choices=Cluster)
    sub_cluster = models.CharField(max_length=24, choices=SubCluster, blank=True)
    what = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField(null=True)
    reported_by = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    reporter = models.CharField(max_length=120, blank=True)
    reported_on = models.DateField()
    status = models.CharField(max_length=9, choices=NeedStatus)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(superseded_at=None), name="activities_reportedneed_one_stands"
            ),
            models.CheckConstraint(
                name="activities_reportedneed_quantity", condition=Q(quantity=None) | Q(quantity__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["response", "status"], condition=Q(superseded_at=None), name="reportedneed_standing"),
            models.Index(fields=["line", "recorded_at"], name="reportedneed_versions"),
        ]

    def __str__(self) -> str:
        return self.what


class ResponseCell(models.Model):
    """What stands now in an area of any level and a cluster, counted: kept by the services within the same transaction,
    so that the map of today costs the same whatever the number of activities. Of another day the rows are counted.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="cells")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    cluster = models.CharField(max_length=12)
    activities = models.PositiveIntegerField()
    at_work = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    overlaps = models.PositiveIntegerField()
    newest_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "level", "area", "cluster"], name="activities_responsecell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.area_id} {self.cluster}"
