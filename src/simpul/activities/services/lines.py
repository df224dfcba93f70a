"""Lines of the 4W: told, corrected or brought up to date, taken back. A version is never rewritten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.activities.cell_keeping import refresh_cells
from simpul.activities.models import ActivityPart, Response, ResponseActivity
from simpul.activities.response_drafts import LineDraft, check_follows, check_line
from simpul.activities.rules.responses import check_inside, require_reporter
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.organisations.rules.organisations import require_sight, visible_to


def record_activity(
    actor: Actor, response: Response, draft: LineDraft, *, line: UUID | None = None, now: datetime
) -> ResponseActivity:
    """The first version of a line. The same `line` twice is one line.

    Invalid as `check_line` and ("outside_response", "area"); Conflict("id_taken"); NotFound for an organisation that
    the actor may not know.
    """
    require_reporter(actor, response, draft.lead)
    _check(actor, response, draft, now)
    if line and (found := ResponseActivity.objects.filter(pk=line).first()):
        return _repeated(found, response)
    with transaction.atomic():
        pk = line or uuid7()
        row = _append(actor, response, draft, pk=pk, line=pk, corrects=None, now=now)
        refresh_cells(response, {(row.area_id, row.cluster)})
        audit.record(actor, "activities.record_activity", row.ref, details=_told(row))
    return row


def correct_activity(
    actor: Actor, version: ResponseActivity, draft: LineDraft, *, next_id: UUID | None = None, now: datetime
) -> ResponseActivity:
    """The version that follows `version`: newer figures, or the same day's put right. The same `next_id` twice is one.

    Invalid as `record_activity` and ("as_of_older", "as_of"); Conflict("edited_meanwhile") where another version
    already follows: `theirs` is what it says.
    """
    response = version.response
    require_reporter(actor, response, version.lead)
    require_reporter(actor, response, draft.lead)
    _check(actor, response, draft, now)
    check_follows(draft, version)
    with transaction.atomic():
        if not _supersede(version, now):
            return _followed(version, draft, next_id)
        row = _append(actor, response, draft, pk=next_id or uuid7(), line=version.line, corrects=version, now=now)
        _carry_unseen(actor, version, row)
        refresh_cells(response, {(version.area_id, version.cluster), (row.area_id, row.cluster)})
        audit.record(actor, "activities.correct_activity", row.ref, details=_told(row))
    return row


def withdraw_activity(actor: Actor, version: ResponseActivity, *, now: datetime) -> None:
    """The line is known no more from now on: it was told by mistake. Again changes nothing.

    Conflict("edited_meanwhile") where a newer version stands.
    """
    require_reporter(actor, version.response, version.lead)
    with transaction.atomic():
        if not _supersede(version, now):
            if ResponseActivity.objects.filter(line=version.line, superseded_at=None).exists():
                raise _meanwhile(version, None)
            return
        refresh_cells(version.response, {(version.area_id, version.cluster)})
        audit.record(actor, "activities.withdraw_activity", version.ref, details=_told(version))


def _check(actor: Actor, response: Response, draft: LineDraft, now: datetime) -> None:
    check_line(draft, today=local_date(now, draft.area.zone))
    check_inside(response, draft.area)
    require_sight(actor, *(o for organisations in draft.parts().values() for o in organisations))


def _append(
    actor: Actor,
    response: Response,
    draft: LineDraft,
    *,
    pk: UUID,
    line: UUID,
    corrects: ResponseActivity | None,
    now: datetime,
) -> ResponseActivity:
    row = ResponseActivity.objects.create(
        id=pk,
        line=line,
        corrects=corrects,
        response=response,
        entered_by=actor.user_id,
        recorded_at=now,
        **draft.columns(),
    )
    ActivityPart.objects.bulk_create(
        [ActivityPart(version=row, organisation=o, kind=kind) for kind, held in draft.parts().items() for o in held]
    )
    return row


def _carry_unseen(actor: Actor, version: ResponseActivity, row: ResponseActivity) -> None:
    """Parts of organisations that the writer may not know stay as they were: they could not be kept in the form."""
    unseen = ActivityPart.objects.filter(version=version).exclude(visible_to(actor, "organisation__"))
    ActivityPart.objects.bulk_create(
        [ActivityPart(version=row, organisation_id=part.organisation_id, kind=part.kind) for part in unseen]
    )


def _supersede(version: ResponseActivity, now: datetime) -> bool:
    rows = ResponseActivity.objects.filter(pk=version.pk, superseded_at=None)
    return bool(rows.update(superseded_at=now))


def _repeated(found: ResponseActivity, response: Response) -> ResponseActivity:
    if found.response_id != response.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return found


def _followed(version: ResponseActivity, draft: LineDraft, next_id: UUID | None) -> ResponseActivity:
    """What already follows, where this call is the same one again."""
    follows = ResponseActivity.objects.filter(corrects=version).first()
    if follows is not None and follows.pk == next_id:
        return follows
    raise _meanwhile(follows, draft)


def _meanwhile(follows: ResponseActivity | None, draft: LineDraft | None) -> Conflict:
    mine = draft.columns() if draft else {}
    theirs = {
        name: getattr(follows, name) for name, value in mine.items() if follows and getattr(follows, name) != value
    }
    message = _("Somebody changed this line while you were writing. Look at what it says now, then decide.")
    return Conflict("edited_meanwhile", message=message, theirs=theirs)


def _told(row: ResponseActivity) -> dict[str, str]:
    return {"response": str(row.response_id), "lead": str(row.lead_id), "area": row.area_id, "cluster": row.cluster}
