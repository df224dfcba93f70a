"""Where a programme works: covering an area, ending it, putting it right."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import check_within, correct_dates, entered_before, keeping, period_of, supersede
from simpul.organisations.models import Programme, ProgrammeArea
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import lock_graph
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
    with keeping(OVERLAP, _overlaps()):
        lock_graph(GRAPH)
        if found := entered_before(row, ("programme_id", "area_id", "valid_from", "valid_until")):
            return found
        row.save(force_insert=True)
        details = {"programme": str(programme.pk), "area": area.pk}
        audit.record(actor, "organisations.cover_area", row.ref, details=details)
    return row


def end_coverage(actor: Actor, coverage: ProgrammeArea, *, valid_until: date, now: datetime) -> ProgrammeArea:
    """The programme works there up to the day before `valid_until`. Invalid as `cover_area`."""
    return _change(actor, coverage, {"valid_until": valid_until}, "organisations.end_coverage", now=now)


def correct_coverage(
    actor: Actor, coverage: ProgrammeArea, *, valid_from: date | None, valid_until: date | None, now: datetime
) -> ProgrammeArea:
    """The dates were wrong. As of yesterday the old ones stand. Invalid and Conflict as `cover_area`."""
    changes = {"valid_from": valid_from, "valid_until": valid_until}
    return _change(actor, coverage, changes, "organisations.correct_coverage", now=now)


def withdraw_coverage(actor: Actor, coverage: ProgrammeArea, *, now: datetime) -> None:
    """It was never true: an entry made by mistake. Twice changes nothing more."""
    authorise(actor, "programme.manage", coverage.programme.owner)
    with transaction.atomic():
        if supersede(coverage, now=now):
            audit.record(actor, "organisations.withdraw_coverage", coverage.ref)


def _change(
    actor: Actor, coverage: ProgrammeArea, changes: Mapping[str, date | None], act: str, *, now: datetime
) -> ProgrammeArea:
    authorise(actor, "programme.manage", coverage.programme.owner)
    with keeping(OVERLAP, _overlaps()):
        fresh, is_written = correct_dates(actor, coverage, changes, now=now)
        if is_written:
            audit.record(actor, act, fresh.ref, details={"corrects": str(coverage.pk)})
    return fresh


def _overlaps() -> Conflict:
    message = _("The programme already works in this area on some of those days. Correct that entry instead.")
    return Conflict("coverage_overlaps", message=message)
