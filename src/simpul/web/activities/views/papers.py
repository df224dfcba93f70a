"""Materials, minutes, pictures and signed sheets of an event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.kinds import Visibility
from simpul.documents.models import RemovalReason
from simpul.documents.queries import kept_document
from simpul.documents.services.keeping import add_document, remove_document
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked, kept_event
from simpul.web.activities.forms.papers import EventPaperForm
from simpul.web.activities.panels import papers_of
from simpul.web.activities.views.organising import form_page
from simpul.web.documents.uploads import sealed_uploads
from simpul.web.editing.entry import sent
from simpul.web.http import Request

PAGE = "activities:papers"


@signed_in
@require_safe
def papers(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    return render(request, "activities/papers.html", {"event": found, "papers": papers_of(request.actor, found)})


@signed_in
@form_page
@sealed_uploads
def add(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    initial = {"key": uuid7(), "audience": Visibility.PUBLIC.value, "kind": "material"}
    form = EventPaperForm(sent(request), request.FILES or None, actor=request.actor, initial=initial)

    def act() -> None:
        given = dict(form.cleaned_data)
        key, file = given.pop("key"), given.pop("file")
        add_document(request.actor, found.ref, id=key, upload=file, now=timezone.now(), **given)

    return asked(
        request, form, act, title=_("Add a file"), said=_("The file is kept."), back=PAGE, to=[found.pk],
        up=reverse(PAGE, args=[found.pk]), up_named=_("Materials and minutes"), multipart=True,
        action=_("Keep this file"),
    )  # fmt: skip


@signed_in
@require_POST
def remove(request: Request, event_id: UUID, document_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    document = kept_document(request.actor, document_id)
    if document.subject != found.ref:
        raise NotFound("documents.document", document_id)
    remove_document(request.actor, document, reason=RemovalReason.MISTAKE, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect(PAGE, found.pk)
