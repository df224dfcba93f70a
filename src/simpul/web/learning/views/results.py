"""What came of an event: reading it, noting it, taking a note back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.models import BulkServed, Contribution, Event, SpeakerInput, Voice
from simpul.activities.queries.events import contributors_of, event_for
from simpul.activities.queries.results import SPEAKING, Result, result_for, served_of
from simpul.activities.rules.events import may_manage
from simpul.activities.services.results import (
    Bulk,
    count_served,
    note_input,
    note_outcome,
    note_voice,
    withdraw_result,
)
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked, kept_event, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.learning.forms.results import InputForm, OutcomeForm, ServedForm, VoiceForm
from simpul.web.learning.results import shown, told_as

PAGE = "learning:results"


@require_safe
def results(request: Request, event_id: UUID) -> HttpResponse:
    event = event_for(request.actor, event_id)
    keeps = may_manage(request.actor, event)
    context = {"event": event, "keeps": keeps, "hidden": event.owner_organisation.in_safety_mode}
    return render(request, "learning/results.html", {**context, **shown(request.actor, event, keeps=keeps)})


def _up(event: Event) -> dict[str, str]:
    return {"up": reverse(PAGE, args=[event.pk]), "up_named": str(event)}


@signed_in
@form_page
def input_new(request: Request, event_id: UUID) -> HttpResponse:
    event = kept_event(request, event_id)
    speakers = {str(c.id): told_as(c) for c in contributors_of(event, keeps=True) if c.part in SPEAKING}
    form = InputForm(sent(request), initial={"key": uuid7()}, speakers=speakers)

    def act() -> SpeakerInput:
        given = form.cleaned_data
        by = Contribution.objects.select_related("event__owner_organisation").get(pk=given["contribution"])
        return note_input(request.actor, by, words=given["words"], id=given["key"], now=timezone.now())

    lead = "" if speakers else _("Nobody is in the programme as a speaker yet. Add them there first.")
    return asked(
        request, form, act, title=_("What a speaker put forward"), said=_("Noted."), back=PAGE, to=[event.pk],
        lead=lead, **_up(event),
    )  # fmt: skip


@signed_in
@form_page
def voice_new(request: Request, event_id: UUID) -> HttpResponse:
    event = kept_event(request, event_id)
    found = SpeakerInput.objects.filter(contribution__event=event, superseded_at=None)
    rows = {str(row.pk): row for row in found}
    inputs = {key: row.words[:80] for key, row in rows.items()}
    form = VoiceForm(sent(request), initial={"key": uuid7()}, inputs=inputs)

    def act() -> Voice:
        given = dict(form.cleaned_data)
        key, answers = given.pop("key"), rows.get(given.pop("answers", ""))
        return note_voice(request.actor, event, answers=answers, id=key, now=timezone.now(), **given)

    return asked(
        request, form, act, title=_("A voice from the room"), said=_("Noted."), back=PAGE, to=[event.pk], **_up(event)
    )


@signed_in
@form_page
def outcome_new(request: Request, event_id: UUID) -> HttpResponse:
    event = kept_event(request, event_id)
    form = OutcomeForm(sent(request), initial={"key": uuid7()}, actor=request.actor)

    def act() -> None:
        given = dict(form.cleaned_data)
        note_outcome(request.actor, event, id=given.pop("key"), now=timezone.now(), **given)

    return asked(
        request, form, act, title=_("Something agreed"), said=_("Noted."), back=PAGE, to=[event.pk], **_up(event)
    )


@signed_in
@form_page
def served(request: Request, event_id: UUID) -> HttpResponse:
    event = kept_event(request, event_id)
    before = list(served_of(event))
    form = ServedForm(sent(request))
    act = lambda: count_served(request.actor, event, rows=_counted(form, before), now=timezone.now())  # noqa: E731
    return asked(
        request, form, act, title=_("Papers dealt with"), said=_("Counted."), back=PAGE, to=[event.pk],
        lead=_("In bulk: nobody is named, and nobody becomes a case. What was counted of this village before is "
        "replaced."), **_up(event),
    )  # fmt: skip


def _counted(form: ServedForm, before: list[BulkServed]) -> list[Bulk]:
    """What the form says of one village, with what was counted of the others."""
    area = form.cleaned_data["area"]
    code = area.pk if area else None
    kept = [Bulk(row.kind, row.number, row.area) for row in before if row.area_id != code]
    return [*kept, *(Bulk(kind, number, area) for kind, number in form.numbers().items())]


@signed_in
@require_POST
def result_withdraw(request: Request, kind: str, row_id: UUID) -> HttpResponse:
    row = result_for(request.actor, kind, row_id)
    back, to = _where(row)
    act = lambda: withdraw_result(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Taken back."), back=back, to=[to])


def _where(row: Result) -> tuple[str, object]:
    if isinstance(row, SpeakerInput):
        return PAGE, row.contribution.event_id
    if isinstance(row, Voice) and row.consultation_id:
        return "learning:consultation", row.consultation_id
    return PAGE, row.event_id
