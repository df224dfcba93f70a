"""Enrolment by QR: a coordinator opens it, whoever scans the code first makes their phone a trusted device."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from simpul.accounts import rules
from simpul.accounts.models import Device, Enrolment, User
from simpul.accounts.queries import open_enrolment_for
from simpul.accounts.services.devices import make_device
from simpul.accounts.tokens import digest
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import secret_token, uuid7

VALID_FOR = timedelta(minutes=15)


def open_enrolment(
    actor: Actor,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> tuple[Enrolment, str]:
    """A new account without e-mail, phone or password, and the token its QR code carries for VALID_FOR.

    The same `id` again, by the same person and before it is used, is the same account with a fresh token; the old
    token dies. Denied("account.enrol"), also for an enrolment somebody else opened or one already used.
    """
    rules.require(actor, "account.enrol")
    token = secret_token()
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update().filter(pk=id).first() if id else None
        if enrolment is None:
            user = User.objects.create(password=make_password(None), created_at=now)
            enrolment = write_enrolment(actor, user, token=token, now=now, id=id)
        else:
            _renew(actor, enrolment, token, now)
        audit.record(actor, "accounts.open_enrolment", enrolment.ref)
    return enrolment, token


def write_enrolment(actor: Actor, user: User, *, token: str, now: datetime, id: UUID | None = None) -> Enrolment:  # noqa: A002
    """The row of an enrolment for an account that is there, in the caller's transaction."""
    return Enrolment.objects.create(
        id=id or uuid7(),
        user=user,
        opened_by=actor.user_id,
        token_digest=digest("enrolment", token),
        opened_at=now,
        expires_at=now + VALID_FOR,
    )


def claim_enrolment(token: str, *, pin: str, device_name: str, now: datetime) -> tuple[User, Device, str]:
    """The account, its new trusted device, and the secret for the device's cookie. Of two phones the first one wins.

    Invalid("pin_shape" | "pin_weak") leaves the token usable; NotFound for a wrong, used or expired one.
    """
    enrolment = open_enrolment_for(token, now=now)
    rules.check_new_pin(pin)
    with transaction.atomic():
        # The row lock of this UPDATE decides between two phones: the second one finds nothing to set.
        open_rows = Enrolment.objects.filter(pk=enrolment.pk, used_at=None, token_digest=enrolment.token_digest)
        if not open_rows.update(used_at=now):
            raise NotFound("accounts.enrolment")
        device, secret = make_device(enrolment.user, pin=pin, device_name=device_name, now=now)
        Enrolment.objects.filter(pk=enrolment.pk).update(device=device)
        owner = Member(user_id=enrolment.user.pk, person_id=None)
        audit.record(owner, "accounts.claim_enrolment", enrolment.ref)
    return enrolment.user, device, secret


def _renew(actor: Actor, enrolment: Enrolment, token: str, now: datetime) -> None:
    if enrolment.opened_by != actor.user_id or enrolment.used_at is not None:
        raise Denied("account.enrol", enrolment.ref)
    enrolment.token_digest = digest("enrolment", token)
    enrolment.opened_at, enrolment.expires_at = now, now + VALID_FOR
    enrolment.save()
