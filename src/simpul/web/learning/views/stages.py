"""Telling that a forum reached a stage, adding a paper that shows it, taking it back."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.forum_life import Stage
from simpul.activities.kinds import Visibility
from simpul.activities.models import Event
from simpul.activities.queries.events import Narrowing, event_for, events_for
from simpul.activities.queries.forums import forum_for, next_stages, stage_for, stages_of
from simpul.activities.rules.forums import require_forum_keeper
from simpul.activities.services.forums import reach_forum_stage, withdraw_forum_stage
from simpul.documents.services.keeping import add_document
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked
from simpul.web.activities.views.organising import form_page
from simpul.web.documents.uploads import sealed_uploads
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.learning.forms.forums import StageForm, StagePaperForm

PAGE = "learning:forum"
MOST = 30


def _up(forum: Organisation) -> dict[str, str]:
    return {"up": reverse(PAGE, args=[forum.pk]), "up_named": forum.name}


@signed_in
@form_page
def reach(request: Request, forum_id: UUID) -> HttpResponse:
    found = forum_for(request.actor, forum_id)
    require_forum_keeper(request.actor, found)
    form = _stage_form(request, found)
    act = lambda: _reached(request, found, form)  # noqa: E731
    return asked(
        request, form, act, title=_("What the forum reached"), said=_("Told. Now add the paper that shows it."),
        back=PAGE, to=[found.pk], **_up(found),
    )  # fmt: skip


def _stage_form(request: Request, found: Organisation) -> StageForm:
    stages = next_stages(stages_of(request.actor, [found.pk])[found.pk])
    if request.POST.get("stage") in Stage.values:  # told of already, perhaps by this very form
        stages.append(Stage(request.POST["stage"]))
    return StageForm(
        sent(request),
        initial={"key": uuid7(), "stage": stages[0].value},
        stages=stages,
        events=_events(request, found),
        language=get_language() or "id",
    )


def _events(request: Request, forum: Organisation) -> list[Event]:
    """What the forum held, the last first."""
    rows = events_for(request.actor).filter(Narrowing(organisation=forum.pk).as_q(), held_at__isnull=False)
    return list(rows.order_by("-starts_at", "-id")[:MOST])


def _reached(request: Request, forum: Organisation, form: forms.Form) -> None:
    given = form.cleaned_data
    reach_forum_stage(
        request.actor,
        forum,
        stage=given["stage"],
        theme=given.get("theme", ""),
        reached_on=given["reached_on"],
        evidence=given["evidence"],
        event=event_for(request.actor, UUID(given["event"])) if given["event"] else None,
        id=given["key"],
        now=timezone.now(),
    )


@signed_in
@form_page
def withdraw(request: Request, stage_id: UUID) -> HttpResponse:
    row = stage_for(request.actor, stage_id)
    require_forum_keeper(request.actor, row.forum)
    act = lambda: withdraw_forum_stage(request.actor, row, now=timezone.now())  # noqa: E731
    return asked(
        request, forms.Form(sent(request)), act, title=_("Take this stage back?"), said=_("Taken back."), back=PAGE,
        to=[row.forum_id], lead=row.get_stage_display(), action=_("Yes, it was told by mistake"), danger=True,
        **_up(row.forum),
    )  # fmt: skip


@signed_in
@form_page
@sealed_uploads
def add_paper(request: Request, stage_id: UUID) -> HttpResponse:
    row = stage_for(request.actor, stage_id)
    require_forum_keeper(request.actor, row.forum)
    initial = {"key": uuid7(), "audience": Visibility.PUBLIC.value, "kind": "minutes"}
    form = StagePaperForm(sent(request), request.FILES or None, actor=request.actor, initial=initial)

    def act() -> None:
        given = dict(form.cleaned_data)
        key, file = given.pop("key"), given.pop("file")
        add_document(request.actor, row.ref, id=key, upload=file, now=timezone.now(), **given)

    return asked(
        request, form, act, title=_("Add a paper that shows it"), said=_("The file is kept."), back=PAGE,
        to=[row.forum_id], lead=row.get_stage_display(), multipart=True, action=_("Keep this file"), **_up(row.forum),
    )  # fmt: skip
