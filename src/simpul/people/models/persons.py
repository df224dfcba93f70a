"""One person: whoever the platform has to name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from simpul.people.codes import Sex
from simpul.records.models import Record, Versioned


class Person(Record, Versioned):
    """`name` is the name as they say it, one word or five; there is no first and last.

    A person belongs to no organisation: their affiliations decide who may read them. `user` ties them to the account
    they sign in with, where they have one; nothing else does. Of one who was erased only the id is left.
    """

    name = models.CharField(max_length=160)
    salutation = models.CharField(max_length=60, blank=True)  # "Inaq", "Bu", "Dr."
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    area_code = models.CharField(max_length=13, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    sort_key = models.CharField(max_length=160, editable=False)  # fold_words(name), written by the services
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_person_named", condition=~models.Q(name="") | ~models.Q(erased_at=None)
            ),
            models.CheckConstraint(
                name="people_person_erased_whole",
                condition=models.Q(erased_at=None)
                | models.Q(name="", sort_key="", salutation="", sex="", birth_year=None, area_code="", user=None),
            ),
            models.CheckConstraint(name="people_person_sex", condition=models.Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="people_person_birth_year",
                condition=models.Q(birth_year=None) | models.Q(birth_year__range=(1900, 2200)),
            ),
        ]
        indexes = [models.Index("sort_key", "id", name="person_by_name")]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return _("somebody whose data was erased")
        return f"{self.salutation} {self.name}".strip()
