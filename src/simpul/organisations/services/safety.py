"""Hiding an organisation at risk."""

from datetime import datetime

from django.db import transaction

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.organisations.listing import relist
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.shapes import one_of
from simpul.organisations.visibility import SafetyReason


def set_safety_mode(
    actor: Actor, organisation: Organisation, *, on: bool, reason_code: str, now: datetime
) -> Organisation:
    """Hide the organisation from every public page, export and search, or show it again; at once, for everybody.

    Only the act and the code of its reason are kept: what happened to them is nobody's business here. Setting what is
    set already changes nothing. Needs no version: hiding must not wait for somebody's open form.
    """
    authorise(actor, "organisation.set_safety", organisation)
    reason_code = one_of(SafetyReason, blank=False)("reason_code", reason_code)
    with transaction.atomic():
        changed = Organisation.objects.filter(pk=organisation.pk, in_safety_mode=not on).update(
            in_safety_mode=on, changed_at=now
        )
        organisation.in_safety_mode = on
        relist(organisation)  # even where nothing changed: so it also mends a listing that had drifted
        if changed:
            record(actor, "organisations.set_safety_mode", organisation.ref, details={"on": on, "reason": reason_code})
    return organisation
