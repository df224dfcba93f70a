"""The letter as an officer with an account opens it, and what both kinds of office do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.queries.referrals import (
    Referral,
    history_of,
    letter_for_office,
    letters_for_office,
    unanswered_letters,
)
from simpul.cases.referral_life import ANSWER, ReferralStage
from simpul.cases.referral_secrets import Bearer
from simpul.cases.services.referral_answers import answer_referral, note_opened
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.referral.forms import AnswerForm
from simpul.web.cases.referral.panels import TONES, events, shared_rows, tasks
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

SHOWN = 100


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponse:
    """What is with one's own office, the longest waiting first; `?yang=menunggu`: what has no yes or no yet."""
    if not request.actor.may(ANSWER):
        raise Denied(ANSWER)
    unanswered = request.GET.get("yang") == "menunggu"
    rows = (unanswered_letters if unanswered else letters_for_office)(request.actor, now=timezone.now())
    found = tasks(rows[:SHOWN], lambda row: reverse("referral:office", args=[row.pk]))
    return private(render(request, "referral/inbox.html", {"tasks": found, "unanswered": unanswered}))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: Request, key: UUID) -> HttpResponse:
    found = letter_for_office(request.actor, key, now=timezone.now())
    form = answer_form(request, found)
    if answered(request.actor, found, form):
        messages.success(request, _("Your answer is with the group."))
        found.refresh_from_db()
        return private(redirect("referral:office", key) if found.is_live else redirect("referral:inbox"))
    note_opened(request.actor, found, now=timezone.now())
    return letter_page(request, found, form)


def answer_form(request: Request, found: Referral) -> AnswerForm:
    return AnswerForm(sent(request), stage=found.stage, initial={"key": uuid7()})


def answered(actor: Actor, found: Referral, form: AnswerForm, *, bearer: Bearer | None = None) -> bool:
    """Whether the form was sent and taken; what was refused stands in it, with everything typed kept."""
    if not form.is_bound:
        return False
    return accepted(form, lambda: _answer(actor, found, form, bearer))


def _answer(actor: Actor, found: Referral, form: AnswerForm, bearer: Bearer | None) -> object:
    data = form.cleaned_data
    return answer_referral(
        actor, found, act=data["act"], words=data["words"], bearer=bearer, id=data["key"], now=timezone.now()
    )


def letter_page(request: Request, found: Referral, form: AnswerForm) -> HttpResponse:
    """What was asked, what may be seen, what was said, and the answers that are possible now."""
    zone = found.case.area.zone
    context = {
        "referral": found,
        "stage": ReferralStage(found.stage).label,
        "tone": TONES[found.stage],
        "request_words": found.request.open(),
        "rows": shared_rows(found.shared.open() if found.shared else {}),
        "events": events(history_of(found), zone, named=False),
        "form": form,
    }
    return private(render(request, "referral/letter.html", context, status=422 if form.errors else 200))
