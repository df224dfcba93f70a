"""Consultations: the list, one question with its voices and its answer, and keeping it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.kinds import Visibility
from simpul.activities.models import Consultation
from simpul.activities.queries.consultations import (
    by_urgency,
    consultation_for,
    consultations_for,
    meetings_of,
)
from simpul.activities.queries.events import Narrowing, event_for, events_for
from simpul.activities.rules.consultations import may_keep_consultation, require_consultation_keeper
from simpul.activities.services.consultations import (
    add_consultation_meeting,
    ask_question,
    change_consultation,
    give_answer,
    hear_voice,
    publish_consultation,
)
from simpul.activities.states import MANAGE
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, asked
from simpul.web.activities.keeping import hosts_of
from simpul.web.activities.rows import said
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.learning.consultations import rows_of, shown
from simpul.web.learning.forms.consultations import AnswerForm, MeetingForm, QuestionForm, question_of
from simpul.web.learning.forms.results import VoiceForm

PAGE: Final = "learning:consultation"
MOST: Final = 60


@require_safe
def index(request: Request) -> HttpResponse:
    """What waits for an answer comes first."""
    today = local_date(timezone.now(), Zone.WIB)
    rows = list(by_urgency(consultations_for(request.actor), today)[:MOST])
    context = {"rows": rows_of(rows, today), "may_ask": request.actor.may(MANAGE)}
    return render(request, "learning/consultations.html", context)


@require_safe
def consultation(request: Request, key: UUID) -> HttpResponse:
    row = consultation_for(request.actor, key)
    context = {
        "row": row,
        "keeps": may_keep_consultation(request.actor, row),
        "hidden": row.owner_organisation.in_safety_mode,
        **shown(request.actor, row, local_date(timezone.now(), Zone.WIB)),
    }
    return render(request, "learning/consultation.html", context)


def _kept(request: Request, key: UUID) -> Consultation:
    row = consultation_for(request.actor, key)
    require_consultation_keeper(request.actor, row)
    return row


def _up(row: Consultation) -> dict[str, str]:
    return {"up": reverse(PAGE, args=[row.pk]), "up_named": str(row)}


@signed_in
@form_page
def ask(request: Request) -> HttpResponse:
    hosts = {str(one.pk): one for one in hosts_of(request.actor)}
    if not hosts:
        raise Denied(MANAGE)
    initial = {**_usual(), "organisation": next(iter(hosts))}
    form = QuestionForm(sent(request), initial=initial, hosts={key: one.name for key, one in hosts.items()})
    made: list[Consultation] = []

    act = lambda: made.append(_asked(request, hosts, form))  # noqa: E731
    if accepted(form, act):
        messages.success(request, _("It is a draft: only you see it. Look it over, then publish it."))
        return redirect(PAGE, made[0].pk)
    up = {"up": reverse("learning:consultations"), "up_named": _("Consultations")}
    context = {"form": form, "title": _("Ask a question"), **up}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _asked(request: Request, hosts: Mapping[str, Organisation], form: QuestionForm) -> Consultation:
    host, key = hosts[form.cleaned_data["organisation"]], form.cleaned_data["key"]
    return ask_question(request.actor, host, id=key, now=timezone.now(), **form.said())


def _usual() -> dict[str, Any]:
    return {"key": uuid7(), "visibility": Visibility.PUBLIC.value, "opens_on": local_date(timezone.now(), Zone.WIB)}


@signed_in
@form_page
def change(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, key)
    form = QuestionForm(sent(request), initial=question_of(row))

    def act() -> None:
        seen = form.cleaned_data["version"] or 0
        change_consultation(request.actor, row, seen=seen, now=timezone.now(), **form.said())

    return asked(
        request, form, act, title=_("Change the question"), said=_("Saved."), back=PAGE, to=[row.pk], **_up(row)
    )


@signed_in
@require_POST
def publish(request: Request, key: UUID) -> HttpResponse:
    publish_consultation(request.actor, consultation_for(request.actor, key), now=timezone.now())
    messages.success(request, _("Published: those it is for can read it now."))
    return redirect(PAGE, key)


@signed_in
@form_page
def meeting(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, key)
    events = events_for(request.actor).filter(Narrowing(organisation=row.owner_organisation_id).as_q())
    rows = events.filter(cancelled_at=None).order_by("-starts_at", "-id")[:MOST]
    language = get_language() or "id"
    form = MeetingForm(sent(request), events={str(e.pk): f"{e.starts_on}: {said(e.title, language)}" for e in rows})

    def act() -> None:
        event = event_for(request.actor, UUID(form.cleaned_data["event"]))
        add_consultation_meeting(request.actor, row, event=event, now=timezone.now())

    return asked(
        request, form, act, title=_("A meeting at which it is asked"), said=_("Added."), back=PAGE, to=[row.pk],
        **_up(row),
    )  # fmt: skip


@signed_in
@form_page
def voice(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, key)
    events = {str(e.pk): e for e in meetings_of(request.actor, row)}
    named = {key: said(e.title, get_language() or "id") for key, e in events.items()}
    form = VoiceForm(sent(request), initial={"key": uuid7()}, events=named)

    def act() -> None:
        given = dict(form.cleaned_data)
        own, event = given.pop("key"), events.get(given.pop("event", ""))
        hear_voice(request.actor, row, event=event, id=own, now=timezone.now(), **given)

    return asked(request, form, act, title=_("A voice"), said=_("Noted."), back=PAGE, to=[row.pk], **_up(row))


@signed_in
@form_page
def answer(request: Request, key: UUID) -> HttpResponse:
    row = _kept(request, key)
    initial = {"key": uuid7(), "answered_by": row.asked, "answered_on": local_date(timezone.now(), Zone.WIB)}
    form = AnswerForm(sent(request), initial=initial)
    act = lambda: give_answer(request.actor, row, now=timezone.now(), **form.said())  # noqa: E731
    return asked(
        request, form, act, title=_("The answer"), said=_("Given back: it stands first on the page."), back=PAGE,
        to=[row.pk], lead=said(row.question, get_language() or "id"), **_up(row),
    )  # fmt: skip
