"""The people of a case: whom it is about, who reported, who stands beside them, who is accused."""

from datetime import date

from django.db import models
from django.db.models import Q

from simpul.cases.kinds import CASE_TYPES
from simpul.cases.likeness import normal_likeness, normal_nik
from simpul.cases.models.cases import Case
from simpul.cases.relations import PartyRole, Relation
from simpul.cases.vulnerabilities import Disability, Schooling, Vulnerability
from simpul.people.codes import Sex
from simpul.records.models import Record, Versioned
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedJSONField, SealedTextField

MAJORITY, MARRIAGE = 18, 19  # years; two different laws (R3)


class Party(Record, Versioned):
    """Everything that tells who somebody is is sealed; nothing of it is required, not even a name.

    `birth_date` is ISO; `age_stated` is the age somebody gave on `age_stated_on`. `safe_contact` is {"safe_to_call":
    bool, "hours": text, "may_leave_message": bool, "via": text}. `likeness` serves finding who is known already.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=9, choices=PartyRole.choices)
    name = SealedTextField(null=True)
    alias = SealedTextField(null=True)
    phone = SealedTextField(null=True)
    address = SealedTextField(null=True)
    nik = SealedTextField(null=True)
    nik_index = BlindIndexField("nik", normalise=normal_nik)
    nik_index_next = NextIndexField("nik_index")
    family_card = SealedTextField(null=True)
    bpjs = SealedTextField(null=True)
    birth_date = SealedTextField(null=True)
    likeness = SealedTextField(null=True)
    likeness_index = BlindIndexField("likeness", normalise=normal_likeness)
    likeness_index_next = NextIndexField("likeness_index")
    safe_contact: SealedJSONField = SealedJSONField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True, default=Sex.UNKNOWN)
    disability = models.CharField(max_length=12, choices=Disability.choices, blank=True)
    education = models.CharField(max_length=7, choices=Schooling.choices, blank=True)
    age_stated = models.PositiveSmallIntegerField(null=True)
    age_stated_on = models.DateField(null=True)
    relation = models.CharField(max_length=16, choices=Relation.choices, blank=True)
    merged = models.JSONField(default=dict, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)  # what tells who they are is gone; the counts are kept

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_party_role", condition=Q(role__in=PartyRole.values)),
            models.CheckConstraint(name="cases_party_sex", condition=Q(sex__in=Sex.values)),
            models.CheckConstraint(
                name="cases_party_age",
                condition=Q(age_stated=None, age_stated_on=None)
                | Q(age_stated__range=(0, 120), age_stated_on__isnull=False),
            ),
        ]
        indexes = [models.Index("case", "role", "id", name="party_of_case")]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def born(self) -> date | None:
        return date.fromisoformat(self.birth_date.open()) if self.birth_date else None

    def age_on(self, day: date) -> int | None:
        """In whole years: counted from the date of birth, else from the age that was given."""
        if born := self.born:
            return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        if self.age_stated is None or self.age_stated_on is None:
            return None
        given = self.age_stated_on
        return self.age_stated + day.year - given.year - ((day.month, day.day) < (given.month, given.day))

    def is_child(self, day: date) -> bool | None:
        """Younger than 18; None where no age is known."""
        age = self.age_on(day)
        return None if age is None else age < MAJORITY

    def below_marriage_age(self, day: date) -> bool | None:
        """Younger than 19, the age of marriage for both; None where no age is known."""
        age = self.age_on(day)
        return None if age is None else age < MARRIAGE


class PartyType(models.Model):
    """What the case is about for this person: as many types as apply."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="types")
    code = models.CharField(max_length=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "code"], name="cases_partytype_once"),
            models.CheckConstraint(name="cases_partytype_code", condition=Q(code__in=list(CASE_TYPES))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.party_id}"


class PartyTag(models.Model):
    party = models.ForeignKey(Party, models.CASCADE, related_name="tags")
    code = models.CharField(max_length=11, choices=Vulnerability.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "code"], name="cases_partytag_once"),
            models.CheckConstraint(name="cases_partytag_code", condition=Q(code__in=Vulnerability.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.party_id}"
