"""The organiser's own questions of an event."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.answers import questions_of
from simpul.activities.models import EventQuestion
from simpul.activities.rules.events import require_manager
from simpul.activities.services.questions import add_question, remove_question
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked, kept_event, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.inviting.forms import QuestionForm

PAGE = "inviting:questions"


@signed_in
@require_safe
def questions(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    return render(request, "inviting/questions.html", {"event": found, "questions": questions_of(found)})


@signed_in
@form_page
def question_new(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    form = QuestionForm(sent(request), initial={"key": uuid7(), "kind": "text"})
    act = lambda: add_question(request.actor, found, **form.said(), now=timezone.now())  # noqa: E731
    up = reverse(PAGE, args=[found.pk])
    return asked(
        request, form, act, title=_("A question of your own"), said=_("Added: it stands on the form now."), back=PAGE,
        to=[found.pk], up=up, up_named=_("Questions of your own"), action=_("Add it"),
    )  # fmt: skip


@signed_in
@require_POST
def question_removed(request: Request, question_id: UUID) -> HttpResponse:
    row = EventQuestion.objects.filter(pk=question_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.eventquestion", question_id)
    require_manager(request.actor, row.event)
    act = lambda: remove_question(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("It is asked no more."), back=PAGE, to=[row.event_id])
