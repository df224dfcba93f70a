"""Where a programme works: covering an area, ending it, putting it right."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import check_within, enter, keeping, period_of
from simpul.organisations.models import Programme, ProgrammeArea
from simpul.organisations.programme_parts import change_part, withdraw_part
from simpul.organisations.rules.organisations import authorise
from simpul.territory.models import Area

GRAPH: Final = "organisations.coverage"
OVERLAP: Final = "organisations_programmearea_no_overlap"


def cover_area(
    actor: Actor,
    programme: Programme,
    *,
    area: Area,
    valid_from: date | None = None,
    valid_until: date | None = None,
    now: datetime,
    coverage_id: UUID | None = None,
) -> ProgrammeArea:
    """The programme works in `area` from `valid_from` on; None is as long as the programme. The same twice is one row.

    Invalid("period_reversed" | "outside_programme"), Conflict("coverage_overlaps" | "id_taken").
    """
    authorise(actor, "programme.manage", programme.owner)
    check_within(programme, period_of(valid_from, valid_until))
    row = ProgrammeArea(
        id=coverage_id or uuid7(),
        programme=programme,
        area=area,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=now,
        entered_by=actor.user_id,
    )
    with keeping(*_overlap()):
        kept, is_new = enter(row, ("programme_id", "area_id", "valid_from", "valid_until"), graph=GRAPH)
        if is_new:
            details = {"programme": str(programme.pk), "area": area.pk}
            audit.record(actor, "organisations.cover_area", row.ref, details=details)
    return kept


def end_coverage(actor: Actor, coverage: ProgrammeArea, *, valid_until: date, now: datetime) -> ProgrammeArea:
    """The programme works there up to the day before `valid_until`. Invalid as `cover_area`."""
    changes = {"valid_until": valid_until}
    return change_part(actor, coverage, changes, "organisations.end_coverage", overlap=_overlap(), now=now)


def correct_coverage(
    actor: Actor, coverage: ProgrammeArea, *, valid_from: date | None, valid_until: date | None, now: datetime
) -> ProgrammeArea:
    """The dates were wrong. As of yesterday the old ones stand. Invalid and Conflict as `cover_area`."""
    changes = {"valid_from": valid_from, "valid_until": valid_until}
    return change_part(actor, coverage, changes, "organisations.correct_coverage", overlap=_overlap(), now=now)


def withdraw_coverage(actor: Actor, coverage: ProgrammeArea, *, now: datetime) -> None:
    """It was never true: an entry made by mistake. Twice changes nothing more."""
    withdraw_part(actor, coverage, "organisations.withdraw_coverage", now=now)


def _overlap() -> tuple[str, Conflict]:
    message = _("The programme already works in this area on some of those days. Correct that entry instead.")
    return OVERLAP, Conflict("coverage_overlaps", message=message)
