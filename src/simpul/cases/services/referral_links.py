"""Ways in for an office without an account: issued, revoked, opened on one device."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import processing_in, recording_in
from simpul.cases.models import Referral, ReferralLink, ReferralRecipient
from simpul.cases.referral_life import LIVE_STAGES
from simpul.cases.referral_secrets import (
    OPEN_FOR,
    WAITS,
    Bearer,
    device_digests,
    new_pin,
    new_token,
    pin_digests,
    token_digests,
    typed_pin,
)
from simpul.cases.referral_writing import held
from simpul.cases.rules.referrals import consent_stands
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import secret_token, uuid7


@dataclass(frozen=True, slots=True)
class Issued:
    """Shown once. The token goes with the letter or the message, the PIN by telephone, never together."""

    link: ReferralLink
    token: str
    pin: str


def issue_link(actor: Actor, referral: Referral, *, now: datetime, printed: bool = False) -> Issued:
    """A new link and its PIN; the one before ends. Denied("case.record"); Conflict("not_sent") while it is no office's.

    Invalid("carried") for a printed letter in a matter of violence or child marriage, unless the person chose to carry
    it: found in a bag, a letter can be enough.
    """
    token, pin, key = new_token(), new_pin(), uuid7()
    with transaction.atomic():
        # Hidden from them or handed over while they waited: they get no way into it.
        processing_in(actor, referral.case_id, now=now, party=referral.party)
        row = held(referral)
        if row.stage not in LIVE_STAGES:
            raise Conflict("not_sent", message=_("A link is made for a referral that was sent and has not ended."))
        if printed and row.case.protected and not row.carried:
            message = _("A letter in this matter is not carried by the person, unless they choose to. Send the link.")
            raise Invalid("carried", "carried", message=message)
        row.links.filter(revoked_at=None).update(revoked_at=now)
        link = ReferralLink.objects.create(
            id=key,
            referral=row,
            printed=printed,
            token_digest=token_digests(token)[0],
            pin_digest=pin_digests(key, pin)[0],
            made_at=now,
            made_by_id=actor.person_id,
        )
        ReferralRecipient.objects.create(referral=row, link=link, told_at=now)
        audit.record(actor, "cases.issue_link", row.ref, details={"link": link.pk, "printed": printed})
    return Issued(link, token, pin)


def revoke_link(actor: Actor, link: ReferralLink, *, now: datetime) -> None:
    """It opens nothing any more. Twice is once. Denied("case.record")."""
    with transaction.atomic():
        recording_in(actor, link.referral.case_id, now=now)
        if ReferralLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
            audit.record(actor, "cases.revoke_link", link.referral.ref, details={"link": link.pk})


def open_link(token: str, *, pin: str, held_secrets: Mapping[UUID, str], now: datetime) -> Bearer:
    """Let the office in. The first opening binds the link to that device: what comes back is to be kept there, and
    shown again as `held_secrets` (link -> secret, of all links this device has opened).

    Invalid("wrong", "pin") for a wrong PIN, and for a link that was revoked, has ended or never was: one answer for
    all. Invalid("wait") after a wrong one, Invalid("locked") after several, Invalid("other_device") elsewhere than on
    the device that opened it; there no PIN is compared, so nothing can be learnt of it.
    """
    link = _valid(token, now)
    if link is None:
        raise _wrong()
    secret = held_secrets.get(link.pk, "")
    if link.device_digest and link.device_digest not in device_digests(link.pk, secret):
        raise Invalid(
            "other_device", message=_("This letter was opened on another device. Ask the group for a new one.")
        )
    right = _take_try(link, pin, now)
    if not right:
        raise _wrong()
    return _bind(link, secret, now)


def _valid(token: str, now: datetime) -> ReferralLink | None:
    rows = ReferralLink.objects.filter(
        token_digest__in=token_digests(token),
        revoked_at=None,
        referral__in=Referral.objects.filter(consent_stands(now), stage__in=LIVE_STAGES),
    )
    return rows.select_related("referral").first()


def _take_try(link: ReferralLink, pin: str, now: datetime) -> bool:
    """Count the try before it is compared, and forgive it when it was right: of many at once no more are compared."""
    with transaction.atomic():
        row = ReferralLink.objects.select_for_update().get(pk=link.pk)
        refused = _refusal(row, now)
        if refused is None:
            right = row.pin_digest in pin_digests(row.pk, typed_pin(pin))
            _count(row, right=right, now=now)
    if refused is not None:
        raise refused
    return right


def _refusal(row: ReferralLink, now: datetime) -> Invalid | None:
    if row.locked_at is not None:
        message = _("Too many wrong PINs: this letter is locked. Ask the group for a new one.")
        return Invalid("locked", "pin", message=message)
    if row.closed_until is not None and now < row.closed_until:
        return Invalid("wait", "pin", message=_("Wait a few minutes before you try again."))
    return None


def _count(row: ReferralLink, *, right: bool, now: datetime) -> None:
    row.wrong = 0 if right else row.wrong + 1
    row.locked_at = now if row.wrong > len(WAITS) else None
    row.closed_until = None if right or row.locked_at else now + WAITS[row.wrong - 1]
    row.save(update_fields=["wrong", "locked_at", "closed_until"])
    if row.locked_at:
        audit.record(Anonymous(), "cases.lock_link", row.referral.ref, details={"link": row.pk})


def _bind(link: ReferralLink, secret: str, now: datetime) -> Bearer:
    """Of two devices that have the PIN the first one wins."""
    with transaction.atomic():
        row = ReferralLink.objects.select_for_update().get(pk=link.pk)
        if row.device_digest:
            if row.device_digest not in device_digests(row.pk, secret):
                message = _("This letter was opened on another device. Ask the group for a new one.")
                raise Invalid("other_device", message=message)
        else:
            secret = secret_token()
            row.device_digest, row.bound_at = device_digests(row.pk, secret)[0], now
        row.open_until = now + OPEN_FOR
        row.save(update_fields=["device_digest", "bound_at", "open_until"])
        audit.record(Anonymous(), "cases.open_link", row.referral.ref, details={"link": row.pk})
    return Bearer(row.pk, secret)


def _wrong() -> Invalid:
    message = _("The PIN is wrong, or this letter is not valid any more. Ask the group that sent it.")
    return Invalid("wrong", "pin", message=message)
