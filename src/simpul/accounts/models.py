"""Who may sign in, from which device, and what is under way. No name, no organisation: those belong to `people`."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from simpul.kernel.ids import human_code, uuid7
from simpul.kernel.refs import RecordRef
from simpul.records.models import Record
from simpul.vault.blind import BlindIndexField, NextIndexField
from simpul.vault.fields import SealedTextField


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(handle=username)


class User(AbstractBaseUser):
    """One person's key to the door. `handle` is a random code that says nothing about them.

    Volunteers have neither e-mail, phone nor password: they sign in with a trusted device and its PIN.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handle = models.CharField(max_length=9, unique=True, default=human_code, editable=False)
    email = SealedTextField(null=True, blank=True)
    email_index = BlindIndexField("email", normalise=str, unique=True)
    email_index_next = NextIndexField("email_index", unique=True)
    phone = SealedTextField(null=True, blank=True)  # two people may share one
    phone_index = BlindIndexField("phone", normalise=str)
    phone_index_next = NextIndexField("phone_index")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_login = None  # `Session.seen_at` says it coarsely; an exact trail is kept by the audit alone

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def ref(self) -> RecordRef:
        return RecordRef("accounts.user", self.pk)


class Device(Record):
    """A phone or computer that one account trusts. Several accounts may trust the same phone, each with its own row.

    The device keeps a random secret in a cookie; here is only its HMAC. The PIN is hashed together with that secret, so
    that somebody who holds the database alone can't try the million PINs.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    name = SealedTextField(null=True, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    pin = models.CharField(max_length=128, editable=False)
    trusted_at = models.DateTimeField(editable=False)
    seen_on = models.DateField(null=True, editable=False)  # a day, not an instant: enough to recognise it by
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.UUIDField(null=True, editable=False)  # the user; None for the platform itself

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_device_revoked_by_somebody",
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None),
            ),
        ]


class DeviceKey(Record):
    """The private half of a trusted device's key pair. The device holds the public half alone.

    What it sealed where there was no signal is opened here, after its PIN; it goes when the device is trusted no more.
    `private` is the scalar of P-256, 32 bytes in base64.
    """

    device = models.OneToOneField(Device, on_delete=models.CASCADE, related_name="key")
    private = SealedTextField()
    made_at = models.DateTimeField(editable=False)


class OneTimeLink(Record):
    """A token that works once, until `expires_at` (exclusive). Stored as HMAC."""

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


class Enrolment(OneTimeLink):
    """The QR code a coordinator shows: whoever claims it first makes their phone a trusted device of `user`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="enrolments")
    opened_by = models.UUIDField(null=True, editable=False)  # the coordinator's user; None for the platform
    device = models.OneToOneField(Device, on_delete=models.SET_NULL, null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_enrolment_expires_later", condition=Q(expires_at__gt=F("opened_at"))),
        ]


class PasswordReset(OneTimeLink):
    """The link in a reset mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_passwordreset_expires_later", condition=Q(expires_at__gt=F("opened_at"))
            ),
        ]


class Recovery(Record):
    """Letting somebody back in who lost their phone: opened by one person, confirmed by another, used once.

    Neither of the two is the person it is for.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recoveries")
    opened_by = models.UUIDField(editable=False)
    opened_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    confirmed_by = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)  # set when a later one takes an expired one's place

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_recovery_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="accounts_recovery_not_for_oneself",
                condition=~Q(opened_by=F("user")) & (Q(confirmed_by=None) | ~Q(confirmed_by=F("user"))),
            ),
            models.CheckConstraint(
                name="accounts_recovery_used_when_confirmed",
                condition=Q(used_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="accounts_recovery_one_open", fields=["user"], condition=Q(used_at=None, lapsed_at=None)
            ),
        ]


class Method(models.TextChoices):
    """How somebody got in."""

    PIN = "pin", _("trusted device and PIN")
    PASSWORD = "password", _("password")
    TOTP = "totp", _("password and code")
    PASSKEY = "passkey", _("passkey")
    DEMO = "demo", _("demo")


class Session(Record):
    """One signed-in browser, so that its owner can see it and end it from elsewhere.

    `key_digest` is the primary key under which the session store keeps the session's content.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True, related_name="sessions")
    method = models.CharField(max_length=10, choices=Method)
    shared = models.BooleanField(default=False)  # "this device is used by others too"
    started_at = models.DateTimeField(editable=False)
    seen_at = models.DateTimeField(editable=False)  # to the quarter of an hour


class Passkey(Record):
    """A key pair of WebAuthn: its private half never leaves the phone, computer or stick that made it.

    `credential` holds the public half, as the authenticator attested it; `credential_digest` is SHA-256 (hex) of its
    id, by which it is found at the door. `signs` is the authenticator's own count of its signatures, 0 where it keeps
    none.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = SealedTextField()
    credential = models.BinaryField(editable=False)
    credential_digest = models.CharField(max_length=64, unique=True, editable=False)
    signs = models.PositiveBigIntegerField(default=0, editable=False)
    added_at = models.DateTimeField(editable=False)
    used_on = models.DateField(null=True, editable=False)  # a day, not an instant


class ApiToken(Record):
    """A key with which a program acts for `user`, within `scopes` (codes of access.token_scopes), until `expires_at`.

    Stored as HMAC; `ending` are its last characters, by which its owner tells it from the others. `second_factor`:
    whether one was shown when it was made, so that it never carries a role that its maker could not use then.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(max_length=4, editable=False)
    scopes = models.JSONField(default=list, editable=False)
    second_factor = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_on = models.DateField(null=True, editable=False)  # a day, not an instant
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.UUIDField(null=True, editable=False)  # the user; None for the platform itself

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_apitoken_expires_later", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="accounts_apitoken_revoked_by_somebody",
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None),
            ),
        ]

    @property
    def via(self) -> str:
        """As the record of acts names it: the random half of its key."""
        return f"token {self.pk.hex[-12:]}"


class Throttle(models.Model):
    """Wrong tries against one account. `key` is an HMAC, so that a mistyped address is not kept."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key[:8]


class SecondFactor(models.Model):
    """What allauth's `Authenticator` has no place for: a secret not yet confirmed, and the last code's time step."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="second_factor")
    pending_secret = SealedTextField(null=True)
    last_step = models.BigIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return str(self.pk)


class AuthenticatorSecret(Record):
    """A secret of allauth's `Authenticator`, which keeps this row's id in its place: sealed, rotated like others."""

    secret = SealedTextField()
