"""The learning library: what there is to read, hear and watch, in languages, and which group has read it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import ItemKind, Readers, Tongue
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Record, Versioned


class LibraryItem(Record, Versioned):
    """A guide, a handbook, a recording. It is read in editions, one a language."""

    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    title = LocalizedTextField()
    about = LocalizedTextField(null=True, blank=True)
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    readers = models.CharField(max_length=12, choices=Readers.choices, default=Readers.EVERYBODY)
    visibility = models.CharField(max_length=7, choices=Visibility.choices)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    if TYPE_CHECKING:
        id: UUID
        owner_organisation_id: UUID

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(name="activities_libraryitem_kind", condition=Q(kind__in=ItemKind.values)),
            models.CheckConstraint(name="activities_libraryitem_readers", condition=Q(readers__in=Readers.values)),
            models.CheckConstraint(
                name="activities_libraryitem_visibility", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(
                name="activities_libraryitem_withdrawn", condition=Q(withdrawn_at=None) | Q(published_at__isnull=False)
            ),
        ]
        indexes = [models.Index("visibility", "created_at", "id", name="libraryitem_list")]

    def __str__(self) -> str:
        return str(self.title)


class LibraryEdition(Record, Versioned):
    """An item in one language: its text, where it can be watched. A recording is a document of it."""

    item = models.ForeignKey(LibraryItem, models.CASCADE, related_name="editions")
    language = models.CharField(max_length=3, choices=Tongue.choices)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)  # how long it takes to hear or to watch
    changed_at = models.DateTimeField(editable=False)

    if TYPE_CHECKING:
        id: UUID
        item_id: UUID

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["item", "language"], name="activities_libraryedition_once"),
            models.CheckConstraint(name="activities_libraryedition_language", condition=Q(language__in=Tongue.values)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.language}"


class LibraryReading(Record):
    """A group has read, heard or watched it together on that day, so many of them. Counts, and no names."""

    item = models.ForeignKey(LibraryItem, models.CASCADE, related_name="readings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    language = models.CharField(max_length=3, choices=Tongue.choices)
    read_on = models.DateField()
    people = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)  # person

    if TYPE_CHECKING:
        item_id: UUID
        organisation_id: UUID

    class Meta:
        ordering = ["read_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation", "read_on"], name="activities_libraryreading_once_a_day"
            ),
            models.CheckConstraint(name="activities_libraryreading_language", condition=Q(language__in=Tongue.values)),
            models.CheckConstraint(name="activities_libraryreading_people", condition=Q(people=None) | Q(people__gt=0)),
        ]
        indexes = [models.Index("organisation", "item", name="libraryreading_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.item_id} {self.read_on}"
