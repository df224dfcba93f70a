"""What an organisation says of itself."""

from django.db import models

from simpul.kernel.localized import LocalizedText
from simpul.organisations.institutions import Answer
from simpul.organisations.sectors import AuditOpinion, BudgetBand
from simpul.records.localized import LocalizedTextField


class Profile(models.Model):
    """Columns of `Organisation`. Lists are JSON: of codes, or of texts (language -> words); they keep their order."""

    description = LocalizedTextField(null=True, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    target_groups = models.JSONField(default=list, blank=True)
    methods = models.JSONField(default=list, blank=True)
    principles = models.JSONField(default=list, blank=True)
    activity_forms = models.JSONField(default=list, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    whatsapp = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    socials = models.JSONField(default=dict, blank=True)  # platform -> address
    accepts_referrals = models.CharField(max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    board_women = models.PositiveSmallIntegerField(null=True, blank=True)
    board_men = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_women = models.PositiveIntegerField(null=True, blank=True)
    staff_men = models.PositiveIntegerField(null=True, blank=True)
    volunteers = models.PositiveIntegerField(null=True, blank=True)
    disabled_staff = models.PositiveIntegerField(null=True, blank=True)
    budget_band = models.CharField(max_length=1, choices=BudgetBand.choices, blank=True)
    audit_year = models.PositiveSmallIntegerField(null=True, blank=True)
    audit_opinion = models.CharField(max_length=11, choices=AuditOpinion.choices, blank=True)

    class Meta:
        abstract = True

    @property
    def principle_texts(self) -> list[LocalizedText]:
        return [LocalizedText(t) for t in self.principles]

    @property
    def activity_form_texts(self) -> list[LocalizedText]:
        return [LocalizedText(t) for t in self.activity_forms]
