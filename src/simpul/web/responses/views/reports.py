"""The network's report: progress, problems, proposed solutions, and the figures of its last day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.clusters import Cluster
from simpul.activities.models import ReportedNeed, Response, ResponseActivity, SituationReport
from simpul.activities.queries.responses import response_for
from simpul.activities.queries.situation import figures_of, last_day_of, report_for, reports_of
from simpul.activities.rules.responses import require_lead
from simpul.activities.services.situation import Said, edit_report, publish_report, write_report
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.records.models import known_at
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.responses.entering import entered, entered_of
from simpul.web.responses.forms import ReportForm
from simpul.web.responses.telling import sections_of, told


@require_safe
def index(request: Request, key: UUID) -> HttpResponse:
    here = entered(request, key)
    rows = [(row, last_day_of(row)) for row in reports_of(request.actor, here.response)]
    return render(request, "responses/reports.html", {"entered": here, "response": here.response, "rows": rows})


@require_safe
def report_page(request: Request, key: UUID) -> HttpResponse:
    report = report_for(request.actor, key)
    figures = told(request.actor, figures_of(report, now=timezone.now()))
    context = {"entered": entered_of(request, report.response), "response": report.response, "report": report}
    context |= {"last_day": last_day_of(report), "told": figures, "sections": sections_of(report)}
    return render(request, "responses/report.html", context)


@signed_in
def write(request: Request, key: UUID) -> HttpResponse:
    response = response_for(request.actor, key)
    require_lead(request.actor, response)
    form = ReportForm(sent(request), clusters=_clusters(response, None), initial=_following(response))
    made: list[SituationReport] = []
    if accepted(form, lambda: made.append(_written(request, response, form))):
        messages.success(request, _("It is a draft. Read it with its figures, then publish it."))
        return redirect("responses:report", made[0].pk)
    context = {"form": form, "response": response}
    return render(request, "responses/report-form.html", context, status=422 if form.errors else 200)


def _following(response: Response) -> dict[str, Any]:
    """The days after the last report's, else from the beginning."""
    last = SituationReport.objects.filter(response=response).order_by("-number").first()
    about = {"valid_from": last.valid_until, "author": last.author} if last else {"valid_from": response.valid_from}
    return {"key": uuid7(), **about}


def _clusters(response: Response, report: SituationReport | None) -> list[str]:
    """Those in which something is told, needed, or already written of."""
    held = set(
        ResponseActivity.objects.filter(known_at(None), response=response).values_list("cluster", flat=True).distinct()
    )
    held |= set(
        ReportedNeed.objects.filter(known_at(None), response=response).values_list("cluster", flat=True).distinct()
    )
    if report:
        held |= set(report.sections.values_list("cluster", flat=True))
    return [c for c in Cluster.values if c in held]


def _written(request: Request, response: Response, form: ReportForm) -> SituationReport:
    given = form.cleaned_data
    return write_report(
        request.actor,
        response,
        valid_from=given["valid_from"],
        valid_until=form.until(),
        author=given["author"],
        lead_words=given["lead_words"],
        sections={cluster: Said(**words) for cluster, words in form.said().items()},
        report_id=given["key"],
        now=timezone.now(),
    )


@signed_in
def change(request: Request, key: UUID) -> HttpResponse:
    report = report_for(request.actor, key)
    require_lead(request.actor, report.response)
    form = ReportForm(sent(request), clusters=_clusters(report.response, report), initial=_initial(report))
    if accepted(form, lambda: _changed(request, report, form)):
        messages.success(request, _("Saved."))
        return redirect("responses:report", report.pk)
    context = {"form": form, "response": report.response, "report": report}
    return render(request, "responses/report-form.html", context, status=422 if form.errors else 200)


def _initial(report: SituationReport) -> dict[str, Any]:
    written = {
        f"{code}-{section.cluster or 'all'}": getattr(section, code)
        for section in report.sections.all()
        for code, _label in ReportForm.HEADINGS
    }
    plain = {name: getattr(report, name) for name in ("version", "valid_from", "author", "lead_words")}
    return {**plain, "last_day": last_day_of(report), **written}


def _changed(request: Request, report: SituationReport, form: ReportForm) -> None:
    given = form.cleaned_data
    changes = {name: given[name] for name in ("valid_from", "author", "lead_words")}
    edit_report(
        request.actor,
        report,
        {**changes, "valid_until": given["last_day"] + timedelta(days=1)},
        sections={cluster: Said(**words) for cluster, words in form.said().items()},
        seen=given["version"] or 0,
        now=timezone.now(),
    )


@signed_in
@require_POST
def publish(request: Request, key: UUID) -> HttpResponse:
    report = report_for(request.actor, key)
    try:
        publish_report(request.actor, report, seen=_seen(request), now=timezone.now())
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Published. Its words and figures stay as they are."))
    return redirect("responses:report", report.pk)


def _seen(request: Request) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0
