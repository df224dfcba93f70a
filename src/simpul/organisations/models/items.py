"""What the lists of a profile held, and when we knew it: the profile itself shows only what holds now."""

from django.db import models

from simpul.organisations.models.organisations import Organisation
from simpul.records.localized import LocalizedTextField
from simpul.records.models import Known, Record

LISTS = ("sectors", "target_groups", "methods", "principles", "activity_forms")


class ProfileItem(Record, Known):
    """One entry of one list: a code, or words. Follows `Organisation`'s lists (services.profiles), and is counted."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="profile_items")
    field = models.CharField(max_length=20, choices=[(name, name) for name in LISTS])
    code = models.CharField(max_length=20, blank=True)
    text = LocalizedTextField(null=True, blank=True)

    class Meta:
        ordering = ["field", "recorded_at", "id"]
        indexes = [models.Index(fields=["organisation", "field"], name="profileitem_of")]

    def __str__(self) -> str:
        return self.code or str(self.text)
