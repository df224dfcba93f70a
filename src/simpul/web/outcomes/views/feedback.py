"""Asking those who came, how far it has come, and what they said."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.models import Event, FeedbackForm
from simpul.activities.queries.attendance import tally
from simpul.activities.queries.feedback import feedback_of, results_for, slips_of
from simpul.activities.services.feedback import close_feedback, open_feedback
from simpul.kernel.errors import NotFound
from simpul.paper.slips import print_slips
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, kept_event, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import FeedbackOpenForm
from simpul.web.outcomes.printing import slips_to_print
from simpul.web.outcomes.results import answers_told

PAGE = "outcomes:feedback"


@signed_in
@form_page
def feedback(request: Request, event_id: UUID) -> HttpResponse:
    """First what to ask; while it is open how many answered; afterwards what they said."""
    found = kept_event(request, event_id)
    if form := feedback_of(found):
        form.event = found
        return _shown(request, found, form)
    asked = FeedbackOpenForm(sent(request))
    act = lambda: open_feedback(request.actor, found, now=timezone.now(), **asked.cleaned_data)  # noqa: E731
    if request.method == "POST" and accepted(asked, act):
        messages.success(
            request, _("The questions are open. Mails go out within a minute; print the slips for the rest.")
        )
        return redirect(PAGE, found.pk)
    context = {"event": found, "form": asked, "people": tally(found).people}
    return private(render(request, "outcomes/feedback-new.html", context, status=422 if asked.errors else 200))


def _shown(request: Request, found: Event, form: FeedbackForm) -> HttpResponse:
    results = results_for(request.actor, form, now=timezone.now())
    context: dict[str, Any] = {
        "event": found, "feedback": form, "results": results, "answers": answers_told(results),
        "letters": form.codes - form.mails - form.slips, "address": f"{settings.SITE}{reverse('outcomes:answer')}",
    }  # fmt: skip
    return private(render(request, "outcomes/feedback.html", context))


def _form(request: Request, event_id: UUID) -> FeedbackForm:
    found = kept_event(request, event_id)
    form = feedback_of(found)
    if form is None:
        raise NotFound("activities.feedbackform", event_id)
    form.event = found
    return form


@signed_in
@require_POST
def close(request: Request, event_id: UUID) -> HttpResponse:
    form = _form(request, event_id)
    act = lambda: close_feedback(request.actor, form, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Closed. No more answers are taken."), back=PAGE, to=[event_id])


@signed_in
@require_safe
def slips(request: Request, event_id: UUID) -> HttpResponse:
    """To be cut apart and drawn from a hat: who has which nobody knows."""
    form = _form(request, event_id)
    codes = slips_of(request.actor, form)
    if not codes:
        raise NotFound("activities.feedbackform", event_id)
    response = HttpResponse(print_slips(slips_to_print(form.event, codes)), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="kartu-tanggapan.pdf"'
    return private(response)
