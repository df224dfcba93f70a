"""Beginning and ending accompaniment.

It lets the supporter's supervisors reach the group, so the group's side grants it.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import correct, enter, keeping, period_of
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.rules.organisations import authorise, may, require_sight

GRAPH: Final = "organisations.accompaniments"
OVERLAP: Final = "organisations_accompaniment_no_overlap"


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
    with keeping(OVERLAP, _overlaps()):
        kept, is_new = enter(row, ("supporter_id", "group_id", "valid_from", "valid_until"), graph=GRAPH)
        if is_new:
            details = {"supporter": str(supporter.pk), "group": str(group.pk)}
            audit.record(actor, "organisations.accompany_group", row.ref, details=details)
    return kept


def end_accompaniment(actor: Actor, accompaniment: Accompaniment, *, valid_until: date, now: datetime) -> Accompaniment:
    """It holds up to the day before `valid_until`; either side may end it. Invalid("period_reversed")."""
    sides = (accompaniment.group, accompaniment.supporter)
    require_sight(actor, *sides)
    if not any(may(actor, "membership.manage", side) for side in sides):
        raise Denied("membership.manage", accompaniment.ref)
    period_of(accompaniment.valid_from, valid_until)
    with keeping(OVERLAP, _overlaps()):
        fresh, is_written = correct(actor, accompaniment, {"valid_until": valid_until}, now=now)
        if is_written:
            details = {"corrects": str(accompaniment.pk)}
            audit.record(actor, "organisations.end_accompaniment", fresh.ref, details=details)
    return fresh


def _overlaps() -> Conflict:
    message = _("They already accompany this group on some of those days. Correct that entry instead.")
    return Conflict("accompaniment_overlaps", message=message)
