"""How long cases are kept after their end, and what stays of them when they are gone."""

from django.db import models
from django.db.models import Q

from simpul.cases.models.cases import Case
from simpul.cases.rights_kinds import Ground, RetentionClass
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class RetentionRule(Record):
    """Months that cases of a class are kept after their end, from `valid_from` on. Appended: the latest one counts.

    `organisation` is None for this whole Simpul. `basis` says by what right, `source` where that can be read.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    kept = models.CharField(max_length=9, choices=RetentionClass.choices)
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_retentionrule_kept", condition=Q(kept__in=RetentionClass.values)),
            models.CheckConstraint(name="cases_retentionrule_months", condition=Q(months__gte=1, months__lte=600)),
            models.CheckConstraint(name="cases_retentionrule_basis", condition=~Q(basis="")),
        ]
        indexes = [models.Index("kept", "organisation", "valid_from", name="retentionrule_latest")]

    def __str__(self) -> str:
        return f"{self.kept} {self.months}"


class RetentionExtension(Record):
    """The case is kept longer, until a day, for a reason."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    until = models.DateField()
    reason = SealedTextField()
    extended_at = models.DateTimeField()
    extended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class RetentionWarning(Record):
    """The coordinators were told that it goes on `erase_on`, unless somebody has it kept."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="retention_warnings")
    erase_on = models.DateField()
    warned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "erase_on"], name="cases_retentionwarning_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseTombstone(models.Model):
    """What counts need of a case that was erased, and nothing that tells whose it was.

    Its key is the case's. `victims` is [{"types": [codes], "sex", "age_band", "disability"}].
    """

    id = models.UUIDField(primary_key=True, editable=False)
    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    area = models.ForeignKey("territory.Area", models.PROTECT, related_name="+")
    branch = models.CharField(max_length=8)
    stage = models.CharField(max_length=11)
    outcome = models.CharField(max_length=20, blank=True)
    received_on = models.DateField()
    closed_on = models.DateField(null=True)
    erased_at = models.DateTimeField()
    ground = models.CharField(max_length=9, choices=Ground.choices)
    victims = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_casetombstone_ground", condition=Q(ground__in=Ground.values)),
        ]
        indexes = [models.Index("owner_organisation", "received_on", name="tombstone_counted")]

    def __str__(self) -> str:
        return str(self.pk)
