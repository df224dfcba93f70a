"""Where an organisation sits, and where it works."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.corrections import keeping, replace
from simpul.organisations.listing import relist
from simpul.organisations.models import Organisation, WorkingArea
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import claim_version
from simpul.records.models import known_at
from simpul.territory.models import Area

_ONCE = "organisations_workingarea_once"


def set_seat(
    actor: Actor, organisation: Organisation, *, seat: Area | None, seen_version: int, now: datetime
) -> Organisation:
    """Move the seat. Conflict("edited_meanwhile") as change_profile."""
    authorise(actor, "organisation.edit", organisation)
    with transaction.atomic():
        fresh = claim_version(organisation, seen_version, {"seat": seat, "changed_at": now})
        relist(fresh)
        details = {"area": seat.pk if seat else None}
        record(actor, "organisations.set_seat", fresh.ref, details=details)
    return fresh


def add_working_area(
    actor: Actor, organisation: Organisation, *, area: Area, now: datetime, since: date | None = None
) -> WorkingArea:
    """It works in this area from `since` on (None: nobody knows since when). Again with the same: the same row."""
    authorise(actor, "organisation.edit", organisation)
    with transaction.atomic():
        known = WorkingArea.objects.filter(known_at(None), organisation=organisation, area=area)
        if same := known.filter(valid_from=since, valid_until=None).first():
            return same
        overlap = Conflict("already_there", message=_("It works there already. Change that entry instead."))
        with keeping(_ONCE, overlap):
            row = WorkingArea.objects.create(organisation=organisation, area=area, valid_from=since, recorded_at=now)
        relist(organisation)
        record(actor, "organisations.add_working_area", organisation.ref, details={"area": area.pk})
    return row


def end_working_area(actor: Actor, row: WorkingArea, *, until: date, now: datetime) -> WorkingArea:
    """It no longer works there from `until` on; said again, it is the row that says so already.

    Invalid("period_order") where that is before it began; Conflict("corrected_meanwhile") where somebody ended it
    on another day first.
    """
    authorise(actor, "organisation.edit", row.organisation)
    if row.valid_from and until <= row.valid_from:
        raise Invalid("period_order", "until", message=_("It ends after it begins. Check both dates."))
    with transaction.atomic():
        if same := _ended(row, until):
            return same
        try:
            ended = replace(row, now, valid_until=until)
        except Conflict:
            if same := _ended(row, until):  # by somebody else, in this moment
                return same
            raise
        relist(row.organisation)
        record(actor, "organisations.end_working_area", row.organisation.ref, details={"area": row.area_id})
    return ended


def _ended(row: WorkingArea, until: date) -> WorkingArea | None:
    same = WorkingArea.objects.filter(known_at(None), organisation=row.organisation_id, area=row.area_id)
    return same.filter(valid_from=row.valid_from, valid_until=until).first()
