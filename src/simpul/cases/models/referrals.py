"""A person sent to an office: what was asked, what it may see, what it answered, and by which way it got in."""

from django.db import models
from django.db.models import Q

from simpul.accounts.models import User
from simpul.cases.models.cases import Case
from simpul.cases.models.consents import LegalBasis
from simpul.cases.models.help import Need
from simpul.cases.models.parties import Party
from simpul.cases.referral_life import ENDED_STAGES, LIVE_STAGES, ReferralAct, ReferralStage
from simpul.organisations.models import Organisation, ServicePoint
from simpul.people.models import Person
from simpul.records.models import Record
from simpul.vault.fields import SealedJSONField, SealedTextField


class Referral(Record):
    """`shared` is what the office sees of the person, as it was when it was sent; `fields` which fields that are.

    `code` is said on the telephone and printed: it tells nothing. `stage` follows from the last step; services write
    both in one transaction. `organisation` is the office in the directory, None where it has no entry there.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    party = models.ForeignKey(Party, models.CASCADE, related_name="referrals")
    service_point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="referrals")
    code = models.CharField(max_length=9, unique=True)
    request = SealedTextField()
    fields = models.JSONField(default=list)
    shared: SealedJSONField = SealedJSONField(null=True)
    legal_basis = models.ForeignKey(LegalBasis, models.RESTRICT, null=True, related_name="+")
    carried = models.BooleanField(default=False)  # the person chose to carry the letter
    urgent = models.BooleanField(default=False)
    stage = models.CharField(max_length=12, choices=ReferralStage.choices, default=ReferralStage.DRAFT)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_referral_stage", condition=Q(stage__in=ReferralStage.values)),
            models.CheckConstraint(
                name="cases_referral_ended",
                condition=Q(stage__in=ENDED_STAGES, ended_at__isnull=False)
                | ~Q(stage__in=ENDED_STAGES) & Q(ended_at=None),
            ),
            # Nothing is with an office without a ground.
            models.CheckConstraint(
                name="cases_referral_with_basis",
                condition=~Q(stage__in=LIVE_STAGES)
                | Q(sent_at__isnull=False, legal_basis__isnull=False, shared__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["party", "service_point"], condition=Q(ended_at=None), name="cases_referral_one_open"
            ),
        ]
        indexes = [
            models.Index("case", "id", name="referral_of_case"),
            models.Index("stage", "case", name="referral_open", condition=Q(ended_at=None)),
            models.Index(
                "organisation", "sent_at", "id", name="referral_at_office", condition=Q(stage__in=LIVE_STAGES)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        return self.stage in LIVE_STAGES


class ReferralLink(Record):
    """A way in for an office without an account. Token, PIN and the device's secret are stored as HMAC alone.

    `wrong` counts wrong PINs since it was issued. `device` is set at the first opening; `open_until` is how long that
    device sees it before the PIN is asked again.
    """

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="links")
    printed = models.BooleanField(default=False)
    token_digest = models.CharField(max_length=64, unique=True)
    pin_digest = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    device_digest = models.CharField(max_length=64, blank=True)
    bound_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(revoked_at=None), name="cases_referrallink_one_valid"
            ),
            models.CheckConstraint(
                name="cases_referrallink_bound",
                condition=Q(device_digest="", bound_at=None) | ~Q(device_digest="") & Q(bound_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReferralStep(Record):
    """One act of its life, by whom and through which way. Appended, never changed."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=11, choices=ReferralAct.choices)
    from_stage = models.CharField(max_length=12)
    to_stage = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(ReferralLink, models.CASCADE, null=True, related_name="+")
    words = SealedTextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_referralstep_act", condition=Q(act__in=ReferralAct.values)),
        ]
        indexes = [models.Index("referral", "id", name="referralstep_order")]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class ReferralRecipient(Record):
    """One of those the referral was sent to: an officer's account, or whoever holds a link. Told and opened are apart:
    one of two that opened it doesn't make it delivered to the other.
    """

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="recipients")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    link = models.ForeignKey(ReferralLink, models.CASCADE, null=True, related_name="+")
    told_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_referralrecipient_one_way",
                condition=Q(user=None, link__isnull=False) | Q(user__isnull=False, link=None),
            ),
            models.UniqueConstraint(
                fields=["referral", "user"], condition=Q(link=None), name="cases_referralrecipient_once"
            ),
            models.UniqueConstraint(fields=["link"], condition=Q(user=None), name="cases_referralrecipient_link"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
