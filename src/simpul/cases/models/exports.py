"""The register taken out of the platform: who took what part of it, why, and which cases were in it."""

from django.db import models
from django.db.models import F, Q

from simpul.cases.export_kinds import Format, Standing
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedTextField


class CaseExport(Record):
    """One export. Appended: what happens to it afterwards is a time that is set once, never a time that changes.

    `part` is export_kinds.Part as data, `columns` are names of export_columns. The file itself is a document of it.
    """

    owner_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Format.choices)
    part = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    unmasked = models.BooleanField()
    reason = SealedTextField()
    unmasking_reason = SealedTextField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    case_count = models.PositiveIntegerField(null=True)
    collected_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True, editable=False)  # why it was taken out is kept no longer

    is_new = False  # whether the row in hand was written by the very call that gave it

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_caseexport_kind", condition=Q(kind__in=Format.values)),
            models.CheckConstraint(
                name="cases_caseexport_unmasked", condition=Q(unmasked=False) | Q(unmasking_reason__isnull=False)
            ),
            models.CheckConstraint(
                name="cases_caseexport_prepared",
                condition=Q(prepared_at=None, case_count=None, collected_at=None)
                | Q(prepared_at__isnull=False, case_count__isnull=False),
            ),
            # What was downloaded can't be called back.
            models.CheckConstraint(name="cases_caseexport_gone", condition=Q(collected_at=None) | Q(recalled_at=None)),
        ]
        indexes = [
            models.Index(F("owner_organisation"), F("asked_at").desc(), F("id").desc(), name="caseexport_newest"),
            models.Index(F("asked_at"), name="caseexport_waiting", condition=Q(recalled_at=None, ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def standing(self) -> Standing:
        if self.recalled_at:
            return Standing.RECALLED
        if self.collected_at:
            return Standing.COLLECTED
        if self.ended_at:
            return Standing.ENDED
        return Standing.READY if self.prepared_at else Standing.MAKING


class ExportWork(models.Model):
    """While a file is being made: its password, and how far it is. Gone once it is made."""

    export = models.OneToOneField(CaseExport, models.CASCADE, primary_key=True, related_name="work")
    password = SealedTextField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class ExportedCase(Record):
    """This case was in that export. No foreign key: it outlives the case, to say that a file still holds what was
    erased here (`erased_at`).
    """

    export = models.ForeignKey(CaseExport, models.CASCADE, related_name="cases")
    case_id = models.UUIDField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "case_id"], name="cases_exportedcase_once")]
        indexes = [models.Index("case_id", name="exportedcase_of_case")]

    def __str__(self) -> str:
        return str(self.pk)
