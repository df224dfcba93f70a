"""What villages need: the list, one with who is near, reporting, bringing up to date, taking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.models import AT_WORK, ReportedNeed, Response
from simpul.activities.queries.gaps import states_of
from simpul.activities.queries.responses import (
    Narrowing,
    lines_of,
    names_in_sight,
    need_for,
    own_reporters,
    versions_of_need,
)
from simpul.activities.rules.responses import LEAD, REPORT, may_lead, may_report, told_code
from simpul.activities.services.needs import report_need, update_need, withdraw_need
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.territory.names import CODE, lineage_of
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Event
from simpul.web.editing.entry import accepted, sent
from simpul.web.formats import day as day_in_words
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, entered, entered_of, where_of
from simpul.web.responses.forms import NarrowingForm, NeedForm, WithdrawForm
from simpul.web.responses.listing import need_rows
from simpul.web.responses.panels import LineRow, amount_words, codes_told, line_rows, need_row

_MOST = 300


@require_safe
def index(request: Request, key: UUID) -> HttpResponse:
    """Those that nobody is on first."""
    here = entered(request, key)
    form = NarrowingForm(request.GET, today=here.today)
    asked = request.GET.get("wilayah", "")
    area_code = asked if CODE.fullmatch(asked) else ""
    narrowing = Narrowing(cluster=form.cleaned_data.get("klaster", ""), area_code=area_code)
    context = {
        "entered": here,
        "response": here.response,
        "form": form,
        "rows": need_rows(request, here, narrowing, form),
    }
    context |= {"area": area_code, "may_report": request.actor.may(REPORT)}
    return render(request, "responses/needs.html", context)


@require_safe
def need_page(request: Request, line: UUID) -> HttpResponse:
    need = need_for(request.actor, line)
    return render(request, "responses/need.html", _told(request, need, entered_of(request, need.response)))


def _told(request: Request, need: ReportedNeed, here: Entered) -> dict[str, Any]:
    state = states_of(request.actor, need.response, [need], None, inside=here.inside(need))[0]
    names = names_in_sight(request.actor, {need.reported_by_id})
    where = where_of([state.code])
    return {
        "entered": here,
        "response": need.response,
        "need": need,
        "code": state.code,
        "shown": need_row(need, where[state.code], names.get(need.reported_by_id, need.reporter), state),  # type: ignore[arg-type]
        "near": _near(request, here, need),
        "versions": [_version(version) for version in versions_of_need(need)],
        "may_change": _may_change(request, need),
    }


def _may_change(request: Request, need: ReportedNeed) -> bool:
    if need.reported_by is None:
        return may_lead(request.actor, need.response)
    return may_report(request.actor, need.response, need.reported_by)


def _near(request: Request, here: Entered, need: ReportedNeed) -> list[LineRow]:
    """Who works in the cluster there, or says so of a larger area. Of what is guarded: those told to its reader."""
    rows = lines_of(request.actor, need.response, Narrowing(cluster=need.cluster)).filter(status__in=AT_WORK)
    codes = lineage_of(need.area_id)
    found = [
        r for r in rows.filter(area_id__in=codes)[:50] if here.inside(r) or told_code(r, inside=False) == r.area_id
    ]
    return line_rows(found, here.today, where_of(codes_told(found, inside=here.inside)), inside=here.inside)


def _version(row: ReportedNeed) -> Event:
    language = get_language() or "id"
    said = " · ".join(str(w) for w in (row.get_status_display(), amount_words(row.quantity, None, row.unit)) if w)
    title = _("Reported on %(day)s") % {"day": day_in_words(row.reported_on, language=language)}
    told = _("told %(day)s") % {"day": day_in_words(row.recorded_at.date(), language=language)}
    return Event(told, title, said, row.recorded_at.date().isoformat(), "now" if row.superseded_at is None else "done")


@signed_in
def add(request: Request, key: UUID) -> HttpResponse:
    here = entered(request, key)
    if not (request.actor.may(REPORT) or request.actor.may(LEAD)):
        raise Denied(REPORT, here.response.ref)
    mine = list(own_reporters(request.actor)[:50])
    form = NeedForm(sent(request), actor=request.actor, initial=_begun(here, mine))
    made: list[ReportedNeed] = []
    if accepted(form, lambda: made.append(_reported(request, here.response, form))):
        messages.success(request, _("It is on the map, and whoever can help sees it."))
        return redirect("responses:need", made[0].line)
    return _form_page(request, form, here.response, names=[o.name for o in mine])


def _begun(here: Entered, mine: list[Organisation]) -> dict[str, Any]:
    reporter = mine[0] if len(mine) == 1 else None
    return {"key": uuid7(), "reported_on": here.today, "status": "open", "reported_by": reporter}


def _reported(request: Request, response: Response, form: NeedForm) -> ReportedNeed:
    return report_need(request.actor, response, form.draft(), line=form.cleaned_data["key"], now=timezone.now())


def _form_page(
    request: Request, form: Any, response: Response, *, need: ReportedNeed | None = None, names: list[str]
) -> HttpResponse:
    context = {"form": form, "response": response, "need": need, "names": names}
    return render(request, "responses/need-form.html", context, status=422 if form.errors else 200)


@signed_in
def change(request: Request, line: UUID) -> HttpResponse:
    need = _kept(request, line)
    form = NeedForm(sent(request), actor=request.actor, initial={**NeedForm.initial_of(need), "key": uuid7()})
    if accepted(form, lambda: _updated(request, need, form)):
        messages.success(request, _("Saved. What it said before is kept."))
        return redirect("responses:need", need.line)
    return _form_page(request, form, need.response, need=need, names=[])


def _kept(request: Request, line: UUID) -> ReportedNeed:
    """For who may change it: 404 out of sight, 403 where it is not theirs."""
    need = need_for(request.actor, line)
    if not _may_change(request, need):
        raise Denied(REPORT, need.ref)
    return need


def _updated(request: Request, need: ReportedNeed, form: NeedForm) -> None:
    """Upon the version that its writer saw."""
    seen = (
        versions_of_need(need).filter(pk=form.cleaned_data["seen"]).select_related("response__network", "reported_by")
    )
    version = seen.first() or need
    update_need(request.actor, version, form.draft(), next_id=form.cleaned_data["key"], now=timezone.now())


@signed_in
def withdraw(request: Request, line: UUID) -> HttpResponse:
    need = _kept(request, line)
    form = WithdrawForm(sent(request), initial={"seen": need.pk})
    if accepted(form, _taking_back(request, need, form)):
        messages.success(request, _("It is off the map."))
        return redirect("responses:needs", need.response_id)
    context = {"form": form, "response": need.response, "need": need}
    return render(request, "responses/need-withdraw.html", context, status=422 if form.errors else 200)


def _taking_back(request: Request, need: ReportedNeed, form: WithdrawForm) -> Callable[[], None]:
    def act() -> None:
        if form.cleaned_data["seen"] != need.pk:
            message = _("Somebody changed this need while you were writing. Look at what it says now, then decide.")
            raise Conflict("edited_meanwhile", message=message)
        withdraw_need(request.actor, need, now=timezone.now())

    return act
