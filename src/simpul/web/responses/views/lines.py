"""Lines of the 4W: the list, one with its versions, telling, bringing up to date, taking back."""

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

from simpul.activities.clusters import SUGGESTED
from simpul.activities.models import Response, ResponseActivity
from simpul.activities.queries.gaps import known_on
from simpul.activities.queries.responses import Narrowing, line_for, lines_of, own_reporters, versions_of
from simpul.activities.rules.responses import LEAD, REPORT, may_report, require_reporter
from simpul.activities.services.lines import correct_activity, record_activity, withdraw_activity
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.territory.names import CODE
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Event, Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.formats import day as day_in_words
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, entered, entered_of, where_of
from simpul.web.responses.forms import LineForm, LinesForm, WithdrawForm
from simpul.web.responses.panels import amount_words, codes_told, is_told_whole, line_rows

PER_PAGE = 50


@require_safe
def index(request: Request, key: UUID) -> HttpResponse:
    here = entered(request, key)
    form = LinesForm(request.GET, today=here.today)
    return render(request, "responses/lines.html", _listed(request, here, form))


def _listed(request: Request, here: Entered, form: LinesForm) -> dict[str, Any]:
    rows, older = _page(request, here, form)
    titles = where_of(codes_told(rows, inside=here.inside))
    return {
        "entered": here,
        "response": here.response,
        "form": form,
        "rows": line_rows(rows, form.day, titles, inside=here.inside),
        "older": older,
        "area": request.GET.get("wilayah", ""),
        "may_report": request.actor.may(REPORT),
    }


def narrowing_of(request: Request, form: LinesForm) -> Narrowing:
    asked = request.GET.get("wilayah", "")
    return Narrowing(
        cluster=form.cleaned_data.get("klaster", ""),
        area_code=asked if CODE.fullmatch(asked) else "",
        status=form.cleaned_data.get("status", ""),
    )


def _page(request: Request, here: Entered, form: LinesForm) -> tuple[list[ResponseActivity], str]:
    """A page of lines in the order of their ids, and the address of the next one."""
    rows = lines_of(
        request.actor, here.response, narrowing_of(request, form), known=known_on(form.day, timezone.now())
    ).order_by("line")
    after = request.GET.get("setelah", "")
    if len(after) == 36:
        rows = rows.filter(line__gt=UUID(after))
    found = list(rows[: PER_PAGE + 1])
    if len(found) <= PER_PAGE:
        return found, ""
    asked = request.GET.copy()
    asked["setelah"] = str(found[PER_PAGE - 1].line)
    return found[:PER_PAGE], f"?{asked.urlencode()}"


@require_safe
def line_page(request: Request, line: UUID) -> HttpResponse:
    row = line_for(request.actor, line)
    return render(request, "responses/line.html", _told(request, row, entered_of(request, row.response)))


def _told(request: Request, row: ResponseActivity, here: Entered) -> dict[str, Any]:
    whole = is_told_whole(row, inside=here.inside(row))
    titles = where_of(codes_told([row], inside=here.inside))
    shown = line_rows([row], here.today, titles, inside=here.inside)[0]
    return {
        "entered": here,
        "response": row.response,
        "row": row,
        "shown": shown,
        "whole": whole,
        "facts": _facts(row, shown.where, whole=whole),
        "versions": [_version(version) for version in versions_of(request.actor, row)] if whole else [],
        "may_change": may_report(request.actor, row.response, row.lead),
    }


def _facts(row: ResponseActivity, where: str, *, whole: bool) -> list[Row]:
    period = [day_in_words(d, language=get_language() or "id") for d in (row.starts_on, row.ends_on) if d]
    held = getattr(row, "parts_in_sight", ())
    found = [
        *(Row(part.get_kind_display(), part.organisation.name) for part in held),
        Row(_("Who pays, in words"), row.funder_words),
        Row(_("Where"), ", ".join(w for w in (row.place if whole else "", where) if w)),
        Row(_("When"), " – ".join(period)),
        Row(_("Planned"), amount_words(row.planned, None, row.unit)),
        Row(_("Done so far"), amount_words(row.done, None, row.unit)),
        Row(_("Note"), row.note if whole else ""),
    ]
    return [one for one in found if one.value]


def _version(row: ResponseActivity) -> Event:
    language = get_language() or "id"
    said = " · ".join(
        str(words) for words in (row.get_status_display(), amount_words(row.done, row.planned, row.unit)) if words
    )
    title = _("Figures of %(day)s") % {"day": day_in_words(row.as_of, language=language)}
    told = _("told %(day)s") % {"day": day_in_words(row.recorded_at.date(), language=language)}
    return Event(told, title, said, row.recorded_at.date().isoformat(), "now" if row.superseded_at is None else "done")


@signed_in
def add(request: Request, key: UUID) -> HttpResponse:
    here = entered(request, key)
    _require_some(request, here.response)
    mine = list(own_reporters(request.actor)[:50])
    form = LineForm(sent(request), actor=request.actor, initial=_begun(request, here, mine))
    made: list[ResponseActivity] = []
    if accepted(form, lambda: made.append(_recorded(request, here.response, form))):
        messages.success(request, _("It is on the map. Bring its figures up to date when they change."))
        return redirect("responses:line", made[0].line)
    return _form_page(request, form, here.response, names=[o.name for o in mine])


def _begun(request: Request, here: Entered, mine: list[Organisation]) -> dict[str, Any]:
    lead = mine[0] if len(mine) == 1 else None
    return {"key": uuid7(), "as_of": here.today, "status": "ongoing", "lead": lead, **_asked(request)}


def _asked(request: Request) -> dict[str, Any]:
    """A need or an empty cell leads here with its place and cluster."""
    asked = {"area": request.GET.get("wilayah", ""), "cluster": request.GET.get("klaster", "")}
    return {name: value for name, value in asked.items() if value}


def _require_some(request: Request, response: Response) -> None:
    """Denied for who may write no line at all; which ones the service says."""
    if not (request.actor.may(REPORT) or request.actor.may(LEAD)):
        raise Denied(REPORT, response.ref)


def _recorded(request: Request, response: Response, form: LineForm) -> ResponseActivity:
    line = form.cleaned_data["key"]
    return record_activity(request.actor, response, form.draft(), line=line, now=timezone.now())


def _form_page(
    request: Request, form: Any, response: Response, *, row: ResponseActivity | None = None, names: list[str]
) -> HttpResponse:
    said = {str(words) for held in SUGGESTED.values() for words, _unit in held}
    context = {"form": form, "response": response, "row": row, "names": names, "said": sorted(said)}
    return render(request, "responses/line-form.html", context, status=422 if form.errors else 200)


@signed_in
def change(request: Request, line: UUID) -> HttpResponse:
    row = line_for(request.actor, line)
    require_reporter(request.actor, row.response, row.lead)
    form = LineForm(sent(request), actor=request.actor, initial={**LineForm.initial_of(row), "key": uuid7()})
    if accepted(form, lambda: _corrected(request, row, form)):
        messages.success(request, _("Saved. What it said before is kept."))
        return redirect("responses:line", row.line)
    return _form_page(request, form, row.response, row=row, names=[row.lead.name])


def _corrected(request: Request, row: ResponseActivity, form: LineForm) -> None:
    """Upon the version that its writer saw, not upon what stands by now."""
    seen = next((v for v in versions_of(request.actor, row) if v.pk == form.cleaned_data["seen"]), row)
    correct_activity(request.actor, seen, form.draft(), next_id=form.cleaned_data["key"], now=timezone.now())


@signed_in
def withdraw(request: Request, line: UUID) -> HttpResponse:
    row = line_for(request.actor, line)
    require_reporter(request.actor, row.response, row.lead)
    form = WithdrawForm(sent(request), initial={"seen": row.pk})
    if accepted(form, _taking_back(request, row, form)):
        messages.success(request, _("It is off the map."))
        return redirect("responses:lines", row.response_id)
    context = {"form": form, "response": row.response, "row": row}
    return render(request, "responses/line-withdraw.html", context, status=422 if form.errors else 200)


def _taking_back(request: Request, row: ResponseActivity, form: WithdrawForm) -> Callable[[], None]:
    def act() -> None:
        if form.cleaned_data["seen"] != row.pk:
            message = _("Somebody changed this line while you were writing. Look at what it says now, then decide.")
            raise Conflict("edited_meanwhile", message=message)
        withdraw_activity(request.actor, row, now=timezone.now())

    return act
