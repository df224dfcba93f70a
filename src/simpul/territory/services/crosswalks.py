"""What followed an area that was split, merged, renamed or recoded. Entered by the operator, corrected by appending."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.records.locks import lock_graph
from simpul.territory.models import Area, Crosswalk, CrosswalkKind
from simpul.territory.names import CODE, level_of
from simpul.territory.rules import check_may_manage


def add_crosswalk(
    actor: Actor,
    old_code: str,
    *,
    new_code: str,
    valid_from: date,
    kind: str,
    basis: str,
    now: datetime,
    share: Decimal | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Crosswalk:
    """Say that from that day `new_code` is (part of) what `old_code` was. The same `id` again gives the same row."""
    check_may_manage(actor)
    already = Crosswalk.objects.filter(pk=id).first() if id else None
    if already:
        return already
    row = Crosswalk(id=id or uuid7(), old_code=old_code.strip(), valid_from=valid_from, kind=kind, share=share)
    row.new_id, row.basis = new_code.strip(), squeeze(basis)
    return _append(actor, row, now, "territory.add_crosswalk")


def correct_crosswalk(
    actor: Actor,
    crosswalk: Crosswalk,
    *,
    new_code: str,
    valid_from: date,
    kind: str,
    basis: str,
    now: datetime,
    share: Decimal | None = None,
) -> Crosswalk:
    """Append what is right and supersede `crosswalk`. Conflict where it was corrected or withdrawn already."""
    check_may_manage(actor, crosswalk.ref)
    row = Crosswalk(old_code=crosswalk.old_code, valid_from=valid_from, kind=kind, share=share, corrects=crosswalk)
    row.new_id, row.basis = new_code.strip(), squeeze(basis)
    return _append(actor, row, now, "territory.correct_crosswalk")


def withdraw_crosswalk(actor: Actor, crosswalk: Crosswalk, *, now: datetime) -> Crosswalk:
    """It never was so. The row stays, as known until now; again without effect."""
    check_may_manage(actor, crosswalk.ref)
    with transaction.atomic():
        if Crosswalk.objects.filter(pk=crosswalk.pk, superseded_at=None).update(superseded_at=now):
            record(actor, "territory.withdraw_crosswalk", crosswalk.ref, details={"old_code": crosswalk.old_code})
    crosswalk.refresh_from_db()
    return crosswalk


def _append(actor: Actor, row: Crosswalk, now: datetime, act: str) -> Crosswalk:
    _check(row)
    row.recorded_at, row.entered_by = now, actor.user_id
    try:
        with transaction.atomic():
            lock_graph("territory.crosswalks")
            if row.corrects_id:
                _supersede(row.corrects_id, now)
            _check_shares(row)
            row.save(force_insert=True)
            record(actor, act, row.ref, details={"old_code": row.old_code, "new_code": row.new_id, "kind": row.kind})
    except IntegrityError as error:
        raise Conflict(
            "already_entered", message=_("This change is in the table already. Correct that row instead.")
        ) from error
    return row


def _supersede(pk: UUID, now: datetime) -> None:
    if not Crosswalk.objects.filter(pk=pk, superseded_at=None).update(superseded_at=now):
        raise Conflict(
            "corrected_meanwhile", message=_("This row has been corrected meanwhile. Open the table again to see it.")
        )


def _check(row: Crosswalk) -> None:
    if not CODE.fullmatch(row.old_code):
        raise Invalid("not_a_code", "old_code", message=_("Write the old code as in 52.03.05.2008."))
    if not Area.objects.filter(pk=row.new_id).exists():
        raise Invalid("unknown_area", "new_code", message=_("No area has this new code. Choose one from the list."))
    if level_of(row.old_code) != level_of(row.new_id):
        raise Invalid(
            "different_level", "new_code", message=_("Both areas must be of one kind: a village follows a village.")
        )
    if row.kind not in CrosswalkKind.values:
        raise Invalid("unknown_kind", "kind", message=_("Choose what happened."))
    if row.old_code == row.new_id and row.kind == CrosswalkKind.RECODE:
        raise Invalid("same_code", "new_code", message=_("A new code must differ from the old one."))
    if not row.basis:
        raise Invalid("basis_needed", "basis", message=_("Name the regulation this rests on."))
    if row.share is not None and not Decimal(0) < row.share <= Decimal(1):
        raise Invalid("share_out_of_range", "share", message=_("A share is more than 0 and at most 1."))


def _check_shares(row: Crosswalk) -> None:
    others = Crosswalk.objects.filter(old_code=row.old_code, valid_from=row.valid_from, superseded_at=None)
    known = others.aggregate(total=Sum("share"))["total"] or Decimal(0)
    if row.share is not None and known + row.share > 1:
        raise Invalid("shares_exceed_one", "share", message=_("The shares of one area add up to more than the whole."))
