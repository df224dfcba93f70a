"""Beginning and ending accompaniment.

It lets the supporter's supervisors reach the group, so the group's side grants it.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import correct, period_of
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.rules.organisations import authorise, may, require_sight
from simpul.records.operations import violated


def accompany_group(
    actor: Actor,
    group: Organisation,
    *,
    supporter: Organisation,
    valid_from: date | None = None,
    valid_until: date | None = None,
    now: datetime,
    accompaniment_id: UUID | None = None,
) -> Accompaniment:
    """`supporter` accompanies `group` from `valid_from` on. Whoever may manage the group's ties decides, never the
    supporter alone. The same call twice is one row.

    Invalid("accompanies_itself" | "period_reversed"), Conflict("accompaniment_overlaps" | "id_taken").
    """
    authorise(actor, "membership.manage", group)
    require_sight(actor, supporter)
    if supporter.pk == group.pk:
        message = _("Choose another organisation: none accompanies itself.")
        raise Invalid("accompanies_itself", "supporter", message=message)
    period_of(valid_from, valid_until)
    row = Accompaniment(
        id=accompaniment_id or uuid7(),
        supporter=supporter,
        group=group,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=now,
        entered_by=actor.user_id,
    )
    try:
        with transaction.atomic():
            if found := _same(row):
                return found
            row.save(force_insert=True)
            details = {"supporter": str(supporter.pk), "group": str(group.pk)}
            audit.record(actor, "organisations.accompany_group", row.ref, details=details)
    except IntegrityError as error:
        if found := _same(row):  # the same request, sent twice at once
            return found
        raise _translated(error) from error
    return row


def end_accompaniment(actor: Actor, accompaniment: Accompaniment, *, valid_until: date, now: datetime) -> Accompaniment:
    """It holds up to the day before `valid_until`; either side may end it. Invalid("period_reversed")."""
    sides = (accompaniment.group, accompaniment.supporter)
    require_sight(actor, *sides)
    if not any(may(actor, "membership.manage", side) for side in sides):
        raise Denied("membership.manage", accompaniment.ref)
    period_of(accompaniment.valid_from, valid_until)
    try:
        with transaction.atomic():
            fresh, is_written = correct(actor, accompaniment, {"valid_until": valid_until}, now=now)
            if is_written:
                details = {"corrects": str(accompaniment.pk)}
                audit.record(actor, "organisations.end_accompaniment", fresh.ref, details=details)
    except IntegrityError as error:
        raise _translated(error) from error
    return fresh


def _same(row: Accompaniment) -> Accompaniment | None:
    same = {name: getattr(row, name) for name in ("supporter_id", "group_id", "valid_from", "valid_until")}
    if taken := Accompaniment.objects.filter(pk=row.pk).first():
        if all(getattr(taken, name) == value for name, value in same.items()):
            return taken
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return Accompaniment.objects.filter(**same, superseded_at=None).first()


def _translated(error: IntegrityError) -> Exception:
    if violated(error, "organisations_accompaniment_no_overlap"):
        message = _("They already accompany this group on some of those days. Correct that entry instead.")
        return Conflict("accompaniment_overlaps", message=message)
    return error
