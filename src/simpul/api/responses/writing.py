"""Keeping responses true: the response itself, lines of the 4W, needs. Rights are those of the pages."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import ReportedNeed, ResponseActivity
from simpul.activities.queries.gaps import states_of
from simpul.activities.queries.responses import line_for, need_for, response_for, versions_of, versions_of_need
from simpul.activities.reaching import Reached
from simpul.activities.response_drafts import LineDraft, NeedDraft
from simpul.activities.services.lines import correct_activity, record_activity, withdraw_activity
from simpul.activities.services.needs import report_need, update_need, withdraw_need
from simpul.activities.services.responses import edit_response, open_response, publish_response
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.responses.reading import activity_lines, full, need_lines, router
from simpul.api.responses.shapes import (
    ActivityCorrection,
    ActivityLine,
    ActivityTold,
    NeedLine,
    NeedTold,
    NeedUpdate,
    NewActivity,
    NewNeed,
    NewResponse,
    ResponseChange,
    ResponseFull,
    TakenBack,
)
from simpul.api.shapes import localized
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisation_for
from simpul.territory.models import Area

WRITE: Final = ("responses:write",)


@router.post(
    "/responses", **told(prose("Open a response"), response=ResponseFull, status=201, scopes=WRITE, needs_token=True)
)
def create_response(request: Call, sent: NewResponse) -> ResponseFull:
    row = open_response(
        request.actor, organisation_for(request.actor, sent.network), name=sent.name, areas=_areas(sent.areas),
        valid_from=sent.valid_from, valid_until=sent.valid_until, summary=localized("summary", sent.summary),
        response_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_response", args=[row.pk])
    return full(request, row)


@router.patch(
    "/responses/{uuid:response_id}",
    **told(
        prose("Change a response"), prose("Only the fields that are sent."), response=ResponseFull, scopes=WRITE,
        needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_response(request: Call, response_id: UUID, sent: ResponseChange) -> ResponseFull:
    version, row = seen_version(request), response_for(request.actor, response_id)
    changes: dict[str, Any] = {n: getattr(sent, n) for n in sent.model_fields_set if n != "areas"}
    if "summary" in changes:
        changes["summary"] = localized("summary", sent.summary)
    areas = _areas(sent.areas) if "areas" in sent.model_fields_set else None
    return full(request, edit_response(request.actor, row, changes, areas=areas, seen=version, now=timezone.now()))


@router.post(
    "/responses/{uuid:response_id}/publish",
    **told(prose("Publish a response"), response=ResponseFull, scopes=WRITE, needs_token=True),
)
def publish_one_response(request: Call, response_id: UUID) -> ResponseFull:
    row = response_for(request.actor, response_id)
    return full(request, publish_response(request.actor, row, now=timezone.now()))


@router.post(
    "/responses/{uuid:response_id}/activities",
    **told(
        prose("Tell of an activity"), prose("A new line of the 4W, of an organisation you write for."),
        response=ActivityLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_response_activity(request: Call, response_id: UUID, sent: NewActivity) -> ActivityLine:
    response = response_for(request.actor, response_id)
    row = record_activity(request.actor, response, _line(request.actor, sent), line=sent.id, now=timezone.now())
    request.location = reverse("api:read_response_activity", args=[row.line])
    return _activity(request, row)


@router.post(
    "/response-activities/{uuid:line}/correct",
    **told(
        prose("Correct a line, or bring it up to date"), prose("What it said before is kept."), response=ActivityLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def correct_response_activity(request: Call, line: UUID, sent: ActivityCorrection) -> ActivityLine:
    seen = _seen(versions_of(request.actor, line_for(request.actor, line)), sent.seen)
    version = ResponseActivity.objects.select_related("response__network", "lead").get(pk=seen.pk)
    draft = _line(request.actor, sent)
    return _activity(request, correct_activity(request.actor, version, draft, next_id=sent.id, now=timezone.now()))


@router.post(
    "/response-activities/{uuid:line}/withdraw",
    **told(
        prose("Take a line back"),
        prose("It was told by mistake."),
        response=ActivityLine,
        scopes=WRITE,
        needs_token=True,
    ),
)
def withdraw_response_activity(request: Call, line: UUID, sent: TakenBack) -> ActivityLine:
    row = line_for(request.actor, line)
    withdraw_activity(request.actor, _same(row, sent.seen), now=timezone.now())
    return _activity(request, row)


@router.post(
    "/responses/{uuid:response_id}/needs",
    **told(prose("Report a need"), response=NeedLine, status=201, scopes=WRITE, needs_token=True),
)
def create_response_need(request: Call, response_id: UUID, sent: NewNeed) -> NeedLine:
    response = response_for(request.actor, response_id)
    row = report_need(request.actor, response, _need(request.actor, sent), line=sent.id, now=timezone.now())
    request.location = reverse("api:read_response_need", args=[row.line])
    return _told(request, row)


@router.post(
    "/response-needs/{uuid:line}/update",
    **told(prose("Bring a need up to date"), response=NeedLine, scopes=WRITE, needs_token=True),
)
def update_response_need(request: Call, line: UUID, sent: NeedUpdate) -> NeedLine:
    versions = versions_of_need(need_for(request.actor, line)).select_related("response__network", "reported_by")
    version = _seen(versions, sent.seen)
    row = update_need(request.actor, version, _need(request.actor, sent), next_id=sent.id, now=timezone.now())
    return _told(request, row)


@router.post(
    "/response-needs/{uuid:line}/withdraw",
    **told(prose("Take a need back"), response=NeedLine, scopes=WRITE, needs_token=True),
)
def withdraw_response_need(request: Call, line: UUID, sent: TakenBack) -> NeedLine:
    row = need_for(request.actor, line)
    withdraw_need(request.actor, _same(row, sent.seen), now=timezone.now())
    return _told(request, row)


def _activity(call: Call, row: ResponseActivity) -> ActivityLine:
    shown = next(
        version for version in versions_of(call.actor, row).select_related("response__network") if version.pk == row.pk
    )
    return activity_lines(call, shown.response, [shown])[0]


def _told(call: Call, row: ReportedNeed) -> NeedLine:
    return need_lines(call, row.response, states_of(call.actor, row.response, [row], None))[0]


def _seen(versions: Iterable[Any], seen: UUID) -> Any:
    """The version that the caller read. Invalid("unknown_version") for one of something else."""
    found = next((version for version in versions if version.pk == seen), None)
    if found is None:
        raise Invalid("unknown_version", "seen", message=_("Read the line again: this is no version of it."))
    return found


def _same(row: Any, seen: UUID) -> Any:
    if row.pk != seen:
        message = _("Somebody changed it since you read it. Read it again, then decide.")
        raise Conflict("edited_meanwhile", message=message)
    return row


def _areas(codes: Sequence[str]) -> list[Area]:
    return [area for code in codes if (area := area_named("areas", code))]


def _area(code: str) -> Area:
    found = area_named("area", code)
    if found is None:
        raise Invalid("unknown_area", "area", message=_("No area has this code. Look it up under /areas."))
    return found


def _line(actor: Actor, sent: ActivityTold) -> LineDraft:
    plain = ("activity", "as_of", "unit", "place", "starts_on", "ends_on", "funder_words", "note")
    return LineDraft(
        **{name: getattr(sent, name) for name in plain},
        lead=organisation_for(actor, sent.lead),
        area=_area(sent.area),
        cluster=sent.cluster.value,
        sub_cluster=sent.sub_cluster.value if sent.sub_cluster else "",
        status=sent.status.value,
        planned=_exact(sent.planned),
        done=_exact(sent.done),
        reached=sent.reached.reached() if sent.reached else Reached(),
        implementers=_all(actor, sent.implementers),
        partners=_all(actor, sent.partners),
        funders=_all(actor, sent.funders),
    )


def _need(actor: Actor, sent: NeedTold) -> NeedDraft:
    return NeedDraft(
        area=_area(sent.area), cluster=sent.cluster.value, what=sent.what, reported_on=sent.reported_on,
        status=sent.status.value, sub_cluster=sent.sub_cluster.value if sent.sub_cluster else "",
        quantity=_exact(sent.quantity), unit=sent.unit, people=sent.people,
        reported_by=organisation_for(actor, sent.reported_by) if sent.reported_by else None, reporter=sent.reporter,
    )  # fmt: skip


def _all(actor: Actor, ids: Iterable[UUID]) -> list[Organisation]:
    return [organisation_for(actor, pk) for pk in dict.fromkeys(ids)]


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else round(Decimal(str(amount)), 2)
