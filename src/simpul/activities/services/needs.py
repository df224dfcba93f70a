"""What villages say they need: reported, brought up to date, taken back. A version is never rewritten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.activities.models import ReportedNeed, Response
from simpul.activities.response_drafts import NeedDraft, check_need
from simpul.activities.rules.responses import REPORT, check_inside, may_lead, require_reporter, require_sight
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation


def report_need(
    actor: Actor, response: Response, draft: NeedDraft, *, line: UUID | None = None, now: datetime
) -> ReportedNeed:
    """By the people of the organisation that reports, or by who leads the response, also for somebody they heard.

    Invalid as `check_need` and ("outside_response", "area"); Conflict("id_taken").
    """
    _require_writer(actor, response, draft.reported_by)
    _check(response, draft, now)
    if line and (found := ReportedNeed.objects.filter(pk=line).first()):
        if found.response_id != response.pk:
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        return found
    with transaction.atomic():
        pk = line or uuid7()
        row = _append(actor, response, draft, pk=pk, line=pk, corrects=None, now=now)
        audit.record(actor, "activities.report_need", row.ref, details=_told(row))
    return row


def update_need(
    actor: Actor, version: ReportedNeed, draft: NeedDraft, *, next_id: UUID | None = None, now: datetime
) -> ReportedNeed:
    """The version that follows: met by now, or better known. The same `next_id` twice is one.

    Invalid as `report_need`, Conflict("edited_meanwhile").
    """
    response = version.response
    _require_writer(actor, response, version.reported_by)
    _require_writer(actor, response, draft.reported_by)
    _check(response, draft, now)
    with transaction.atomic():
        if not ReportedNeed.objects.filter(pk=version.pk, superseded_at=None).update(superseded_at=now):
            follows = ReportedNeed.objects.filter(corrects=version).first()
            if follows is not None and follows.pk == next_id:
                return follows
            raise _meanwhile(follows, draft)
        row = _append(actor, response, draft, pk=next_id or uuid7(), line=version.line, corrects=version, now=now)
        audit.record(actor, "activities.update_need", row.ref, details=_told(row))
    return row


def withdraw_need(actor: Actor, version: ReportedNeed, *, now: datetime) -> None:
    """It was reported by mistake. Again changes nothing; Conflict("edited_meanwhile") where a newer version stands."""
    _require_writer(actor, version.response, version.reported_by)
    with transaction.atomic():
        if not ReportedNeed.objects.filter(pk=version.pk, superseded_at=None).update(superseded_at=now):
            if ReportedNeed.objects.filter(line=version.line, superseded_at=None).exists():
                raise _meanwhile(None, None)
            return
        audit.record(actor, "activities.withdraw_need", version.ref, details=_told(version))


def _require_writer(actor: Actor, response: Response, reporter: Organisation | None) -> None:
    if reporter is not None:
        require_reporter(actor, response, reporter)
    elif not may_lead(actor, response):
        require_sight(actor, response)
        raise Denied(REPORT, response.ref)


def _check(response: Response, draft: NeedDraft, now: datetime) -> None:
    check_need(draft, today=local_date(now, draft.area.zone))
    check_inside(response, draft.area)


def _append(
    actor: Actor,
    response: Response,
    draft: NeedDraft,
    *,
    pk: UUID,
    line: UUID,
    corrects: ReportedNeed | None,
    now: datetime,
) -> ReportedNeed:
    return ReportedNeed.objects.create(
        id=pk,
        line=line,
        corrects=corrects,
        response=response,
        entered_by=actor.user_id,
        recorded_at=now,
        **draft.columns(),
    )


def _meanwhile(follows: ReportedNeed | None, draft: NeedDraft | None) -> Conflict:
    mine = draft.columns() if draft else {}
    theirs = {
        name: getattr(follows, name) for name, value in mine.items() if follows and getattr(follows, name) != value
    }
    message = _("Somebody changed this need while you were writing. Look at what it says now, then decide.")
    return Conflict("edited_meanwhile", message=message, theirs=theirs)


def _told(row: ReportedNeed) -> dict[str, str]:
    return {"response": str(row.response_id), "area": row.area_id, "cluster": row.cluster}
