"""Areas of the state, the releases they came in, and what operators add: crosswalks and holidays."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.time import Zone
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, period_in_order
from simpul.territory.fields import AreaCodeField
from simpul.territory.names import title_of, zone_of


class AreaKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    REGENCY = "regency", _("Regency")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    URBAN_VILLAGE = "urban_village", _("Urban village")
    VILLAGE = "village", _("Village")


class Area(Dated):
    """A province, regency or city, district, or village, by its Kemendagri code. Read by everyone, edited by no one.

    A code never gets a new meaning: what ends is closed (`valid_until`), what begins is a new row, and a crosswalk says
    how one follows from the other.
    """

    code = AreaCodeField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=AreaKind)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, editable=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)
    male_population = models.PositiveIntegerField(null=True)
    female_population = models.PositiveIntegerField(null=True)
    # True only for the demo's district: left alone by releases, removed with the demo.
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        # Search reads this index alone, not the table.
        indexes = [models.Index(fields=["folded", "level", "code"], name="territory_area_search")]
        constraints = [
            period_in_order("territory_area_period"),
            models.CheckConstraint(name="territory_area_level", condition=Q(level__range=(1, 4))),
            models.CheckConstraint(
                name="territory_area_parent",
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """ "Kecamatan Masbagik", "Desa Danger", "Kabupaten Lombok Timur", "Nusa Tenggara Barat"."""
        return title_of(self.name, self.kind)

    @property
    def zone(self) -> Zone:
        return zone_of(self.code)

    @property
    def population(self) -> int | None:
        if self.male_population is None or self.female_population is None:
            return None
        return self.male_population + self.female_population


class TerritoryRelease(Record):
    """One state of the official list, as loaded. The latest is what `Area` shows."""

    source = models.CharField(max_length=200)
    decree = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    areas = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.decree} ({self.as_of})"


class FormerName(Record):
    """The name a code had before `until`. A release that renames an area keeps the old name here, still searchable."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, editable=False, db_index=True)
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "until"], name="territory_formername_once")]

    def __str__(self) -> str:
        return self.name


class CrosswalkKind(models.TextChoices):
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merge")
    RENAME = "rename", _("New name")
    RECODE = "recode", _("New code")


class Crosswalk(Record, Known):
    """From `valid_from`, `new` is (part of) what `old_code` was. Entered by the operator; corrected by appending.

    An area that goes on after losing a part has a row to itself. `share` is the part of the old area (by people, where
    known) that went to the new one.
    """

    old_code = AreaCodeField()  # a plain code: it may have ended before our first release
    new = models.ForeignKey(Area, models.PROTECT, related_name="crosswalks")
    valid_from = models.DateField()
    kind = models.CharField(max_length=6, choices=CrosswalkKind)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    basis = models.CharField(max_length=200)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-valid_from", "old_code", "new_id"]
        constraints = [
            models.CheckConstraint(
                name="territory_crosswalk_share",
                condition=Q(share=None) | Q(share__gt=Decimal(0), share__lte=Decimal(1)),
            ),
            models.UniqueConstraint(
                fields=["old_code", "new", "valid_from"],
                condition=Q(superseded_at=None),
                name="territory_crosswalk_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} > {self.new_id}"


class HolidayKind(models.TextChoices):
    NATIONAL = "national", _("National holiday")
    JOINT_LEAVE = "joint_leave", _("Joint leave (cuti bersama)")
    LOCAL = "local", _("Local holiday")
    # The library estimates days that follow the moon; the decree may move them.
    WORKING = "working", pgettext_lazy("holiday", "Not a holiday after all")


class Holiday(Record, Known):
    """A day the operator adds to, or takes from, the holidays the library knows. Withdrawn, never edited."""

    day = models.DateField()
    name = LocalizedTextField()
    kind = models.CharField(max_length=11, choices=HolidayKind)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="holidays")
    basis = models.CharField(max_length=200)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(superseded_at=None, area=None),
                name="territory_holiday_once",
            ),
            models.UniqueConstraint(
                fields=["day", "area"],
                condition=Q(superseded_at=None),
                name="territory_holiday_once_in_area",
            ),
            models.CheckConstraint(
                name="territory_holiday_place",
                condition=Q(kind="local", area__isnull=False) | (~Q(kind="local") & Q(area=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
