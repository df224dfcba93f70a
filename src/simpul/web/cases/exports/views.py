"""Taking the register out: asked for, waited for, collected by whoever asked, called back while nobody has it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.export_kinds import AT_ONCE, EXPORT, UNMASK, Part, Standing
from simpul.cases.queries.exports import CaseExport, export_for, exports_for, seen_in
from simpul.cases.services.exports import collect_export, prepare_export, recall_export, request_export
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.pages import key_after
from simpul.web.cases.exports.forms import ExportForm
from simpul.web.cases.exports.panels import TONES, part_words, rows_of
from simpul.web.cases.exports.tasks import make_export
from simpul.web.cases.tickets.pages import Groups, choices_of
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

PAGE = 30
REFRESH = "3"  # seconds


@signed_in
@require_safe
def listing(request: Request) -> HttpResponse:
    """Who took out what and why."""
    _groups(request)
    found = list(exports_for(request.actor, now=timezone.now(), after=key_after(request, "sebelum"))[: PAGE + 1])
    older = f"?sebelum={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    shown = [(row, part_words(Part.of(row.part)), TONES[row.standing]) for row in found[:PAGE]]
    return private(render(request, "register/list.html", {"rows": shown, "older": older}))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A password that was made is shown in the answer to the form, and nowhere else ever."""
    groups, now = _groups(request), timezone.now()
    form = ExportForm(choices_of(groups), sent(request), may_unmask=request.actor.may(UNMASK))
    made: list[CaseExport] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_asked(request, form, groups, now))):
        # Sent twice, it is the first one's password that opens the file, and that was shown.
        context = {"export": made[0], "password": form.made, "fresh": made[0].is_new}
        return private(render(request, "register/made.html", context))
    return private(render(request, "register/new.html", {"form": form}, status=422 if form.errors else 200))


@signed_in
@require_safe
def one(request: Request, export_id: UUID) -> HttpResponse:
    found = export_for(request.actor, export_id, now=timezone.now())
    seen, erased = seen_in(request.actor, found, now=timezone.now())
    context = {
        "export": found,
        "rows": rows_of(found, seen),
        "tone": TONES[found.standing],
        "erased": erased,
        "own": found.asked_by_id == request.actor.person_id,
        "work": getattr(found, "work", None),
    }
    page = private(render(request, "register/one.html", context))
    if found.standing is Standing.MAKING:
        page.headers["Refresh"] = REFRESH
    return page


@signed_in
@require_POST
def collect(request: Request, export_id: UUID) -> HttpResponse:
    """The file's name says nothing: it lies in a folder that anybody opens."""
    now = timezone.now()
    found = export_for(request.actor, export_id, now=now)
    data = collect_export(request.actor, found, now=now)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{uuid7().hex[-8:]}.{found.kind}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return private(answer)


@signed_in
@require_POST
def go_on(request: Request, export_id: UUID) -> HttpResponse:
    """For a file whose making stopped: begun once more, made once."""
    found = export_for(request.actor, export_id, now=timezone.now())
    if found.standing is Standing.MAKING and found.asked_by_id == request.actor.person_id:
        _enqueue(request, found)
    return redirect("register:one", found.pk)


@signed_in
@require_POST
def recall(request: Request, export_id: UUID) -> HttpResponse:
    now = timezone.now()
    recall_export(request.actor, export_for(request.actor, export_id, now=now), now=now)
    messages.success(request, _("Called back. Nobody can collect it any more."))
    return redirect("register:one", export_id)


def _asked(request: Request, form: ExportForm, groups: Groups, now: datetime) -> CaseExport:
    told = form.given()
    asked = request_export(request.actor, groups[told.pop("group")], **told, now=now)
    begun = _begun(request, asked)
    begun.is_new = asked.is_new
    return begun


def _begun(request: Request, export: CaseExport) -> CaseExport:
    """A short one is made while one waits; a long one is the worker's.

    Where making it fails now it can be set going again: the password that was made for it has to be shown all the same.
    """
    work = getattr(CaseExport.objects.select_related("work").get(pk=export.pk), "work", None)
    if work is None:
        return export
    if work.total > AT_ONCE:
        _enqueue(request, export)
        return export
    try:
        return prepare_export(request.actor, export, now=timezone.now())
    except Conflict:
        return export


def _enqueue(request: Request, export: CaseExport) -> None:
    asked = (str(export.pk), str(request.actor.user_id), get_language() or "id")
    transaction.on_commit(lambda: make_export.enqueue(*asked))


def _groups(request: Request) -> Groups:
    """The groups whose register one may take out. Denied("case.export") for whoever may take out none."""
    rows = Organisation.objects.filter(pk__in=request.actor.scope(EXPORT).organisations())
    groups = {str(row.pk): row for row in rows.order_by("sort_key", "id")}
    if not groups:
        raise Denied(EXPORT)
    return groups
