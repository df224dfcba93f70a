"""The operator's table of holidays. Rows are withdrawn, never edited."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.text import squeeze
from simpul.territory.models import Area, Holiday, HolidayKind
from simpul.territory.rules import check_may_manage


def add_holiday(
    actor: Actor,
    day: date,
    *,
    name: LocalizedText,
    kind: str,
    basis: str,
    now: datetime,
    area_code: str | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Holiday:
    """Add a day, or say that one the library estimated is not a holiday. The same `id` again gives the same row."""
    check_may_manage(actor)
    already = Holiday.objects.filter(pk=id).first() if id else None
    if already:
        return already
    basis = squeeze(basis)
    _check(kind, basis, area_code)
    try:
        with transaction.atomic():
            row = Holiday.objects.create(
                id=id or uuid7(),
                day=day,
                name=name,
                kind=kind,
                area_id=area_code,
                basis=basis,
                entered_by=actor.user_id,
                recorded_at=now,
            )
            record(actor, "territory.add_holiday", row.ref, details={"day": day, "kind": kind, "area": area_code})
    except IntegrityError as error:
        raise Conflict(
            "already_entered", message=_("This day is in the table already. Withdraw that row before adding another.")
        ) from error
    return row


def withdraw_holiday(actor: Actor, holiday: Holiday, *, now: datetime) -> Holiday:
    """Take a row back: deadlines counted from now on no longer know it. Again without effect."""
    check_may_manage(actor, holiday.ref)
    with transaction.atomic():
        if Holiday.objects.filter(pk=holiday.pk, superseded_at=None).update(superseded_at=now):
            record(actor, "territory.withdraw_holiday", holiday.ref, details={"day": holiday.day})
    holiday.refresh_from_db()
    return holiday


def _check(kind: str, basis: str, area_code: str | None) -> None:
    if kind not in HolidayKind.values:
        raise Invalid("unknown_kind", "kind", message=_("Choose what kind of day it is."))
    if kind == HolidayKind.LOCAL and not area_code:
        raise Invalid("area_needed", "area", message=_("Choose the area a local holiday is for."))
    if kind != HolidayKind.LOCAL and area_code:
        raise Invalid("area_not_wanted", "area", message=_("Only a local holiday belongs to an area. Clear the area."))
    if area_code and not Area.objects.filter(pk=area_code).exists():
        raise Invalid("unknown_area", "area", message=_("No area has this code. Choose one from the list."))
    if not basis:
        raise Invalid("basis_needed", "basis", message=_("Name the decree this rests on."))
