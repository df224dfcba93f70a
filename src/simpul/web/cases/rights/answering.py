"""Answering: doing as asked, or saying that there is nothing that we can give; and what is handed over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.rights import RightsRequest, answers, disposes_of_all, request_for, said_to
from simpul.cases.queries.rights_copy import require_copy
from simpul.cases.rights_kinds import SATISFY, RequestKind
from simpul.cases.services.rights import grant_request, refuse_request
from simpul.cases.services.rights_copy import hand_over_copy
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.paper.locking import lock_pdf
from simpul.paper.sheets import print_sheet
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.forms import SentOnce
from simpul.web.cases.rights.forms import CopyForm, RefuseForm
from simpul.web.cases.rights.pages import form_about, pdf_response
from simpul.web.cases.rights.printing import answer_sheet, copy_sheet
from simpul.web.cases.rights.wording import consequences_of
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _answerable(request: Request, key: UUID, *, refusing: bool = False) -> RightsRequest:
    now = timezone.now()
    found = request_for(request.actor, key, now=now)
    does, says_no = answers(request.actor, found, now=now)
    if not (says_no if refusing else does):
        raise Denied(SATISFY, found.ref)
    return found


@signed_in
@form_page
def grant(request: Request, key: UUID) -> HttpResponse:
    """What it does, and what it can't reach, before it is done."""
    found, form = _answerable(request, key), SentOnce(sent(request))
    act = lambda: grant_request(request.actor, found, now=timezone.now())  # noqa: E731
    if request.method == "POST" and accepted(form, act):
        return private(redirect("rights:one", key))
    told = consequences_of(found, of_all=disposes_of_all(found))
    context = {"request_": found, "form": form, "told": told, "kind": RequestKind(found.kind).label}
    return private(render(request, "rights/grant.html", context, status=422 if form.errors else 200))


@signed_in
@form_page
def refuse(request: Request, key: UUID) -> HttpResponse:
    found, form = _answerable(request, key, refusing=True), RefuseForm(sent(request))
    return form_about(
        request,
        form,
        lambda: refuse_request(request.actor, found, **form.cleaned_data, now=timezone.now()),
        title=_("There is no data that we can give"),
        said=_("Answered. Show or print the answer; it is the same for everybody."),
        back=reverse("rights:one", args=[key]),
        lead=_("They read this sentence and nothing more, whether there is no file or it may not be told."),
        button=_("Give this answer"),
    )


@signed_in
@require_safe
def told(request: Request, key: UUID) -> HttpResponse:
    """What the person reads. Of the answer alone: no file is looked at, and no reason differs from another."""
    said, _group = _said(request, key)
    return private(render(request, "rights/told.html", {"said": said}))


@signed_in
@require_POST
def told_on_paper(request: Request, key: UUID) -> HttpResponse:
    """The same on paper."""
    said, group = _said(request, key)
    return pdf_response(print_sheet(answer_sheet(group, said, now=timezone.now())), "jawaban")


def _said(request: Request, key: UUID) -> tuple[str, Organisation]:
    found = request_for(request.actor, key, now=timezone.now())
    said = said_to(found)
    if said is None:
        raise NotFound("cases.rightsrequest", key)
    return str(said), found.owner_organisation


@signed_in
@form_page
def copy(request: Request, key: UUID) -> HttpResponse:
    """What is kept of them and who used it, on paper or as a file with a password. It can't be called back."""
    found, form = _answerable(request, key), CopyForm(sent(request))
    require_copy(request.actor, found, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = hand_over_copy(request.actor, found, with_story=given["with_story"], now=timezone.now())
        pdf = print_sheet(copy_sheet(made, now=timezone.now()))
        return pdf_response(lock_pdf(pdf, given["password"]) if given["password"] else pdf, "salinan")
    context = {"form": form, "request_": found}
    return private(render(request, "rights/copy.html", context, status=422 if form.errors else 200))
