"""Who does what in a programme: assigning a role, ending it, putting it right."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import check_within, enter, keeping, period_of
from simpul.organisations.models import Organisation, Programme, ProgrammeRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.programme_parts import change_part, withdraw_part
from simpul.organisations.rules.organisations import authorise, require_sight
from simpul.territory.models import Area

GRAPH: Final = "organisations.programme_roles"
OVERLAP: Final = "organisations_programmerole_no_overlap"  # and ..._no_overlap_everywhere


def assign_role(
    actor: Actor,
    programme: Programme,
    *,
    organisation: Organisation,
    role: str,
    area: Area | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    now: datetime,
    role_id: UUID | None = None,
) -> ProgrammeRole:
    """`organisation` has `role` in `area` (None: in all of it) from `valid_from` on. The same twice is one row.

    A lead partner that takes over is a second row: end the first one's role the day the second begins.
    Invalid("unknown_role" | "period_reversed" | "outside_programme"), Conflict("role_overlaps" | "id_taken").
    """
    authorise(actor, "programme.manage", programme.owner)
    require_sight(actor, organisation)
    if role not in ProgrammeRoleKind.values:
        raise Invalid("unknown_role", "role", message=_("Choose one of the roles in the list."))
    check_within(programme, period_of(valid_from, valid_until))
    row = ProgrammeRole(
        id=role_id or uuid7(),
        programme=programme,
        organisation=organisation,
        role=role,
        area=area,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=now,
        entered_by=actor.user_id,
    )
    with keeping(*_overlap()):
        says = ("programme_id", "organisation_id", "role", "area_id", "valid_from", "valid_until")
        kept, is_new = enter(row, says, graph=GRAPH)
        if is_new:
            details = {"programme": str(programme.pk), "organisation": str(organisation.pk), "role": role}
            audit.record(actor, "organisations.assign_role", row.ref, details=details)
    return kept


def end_role(actor: Actor, row: ProgrammeRole, *, valid_until: date, now: datetime) -> ProgrammeRole:
    """It holds up to the day before `valid_until`. Invalid as `assign_role`."""
    return change_part(actor, row, {"valid_until": valid_until}, "organisations.end_role", overlap=_overlap(), now=now)


def correct_role(
    actor: Actor, row: ProgrammeRole, *, valid_from: date | None, valid_until: date | None, now: datetime
) -> ProgrammeRole:
    """The dates were wrong. As of yesterday the old ones stand. Invalid and Conflict as `assign_role`."""
    changes = {"valid_from": valid_from, "valid_until": valid_until}
    return change_part(actor, row, changes, "organisations.correct_role", overlap=_overlap(), now=now)


def withdraw_role(actor: Actor, row: ProgrammeRole, *, now: datetime) -> None:
    """It was never true: an entry made by mistake. Twice changes nothing more."""
    withdraw_part(actor, row, "organisations.withdraw_role", now=now)


def _overlap() -> tuple[str, Conflict]:
    message = _("They already have this role there on some of those days. Correct that entry instead.")
    return OVERLAP, Conflict("role_overlaps", message=message)
