"""What a person agrees to be shown or contacted for."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.kernel.ids import uuid7
from simpul.people import rules
from simpul.people.codes import ConsentChannel, Purpose
from simpul.people.models import ContactConsent, Person
from simpul.people.queries import today
from simpul.people.rows import hold_person


def record_contact_consent(
    actor: Actor,
    person: Person,
    *,
    purpose: str,
    given_on: date,
    channel: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> ContactConsent:
    """One that stands for the purpose already is returned as it is.

    By the person themself, or by who keeps people where they are; `account` as channel is for themself alone.
    Denied("person.manage"); Invalid("purpose" | "channel" | "given_on").
    """
    rules.require_self_or_over(actor, rules.MANAGE, person, on=today(now))
    _check(purpose, channel, by_themself=actor.person_id == person.pk and not actor.via)
    if given_on > today(now):
        message = _("Write the day on which they agreed, today or earlier.")
        raise Invalid("given_on", "given_on", message=message)
    with transaction.atomic():
        hold_person(person)
        standing = ContactConsent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
        known = standing.first()
        if known:
            return known
        try:
            with transaction.atomic():
                row = ContactConsent.objects.create(
                    id=id or uuid7(), person=person, purpose=purpose, given_on=given_on, channel=channel,
                    recorded_at=now,
                )  # fmt: skip
        except IntegrityError:  # recorded by somebody else a moment ago
            return standing.get()
        audit.record(actor, "people.record_contact_consent", person.ref, details={"purpose": purpose})
    return row


def withdraw_contact_consent(actor: Actor, consent: ContactConsent, *, now: datetime) -> ContactConsent:
    """It ends at once. Withdrawing again changes nothing. Denied("person.manage")."""
    rules.require_self_or_over(actor, rules.MANAGE, consent.person, on=today(now))
    with transaction.atomic():
        if ContactConsent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now):
            details = {"purpose": consent.purpose}
            audit.record(actor, "people.withdraw_contact_consent", consent.person.ref, details=details)
    return ContactConsent.objects.get(pk=consent.pk)


def _check(purpose: str, channel: str, *, by_themself: bool) -> None:
    if purpose not in Purpose.values:
        raise Invalid("purpose", "purpose", message=_("Choose what the person agreed to."))
    if channel not in ConsentChannel.values or (channel == ConsentChannel.ACCOUNT and not by_themself):
        raise Invalid("channel", "channel", message=_("Choose how the person agreed."))
