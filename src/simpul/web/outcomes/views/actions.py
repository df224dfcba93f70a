"""Action points: of an event, one's own, one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.models import ActionPoint, Event
from simpul.activities.queries.actions import action_for, actions_of, brought_for, kept_actions, own_actions
from simpul.activities.rules.events import may_manage
from simpul.activities.services.actions import add_action, change_action, drop_action, finish_action
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import asked, kept_event
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import ActionChangeForm, ActionForm, FinishForm, WhyForm
from simpul.web.outcomes.owners import named_owner, owners_of
from simpul.web.outcomes.promised import MOST, action_rows

PAGE, ONE = "outcomes:actions", "outcomes:action"


@signed_in
@require_safe
def own(request: Request) -> HttpResponse:
    """What one promised, then what one follows as an organiser; the next due first."""
    mine = list(own_actions(request.actor)[:MOST])
    others = kept_actions(request.actor).exclude(pk__in=[row.pk for row in mine])[:MOST]
    now = timezone.now()
    context = {"mine": action_rows(mine, now), "others": action_rows(others, now)}
    return private(render(request, "outcomes/own-actions.html", context))


@signed_in
@require_safe
def of_event(request: Request, event_id: UUID) -> HttpResponse:
    """What was agreed here, under what earlier meetings of the series left open."""
    found = kept_event(request, event_id)
    now = timezone.now()
    context = {
        "event": found,
        "rows": action_rows(actions_of(request.actor, found), now),
        "brought": action_rows(brought_for(request.actor, found)[:MOST], now),
    }
    return private(render(request, "outcomes/actions.html", context))


@signed_in
@form_page
def add(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    form = ActionForm(sent(request), initial={"key": uuid7()}, owners=owners_of(request.actor, found))
    up = reverse(PAGE, args=[found.pk])
    return asked(
        request, form, lambda: _added(request, found, form), title=_("A new action point"), up=up,
        said=_("Written down. Its owner is told, and it stays until it is done."), back=PAGE, to=[found.pk],
        up_named=_("Action points"), action=_("Write it down"),
    )  # fmt: skip


def _added(request: Request, found: Event, form: ActionForm) -> ActionPoint:
    given = form.cleaned_data
    whose = named_owner(request.actor, given["owner"])
    return add_action(
        request.actor, found, id=given["key"], words=given["words"], due_on=given["due_on"],
        owner_name=given["owner_name"], now=timezone.now(), **whose,
    )  # fmt: skip


@signed_in
@require_safe
def action(request: Request, action_id: UUID) -> HttpResponse:
    found = action_for(request.actor, action_id)
    (row,) = action_rows([found], timezone.now())
    context = {"row": row, "point": found, "keeps": may_manage(request.actor, found.event)}
    return private(render(request, "outcomes/action.html", context))


@signed_in
@form_page
def change(request: Request, action_id: UUID) -> HttpResponse:
    found = _kept(request, action_id)
    initial = {"words": found.words, "due_on": found.due_on, "seen": found.version}
    form = ActionChangeForm(sent(request), initial=initial)
    act = lambda: change_action(request.actor, found, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return asked(request, form, act, title=_("Change or move it"), said=_("Saved."), **_ways(found))


@signed_in
@form_page
def finish(request: Request, action_id: UUID) -> HttpResponse:
    found = action_for(request.actor, action_id)
    form = FinishForm(sent(request))
    act = lambda: finish_action(  # noqa: E731
        request.actor, found, outcome=form.cleaned_data["outcome"], now=timezone.now()
    )
    return asked(
        request, form, act, title=_("It is done"), said=_("Done. Thank you."), action=_("It is done"), lead=found.words,
        **_ways(found),
    )  # fmt: skip


@signed_in
@form_page
def drop(request: Request, action_id: UUID) -> HttpResponse:
    found = _kept(request, action_id)
    form = WhyForm(sent(request))
    act = lambda: drop_action(  # noqa: E731
        request.actor, found, reason=form.cleaned_data["reason"], now=timezone.now()
    )
    return asked(
        request, form, act, title=_("It is not done any more"), said=_("Dropped; the reason is kept."), danger=True,
        action=_("Drop it"), lead=found.words, **_ways(found),
    )  # fmt: skip


def _kept(request: Request, action_id: UUID) -> ActionPoint:
    """NotFound out of sight, Denied("event.manage") for an owner who doesn't keep the event."""
    found = action_for(request.actor, action_id)
    if not may_manage(request.actor, found.event):
        raise Denied("event.manage", found.ref)
    return found


def _ways(found: ActionPoint) -> dict[str, Any]:
    up = reverse(ONE, args=[found.pk])
    return {"back": ONE, "to": [found.pk], "up": up, "up_named": _("Action point")}
