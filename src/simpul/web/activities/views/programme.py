"""Sessions, points, and who does what."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.models import Contribution, Event, ProgrammeItem, Session
from simpul.activities.queries.events import co_hosts_of, contributors_of, coverage_of, sessions_of
from simpul.activities.services.programme import (
    add_contribution,
    add_item,
    add_session,
    change_session,
    remove_contribution,
    remove_item,
    remove_session,
)
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked, kept_event, pressed
from simpul.web.activities.forms.programme import ItemForm, SessionForm, VoiceForm
from simpul.web.activities.forms.times import times_of
from simpul.web.activities.views.organising import form_page
from simpul.web.activities.when import when
from simpul.web.editing.entry import sent
from simpul.web.editing.fields import out_of_two
from simpul.web.http import Request

PAGE = "activities:programme"


@signed_in
@require_safe
def programme(request: Request, event_id: UUID) -> HttpResponse:
    """All of it, names included: this is for those who organise it."""
    found = kept_event(request, event_id)
    co_hosts = co_hosts_of(request.actor, found, keeps=True)
    context = {"event": found, "co_hosts": co_hosts, "coverage": coverage_of(found), **_programme(found)}
    return render(request, "activities/programme.html", context)


def _programme(found: Event) -> dict[str, Any]:
    """Each session with when it is and its points, each point with who does what; and the voices of the whole."""
    voices: dict[UUID | None, list[Any]] = {}
    for row in contributors_of(found, keeps=True):
        voices.setdefault(row.item_id, []).append(row)
    sessions = []
    for session in sessions_of(found):
        points = [(item, voices.get(item.pk, [])) for item in session.items.all()]
        sessions.append((session, when(session.starts_at, session.ends_at, found.clock), points))
    return {"sessions": sessions, "voices": voices.get(None, [])}


def up_to(event: Event) -> dict[str, str]:
    return {"up": reverse(PAGE, args=[event.pk]), "up_named": _("Programme and people in it")}


@signed_in
@form_page
def session_new(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    form = SessionForm(sent(request), initial=times_of(found.starts_at, found.ends_at, found.clock))
    act = lambda: add_session(request.actor, found, now=timezone.now(), **form.said())  # noqa: E731
    return asked(request, form, act, title=_("A session"), said=_("Added."), back=PAGE, to=[found.pk], **up_to(found))


@signed_in
@form_page
def session_change(request: Request, session_id: UUID) -> HttpResponse:
    row = of_mine(request, Session.objects.filter(pk=session_id).first())
    first = {
        **times_of(row.starts_at, row.ends_at, row.event.clock),
        **out_of_two(row.title, "title"),
        "track": row.track,
    }
    form = SessionForm(sent(request), initial=first)
    act = lambda: change_session(request.actor, row, now=timezone.now(), **form.said())  # noqa: E731
    return asked(
        request, form, act, title=_("A session"), said=_("Saved."), back=PAGE, to=[row.event_id], **up_to(row.event)
    )


def of_mine(request: Request, row: Any) -> Any:
    """The same, its event at hand and kept by the actor; a foreign one answers as one that is not there."""
    if row is None:
        raise NotFound("activities.event")
    row.event = kept_event(request, row.event_id)
    return row


@signed_in
@require_POST
def session_remove(request: Request, session_id: UUID) -> HttpResponse:
    row = of_mine(request, Session.objects.filter(pk=session_id).first())
    act = lambda: remove_session(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=PAGE, to=[row.event_id])


@signed_in
@form_page
def item_new(request: Request, session_id: UUID) -> HttpResponse:
    row = of_mine(request, Session.objects.filter(pk=session_id).first())
    form = ItemForm(sent(request))
    act = lambda: add_item(request.actor, row, now=timezone.now(), **form.said())  # noqa: E731
    return asked(
        request, form, act, title=_("A point of the programme"), said=_("Added."), back=PAGE, to=[row.event_id],
        **up_to(row.event),
    )  # fmt: skip


@signed_in
@require_POST
def item_remove(request: Request, item_id: UUID) -> HttpResponse:
    item = ProgrammeItem.objects.filter(pk=item_id).select_related("session").first()
    if item is None:
        raise NotFound("activities.event")
    item.session.event = kept_event(request, item.session.event_id)
    act = lambda: remove_item(request.actor, item, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=PAGE, to=[item.session.event_id])


@signed_in
@form_page
def voice_new(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    items = {str(item.pk): item for row in sessions_of(found) for item in row.items.all()}
    form = VoiceForm(sent(request), items={key: str(item.title) for key, item in items.items()})

    def act() -> None:
        given = dict(form.cleaned_data)
        item = items.get(given.pop("item"))
        add_contribution(request.actor, found, item=item, now=timezone.now(), **given)

    return asked(
        request, form, act, title=_("Somebody in the programme"), said=_("Added."), back=PAGE, to=[found.pk],
        **up_to(found),
    )  # fmt: skip


@signed_in
@require_POST
def voice_remove(request: Request, row_id: UUID) -> HttpResponse:
    row = of_mine(request, Contribution.objects.filter(pk=row_id).first())
    act = lambda: remove_contribution(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=PAGE, to=[row.event_id])
