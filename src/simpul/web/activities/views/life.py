"""What becomes of an event: announced, moved, called off, held, closed; and held again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import Event
from simpul.activities.services.events import clone_event
from simpul.activities.services.life import (
    cancel_event,
    close_event,
    hold_event,
    publish_event,
    reopen_event,
    reschedule_event,
)
from simpul.activities.states import Act, EventState
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, asked, kept_event
from simpul.web.activities.forms.events import AgainForm, MoveForm, ReasonForm
from simpul.web.activities.forms.times import at, times_of
from simpul.web.activities.manage import STEPS
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request

_ACTS = {word: act for act, word in STEPS.items()}


@signed_in
@form_page
def step(request: Request, event_id: UUID, step: str) -> HttpResponse:
    """Each step on a page of its own that says what it does before it is done."""
    if step not in _ACTS:
        raise Http404
    found = kept_event(request, event_id)
    act = _ACTS[step]
    form = _form(request, found, act)
    up = reverse("activities:manage", args=[found.pk])
    return asked(
        request, form, lambda: _done(request, found, act, form, timezone.now()), said=_said(act),
        back="activities:manage", to=[found.pk], up=up, up_named=str(found), danger=act is Act.CANCEL, **_words(act),
    )  # fmt: skip


def _form(request: Request, found: Event, act: Act) -> forms.Form:
    data = sent(request)
    if act is Act.RESCHEDULE:
        form = MoveForm(data, initial=times_of(found.starts_at, found.ends_at, found.clock))
        form.fields["reason"].required = found.state is not EventState.DRAFT
        return form
    return ReasonForm(data) if act in {Act.CANCEL, Act.REOPEN} else forms.Form(data)


def _done(request: Request, found: Event, act: Act, form: forms.Form, now: datetime) -> object:
    actor, reason = request.actor, form.cleaned_data.get("reason", "")
    if isinstance(form, MoveForm):
        return reschedule_event(actor, found, reason=reason, now=now, **form.times())
    if act is Act.CANCEL:
        return cancel_event(actor, found, reason=reason, now=now)
    if act is Act.REOPEN:
        return reopen_event(actor, found, reason=reason, now=now)
    plain: dict[Act, Callable[..., Event]] = {
        Act.PUBLISH: publish_event,
        Act.HOLD: hold_event,
        Act.CLOSE: close_event,
    }
    return plain[act](actor, found, now=now)


def _said(act: Act) -> str:
    return {
        Act.PUBLISH: _("It is announced. Share the page where people will read it."),
        Act.RESCHEDULE: _("Moved. Who registered is told, and calendars that subscribed move it by themselves."),
        Act.CANCEL: _("Called off. Who registered is told why, and it stays in the calendar as called off."),
        Act.HOLD: _("Noted: it was held. Attendance can still be added."),
        Act.CLOSE: _("Closed. Nothing more is noted of it."),
        Act.REOPEN: _("Open again."),
    }[act]


def _words(act: Act) -> dict[str, Any]:
    title, lead, action = {
        Act.PUBLISH: (
            _("Announce it?"),
            _("From now on it stands in the calendar, and whoever may see it can register."),
            _("Announce it"),
        ),
        Act.RESCHEDULE: (
            _("Move it to another time"),
            _("Its sessions move along. The former time stays readable on its page."),
            _("Move it"),
        ),
        Act.CANCEL: (
            _("Call it off?"),
            _("It stays in the calendar as called off, with the reason, so that nobody comes for nothing."),
            _("Call it off"),
        ),
        Act.HOLD: (_("Was it held?"), _("It then counts as held, whoever came."), _("It was held")),
        Act.CLOSE: (
            _("Close it?"),
            _("When attendance is complete and materials are there. It can be opened again, with a reason."),
            _("Close it"),
        ),
        Act.REOPEN: (_("Open it again?"), "", _("Open it again")),
    }[act]
    return {"title": title, "lead": lead, "action": action}


@signed_in
@form_page
def again(request: Request, event_id: UUID) -> HttpResponse:
    """A draft of the same on another day: its programme, and nobody of it."""
    found = kept_event(request, event_id)
    form = AgainForm(sent(request), initial={"key": uuid7(), "begins": found.local_start.time()})
    made: list[Event] = []
    if accepted(form, lambda: made.append(_cloned(request, found, form))):
        messages.success(request, _("A draft like it. Look it over, then announce it."))
        return redirect("activities:manage", made[0].pk)
    context = {"form": form, "up_named": str(found), "up": reverse("activities:manage", args=[found.pk]), **_copying()}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _cloned(request: Request, found: Event, form: AgainForm) -> Event:
    given = form.cleaned_data
    starts_at = at(given["day"], given["begins"], found.clock)
    return clone_event(request.actor, found, starts_at=starts_at, id=given["key"], now=timezone.now())


def _copying() -> dict[str, str]:
    lead = _("Texts, sessions and seats are taken over; people, files and the link to the meeting are not.")
    return {"title": _("Hold it again"), "lead": lead, "action": _("Make a draft")}
