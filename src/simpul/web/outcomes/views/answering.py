"""Saying what one thought of an event: no account, no name, a code that works once. Nothing of it stands in a log."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.queries.feedback import Behind, behind
from simpul.activities.services.feedback import give_feedback
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import NotFound
from simpul.kernel.time import local_date
from simpul.web.accounts.guards import private
from simpul.web.activities.entry import accepted
from simpul.web.activities.rows import event_rows
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import AnswerForm, CodeForm

SEND = "kirim"


@form_page
def answering(request: Request) -> HttpResponse:
    """The code typed, then the questions, then thanks: one address for all three, and the code in the body alone."""
    form = CodeForm(sent(request))
    found = _behind(form)
    if found is None:
        return private(render(request, "outcomes/code.html", {"form": form}, status=422 if form.errors else 200))
    return _questions(request, found, form.cleaned_data["code"], sends=request.POST.get("langkah") == SEND)


@require_safe
def opened(request: Request, code: str) -> HttpResponse:
    """By the link in a mail or the QR code on a slip. Looking uses nothing up: a preview of the link does no harm."""
    form = CodeForm({"code": code})
    found = _behind(form)
    if found is None:
        return private(render(request, "outcomes/code.html", {"form": form}, status=404))
    return _questions(request, found, code, sends=False)


def _behind(form: CodeForm) -> Behind | None:
    if not form.is_valid():
        return None
    try:
        return behind(form.cleaned_data["code"], now=timezone.now())
    except NotFound:
        form.add_error(
            "code", _("We know no such code. Compare it letter by letter; once the time is over it is deleted.")
        )
        return None


def _questions(request: Request, found: Behind, code: str, *, sends: bool) -> HttpResponse:
    context: dict[str, Any] = {**_about(found), "code": code}
    if found.is_spent or found.is_over:
        return private(render(request, "outcomes/shut.html", {**context, "spent": found.is_spent}, status=410))
    form = AnswerForm(request.POST if sends else None, questions=found.questions)
    # As nobody: whoever is signed in on this telephone is not asked, and not noted.
    said = lambda: give_feedback(Anonymous(), code, answers=form.cleaned_data, now=timezone.now())  # noqa: E731
    if sends and accepted(form, said):
        return private(render(request, "outcomes/thanks.html", context))
    return private(
        render(request, "outcomes/answer.html", {**context, "form": form}, status=422 if form.errors else 200)
    )


def _about(found: Behind) -> dict[str, Any]:
    event = found.form.event
    return {"event": event, "row": event_rows([event], local_date(timezone.now(), event.clock))[0]}
