"""The papers of an organisation: on its profile for who may see them, behind /kelola/ for who keeps them."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.documents.models import Document
from simpul.documents.queries import kept_document
from simpul.documents.services.keeping import add_document, describe_document, remove_document, replace_document
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import may
from simpul.web.accounts.guards import signed_in
from simpul.web.documents.forms import DescribeForm, PaperForm, RemoveForm, VersionForm
from simpul.web.documents.panels import papers_of
from simpul.web.documents.uploads import sealed_uploads
from simpul.web.editing.entry import EDIT, accepted, entry, sent
from simpul.web.http import Request
from simpul.web.organisations.panels import organisation_with_vouching
from simpul.web.organisations.views.profiles import tabs

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def shown(request: Request, organisation_id: UUID) -> HttpResponse:
    """What this reader sees of them."""
    day = _today()
    found, activity, _vouching = organisation_with_vouching(request.actor, organisation_id, day)
    context = {
        "organisation": found,
        "tabs": tabs(found),
        "activity": activity,
        "papers": papers_of(request.actor, found),
        "may_keep": request.user.is_authenticated and may(request.actor, EDIT, found),
    }
    return render(request, "documents/shown.html", context)


def _today() -> date:
    return local_date(timezone.now(), Zone.WIB)


@signed_in
@require_safe
def kept(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    return render(request, "documents/kept.html", {"row": row, "papers": papers_of(request.actor, row)})


@signed_in
@require_http_methods(METHODS)
@sealed_uploads
def add(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    initial = {"key": uuid7(), "audience": "public"}
    form = PaperForm(sent(request), request.FILES or None, actor=request.actor, initial=initial)
    if accepted(form, lambda: _added(request, row, form)):
        return _back(request, row, _("The document is kept. Who may open it finds it on the profile."))
    return _page(request, "add", form, row)


def _added(request: Request, row: Organisation, form: PaperForm) -> Document:
    given = dict(form.cleaned_data)
    key, file = given.pop("key"), given.pop("file")
    return add_document(request.actor, row.ref, id=key, upload=file, now=timezone.now(), **given)


@signed_in
@require_http_methods(METHODS)
@sealed_uploads
def replace(request: Request, document_id: UUID) -> HttpResponse:
    document, row = _kept(request, document_id)
    form = VersionForm(sent(request), request.FILES or None, actor=request.actor, initial={"key": uuid7()})

    def write() -> object:
        key, file = form.cleaned_data["key"], form.cleaned_data["file"]
        return replace_document(request.actor, document, id=key, upload=file, now=timezone.now())

    if accepted(form, write):
        return _back(request, row, _("The new version is shown from now on. You still find the earlier one here."))
    return _page(request, "replace", form, row, document)


@signed_in
@require_http_methods(METHODS)
def describe(request: Request, document_id: UUID) -> HttpResponse:
    document, row = _kept(request, document_id)
    form = DescribeForm(sent(request), initial=DescribeForm.values_of(document))

    def write() -> object:
        given = dict(form.cleaned_data)
        return describe_document(request.actor, document, seen_version=given.pop("version"), **given)

    if accepted(form, write):
        return _back(request, row, _("Saved."))
    return _page(request, "describe", form, row, document)


@signed_in
@require_http_methods(METHODS)
def remove(request: Request, document_id: UUID) -> HttpResponse:
    document, row = _kept(request, document_id)
    form = RemoveForm(sent(request))

    def write() -> None:
        remove_document(request.actor, document, reason=form.cleaned_data["reason"], now=timezone.now())

    if accepted(form, write):
        return _back(request, row, _("The document and all its versions are destroyed."))
    return _page(request, "remove", form, row, document)


def _kept(request: Request, document_id: UUID) -> tuple[Document, Organisation]:
    """A document of an organisation; those of other records are kept elsewhere, and answer as none."""
    document = kept_document(request.actor, document_id)
    return document, organisation_for(request.actor, document.subject_id)


def _page(
    request: Request, name: str, form: forms.Form, row: Organisation, document: Document | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "row": row}
    if document is not None:
        context["title"] = document.title.open() if document.title else ""
    return render(request, f"documents/{name}.html", context, status=422 if form.errors else 200)


def _back(request: Request, row: Organisation, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("documents:keep", row.pk)
