"""What waits for an end to be agreed to, and agreeing or not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.outcomes import Outcome
from simpul.cases.queries.cases import Case
from simpul.cases.queries.closing import ClosureRequest, closure_for, closures_for, may_approve
from simpul.cases.rules.closing import APPROVE
from simpul.cases.services.closing import approve_closure, decline_closure
from simpul.cases.stages import Act
from simpul.kernel.errors import Denied
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.closing.forms import DecideForm
from simpul.web.cases.desk.pages import opened
from simpul.web.cases.desk.panels import zone_of
from simpul.web.components import Task, Text, Tone
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

SHOWN = 50


@signed_in
@require_safe
def waiting(request: Request) -> HttpResponse:
    """The oldest first: a number, no name."""
    if not request.actor.may(APPROVE):
        raise Denied(APPROVE)
    rows = list(closures_for(request.actor, now=timezone.now())[: SHOWN + 1])
    return render(
        request, "closing/list.html", {"tasks": [_task(row) for row in rows[:SHOWN]], "more": len(rows) > SHOWN}
    )


def _task(row: ClosureRequest) -> Task:
    return Task(row.case.code, end_of(row), Tone.WARN, f"/kasus/penutupan/{row.pk}/")


def end_of(row: ClosureRequest) -> Text:
    """What is said to have come of it, or the other end that is asked for."""
    return Outcome(row.outcome).label if row.outcome else Act(row.act).label


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def closure(request: Request, request_id: UUID) -> HttpResponse:
    """What is said to have come of it, by whom; the case itself is one press away and logged like every look."""
    row = closure_for(request.actor, request_id, now=timezone.now())
    case = opened(request, row.case_id, "closure")
    form = DecideForm(sent(request))
    if request.method == "POST" and accepted(form, lambda: _decided(request, row, form)):
        messages.success(request, _("Noted."))
        return redirect("cases:case", case.pk)
    return render(request, "closing/one.html", _shown(request, row, case, form), status=422 if form.errors else 200)


def _shown(request: Request, row: ClosureRequest, case: Case, form: DecideForm) -> dict[str, object]:
    return {
        "case": case,
        "row": row,
        "end": end_of(row),
        "form": form,
        "zone": zone_of(case),
        "why": row.reason.open() if row.reason else "",
        "words": row.words.open() if row.words else "",
        "decides": row.decided_at is None and may_approve(request.actor, case),
        "own": row.asked_by_id == request.actor.person_id,
    }


def _decided(request: Request, row: ClosureRequest, form: DecideForm) -> None:
    if form.cleaned_data["agrees"] == "yes":
        approve_closure(request.actor, row, now=timezone.now())
    else:
        decline_closure(request.actor, row, words=form.cleaned_data["words"], now=timezone.now())
