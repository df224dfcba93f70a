"""A notice, whom it is for, and what became of each attempt to tell them outside Simpul."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.accounts.models import Device, Session, User
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone
from simpul.notices.states import State
from simpul.records.models import Record
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedJSONField, SealedTextField


class Channel(models.TextChoices):
    """How somebody is told outside Simpul. The inbox is none of them: what is sent is in it."""

    MAIL = "mail", pgettext_lazy("channel", "E-mail")
    PUSH = "push", _("Notification on the phone")
    GATEWAY = "gateway", _("SMS or WhatsApp")


class Language(models.TextChoices):
    ID = "id", "Bahasa Indonesia"
    EN = "en", "English"


class Notice(Record):
    """Something that waits for somebody. `params` fit the kind's shapes (`kinds.stored`) and are no personal data.

    `escalate_at` is set while an urgent notice has somebody left to go to; whoever opens it sets it to None.
    """

    kind = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    about_kind = models.CharField(max_length=80)
    about_id = models.UUIDField()
    urgent = models.BooleanField(default=False)
    sent_at = models.DateTimeField(editable=False)
    sent_by = models.UUIDField(null=True, editable=False)  # the account, by id alone; None for the platform
    escalate_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["sent_by", "sent_at", "id"], name="notices_notice_by_sender"),
            models.Index(fields=["about_kind", "about_id"], name="notices_notice_by_record"),
            models.Index(
                fields=["escalate_at"], name="notices_notice_to_escalate", condition=Q(escalate_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notices_notice_only_urgent_escalates", condition=Q(urgent=True) | Q(escalate_at=None)
            ),
        ]

    @property
    def about(self) -> RecordRef:
        return RecordRef(self.about_kind, self.about_id)


class EscalationStep(Record):
    """The next to be told, in order, while nobody has opened an urgent notice. `taken_at`: when it came to them."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notices_escalationstep_one_a_place", fields=["notice", "place"]),
        ]


class Recipient(Record):
    """A notice in one inbox. `opened_at` is the only proof that it was read; `step` is None for a first recipient."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="recipients")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(EscalationStep, on_delete=models.CASCADE, null=True, editable=False)
    added_at = models.DateTimeField(editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notices_recipient_once", fields=["notice", "user"]),
            models.CheckConstraint(
                name="notices_recipient_opened_afterwards",
                condition=Q(opened_at=None) | Q(opened_at__gte=F("added_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "added_at", "id"], name="notices_recipient_unread", condition=Q(opened_at=None)
            ),
            models.Index(
                fields=["user", "added_at", "id"],
                name="notices_recipient_read",
                condition=Q(opened_at__isnull=False),
            ),
            models.Index(fields=["opened_at"], name="notices_recipient_opened", condition=Q(opened_at__isnull=False)),
        ]


class Delivery(Record):
    """Telling one recipient by one channel. The row is written with the notice: neither exists without the other.

    `attempts` counts up each time it is taken and is what the taker shows to settle it: a taker whose lease ran out and
    whose delivery another took up settles nothing. `committed_at` is the point of no return of the attempt in hand.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # of what waits: not before then; of what is in hand: when the lease ends
    committed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)  # a code of ours, never what a server said

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notices_delivery_once_a_channel", fields=["recipient", "channel"]),
            models.CheckConstraint(
                name="notices_delivery_due_while_open",
                condition=Q(state__in=["queued", "failed", "sending"], due_at__isnull=False, settled_at=None)
                | Q(state__in=["sent", "uncertain", "given_up", "spared"], due_at=None, settled_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="notices_delivery_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["settled_at"], name="notices_delivery_settled", condition=Q(settled_at__isnull=False)),
        ]


class Preference(models.Model):
    """How somebody wants to be told. Without a row: the defaults. Between `quiet_from` and `quiet_until` (local times,
    perhaps over midnight) only what is urgent leaves Simpul.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    mail = models.BooleanField(default=True)
    push = models.BooleanField(default=True)
    gateway = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=Language, default=Language.ID)
    zone = models.CharField(max_length=20, choices=[(z.value, z.name) for z in Zone], default=Zone.WIB)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notices_preference_quiet_has_both_ends",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PushSubscription(Record):
    """A browser that may be woken: the address its maker gave it, and the keys what is sent there is encrypted with.

    It ends with the trusted device or the session it was made on. One browser belongs to the one who asked last.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="+")
    endpoint = SealedTextField()
    endpoint_index = BlindIndexField("endpoint", normalise=str, unique=True)
    endpoint_index_next = NextIndexField("endpoint_index", unique=True)
    keys = SealedJSONField()  # {"p256dh": ..., "auth": ...}, base64url
    made_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notices_pushsubscription_ends_with_something",
                condition=Q(device__isnull=False, session=None) | Q(device=None, session__isnull=False),
            ),
        ]


class PushKey(Record):
    """The key this deployment signs with when it wakes a browser (VAPID). There is one, made at first need."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    private = SealedTextField()  # PEM
    made_at = models.DateTimeField(editable=False)
