"""What an organisation declares, who has checked it, and when it was last found at work."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.models import Confirmation, Declaration, Organisation
from simpul.organisations.rules.organisations import authorise, own_organisations
from simpul.organisations.shapes import check_past, one_of, words


def declare(
    actor: Actor,
    organisation: Organisation,
    *,
    kind: str,
    declared_on: date,
    now: datetime,
    standing: str = DeclarationStanding.DECLARED,
    valid_until: date | None = None,
    evidence: str = "",
    id: UUID | None = None,  # noqa: A002
) -> Declaration:
    """Add a declaration, a verification of one, or its withdrawal; the latest of a kind holds.

    Nobody verifies their own organisation: Denied("organisation.edit") for its own people, whatever they may elsewhere.
    """
    authorise(actor, "organisation.edit", organisation)
    kind = one_of(DeclarationKind, blank=False)("kind", kind)
    standing = one_of(DeclarationStanding, blank=False)("standing", standing)
    if standing == DeclarationStanding.VERIFIED and organisation.pk in own_organisations(actor):
        raise Denied("organisation.edit", organisation.ref)
    check_past(declared_on, "declared_on", now)
    if valid_until and valid_until <= declared_on:
        raise Invalid("period_order", "valid_until", message=_("It ends after it begins. Check both dates."))
    with transaction.atomic():
        row, created = Declaration.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                "organisation": organisation,
                "kind": kind,
                "standing": standing,
                "declared_on": declared_on,
                "valid_until": valid_until,
                "evidence": words(300)("evidence", evidence),
                "recorded_at": now,
            },
        )
        if created:
            details = {"kind": kind, "standing": standing}
            record(actor, "organisations.declare", organisation.ref, details=details)
    return row


def confirm_active(
    actor: Actor, organisation: Organisation, *, now: datetime, confirmed_on: date | None = None
) -> Confirmation:
    """Somebody found it at work on that day (None: today in Jakarta). Once a day and person: again gives the same."""
    authorise(actor, "organisation.edit", organisation)
    day = confirmed_on or local_date(now, Zone.WIB)
    check_past(day, "confirmed_on", now)
    with transaction.atomic():
        same = Confirmation.objects.filter(
            organisation=organisation, confirmed_on=day, confirmed_by=actor.person_id
        ).first()
        if same:
            return same
        row = Confirmation.objects.create(
            organisation=organisation, confirmed_on=day, confirmed_by=actor.person_id, recorded_at=now
        )
        record(actor, "organisations.confirm_active", organisation.ref, details={"confirmation": str(row.pk)})
    return row
