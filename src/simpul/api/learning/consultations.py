"""Consultations: a question, the voices of groups, the answer that was given back."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.activities.kinds import Visibility
from simpul.activities.models import Consultation, ConsultationAnswer
from simpul.activities.queries.consultations import (
    Standing,
    consultation_for,
    consultations_for,
    meetings_of,
    standings_of,
    voices_of,
)
from simpul.activities.queries.events import event_for
from simpul.activities.result_kinds import LONGEST, MOST_PEOPLE, ConsultationState, Group, Reply
from simpul.activities.services.consultations import (
    add_consultation_meeting,
    ask_question,
    change_consultation,
    give_answer,
    hear_voice,
    publish_consultation,
)
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.learning.forums import router
from simpul.api.learning.results import VoiceLine, voice_line
from simpul.api.organisations.profiles import area_named
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import (
    AreaCode,
    AreaRef,
    Day,
    OrganisationRef,
    OwnKey,
    Sent,
    Words,
    localized,
    needed_words,
    words,
)
from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.profiles import organisation_for

WRITE: Final = ("events:write",)


class ConsultationsCut(Cut):
    area: AreaCode | None = Field(None, description=prose("And all that lies in it."))


class ConsultationLine(Shape):
    """A question, with how it stands today. `overdue`: it was to be answered by now, and was not."""

    id: UUID
    question: Words
    organisation: OrganisationRef
    area: AreaRef | None
    asked: str = Field(description=prose("Who has to answer."))
    state: ConsultationState
    opens_on: Day
    closes_on: Day
    answer_due_on: Day
    voices: int
    groups: int


class AnswerLine(Shape):
    reply: Reply
    words: Words
    answered_on: Day
    answered_by: str


class ConsultationFull(ConsultationLine):
    """Its ETag names the version you change."""

    about: Words | None
    visibility: Visibility
    answer: AnswerLine | None
    heard: list[VoiceLine]
    meetings: list[UUID] = Field(description=prose("Events at which it was asked."))


class QuestionSaid(Sent):
    """Only the fields that are sent."""

    question: Words | None = None
    about: Words | None = None
    area: AreaCode | None = None
    asked: str = Field("", max_length=200)
    opens_on: Day | None = None
    closes_on: Day | None = None
    answer_due_on: Day | None = None
    visibility: Visibility | None = None


class NewConsultation(Sent):
    id: OwnKey = None
    organisation: UUID
    question: Words
    about: Words | None = None
    area: AreaCode | None = None
    asked: str = Field(max_length=200)
    opens_on: Day
    closes_on: Day
    answer_due_on: Day
    visibility: Visibility


class QuestionMeeting(Sent):
    event: UUID


class QuestionVoice(Sent):
    id: OwnKey = None
    group: Group
    words: str = Field(max_length=LONGEST)
    people: int | None = Field(None, ge=1, le=MOST_PEOPLE)
    event: UUID | None = None


class NewAnswer(Sent):
    id: OwnKey = None
    reply: Reply
    words: Words
    answered_on: Day
    answered_by: str = Field(max_length=200)


@router.get("/consultations", **told(prose("List consultations"), response=Page[ConsultationLine]))
def list_consultations(request: Call, cut: Query[ConsultationsCut]) -> Page[ConsultationLine]:
    rows = consultations_for(request.actor, area_code=cut.area or "")
    return page_of(request, rows, cut, lambda found: [_line(one) for one in standings_of(found, _today())])


@router.get(
    "/consultations/{uuid:consultation_id}",
    **told(
        prose("Read a consultation"), prose("With the voices and the answer."), response=ConsultationFull, scopes=WRITE
    ),
)
def read_consultation(request: Call, consultation_id: UUID) -> ConsultationFull:
    return _full(request, consultation_for(request.actor, consultation_id))


@router.post(
    "/consultations",
    **told(
        prose("Ask a question"), prose("A draft until it is published."), response=ConsultationFull, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_consultation(request: Call, sent: NewConsultation) -> ConsultationFull:
    said = {name: getattr(sent, name) for name in NewConsultation.model_fields if name not in {"id", "organisation"}}
    row = ask_question(
        request.actor, organisation_for(request.actor, sent.organisation), id=sent.id, now=timezone.now(),
        **_said(said),
    )  # fmt: skip
    request.location = reverse("api:read_consultation", args=[row.pk])
    return _full(request, consultation_for(request.actor, row.pk))


@router.patch(
    "/consultations/{uuid:consultation_id}",
    **told(
        prose("Change a question"), prose("Only the fields that are sent."), response=ConsultationFull, scopes=WRITE,
        needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_asked_question(request: Call, consultation_id: UUID, sent: QuestionSaid) -> ConsultationFull:
    seen, row = seen_version(request), consultation_for(request.actor, consultation_id)
    said = {name: getattr(sent, name) for name in sent.model_fields_set}
    change_consultation(request.actor, row, seen=seen, now=timezone.now(), **_said(said))
    return _full(request, consultation_for(request.actor, consultation_id))


@router.post(
    "/consultations/{uuid:consultation_id}/publish",
    **told(prose("Publish a question"), response=ConsultationFull, scopes=WRITE, needs_token=True),
)
def publish_question(request: Call, consultation_id: UUID) -> ConsultationFull:
    row = consultation_for(request.actor, consultation_id)
    publish_consultation(request.actor, row, now=timezone.now())
    return _full(request, consultation_for(request.actor, consultation_id))


@router.post(
    "/consultations/{uuid:consultation_id}/meetings",
    **told(
        prose("Name an event at which it is asked"), response=ConsultationFull, status=201, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def create_question_meeting(request: Call, consultation_id: UUID, sent: QuestionMeeting) -> ConsultationFull:
    row, event = consultation_for(request.actor, consultation_id), event_for(request.actor, sent.event)
    add_consultation_meeting(request.actor, row, event=event, now=timezone.now())
    return _made(request, consultation_id)


@router.post(
    "/consultations/{uuid:consultation_id}/voices",
    **told(
        prose("Note a voice"), prose("Of a group, never of a person."), response=ConsultationFull, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_question_voice(request: Call, consultation_id: UUID, sent: QuestionVoice) -> ConsultationFull:
    hear_voice(
        request.actor, consultation_for(request.actor, consultation_id), group=sent.group, words=sent.words,
        people=sent.people, event=event_for(request.actor, sent.event) if sent.event else None, id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    return _made(request, consultation_id)


@router.post(
    "/consultations/{uuid:consultation_id}/answers",
    **told(
        prose("Give the answer back"), prose("It takes the place of an earlier one, which is kept."),
        response=ConsultationFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_answer(request: Call, consultation_id: UUID, sent: NewAnswer) -> ConsultationFull:
    give_answer(
        request.actor, consultation_for(request.actor, consultation_id), reply=sent.reply,
        words=needed_words("words", sent.words), answered_on=sent.answered_on, answered_by=sent.answered_by, id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    return _made(request, consultation_id)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as services take it."""
    for name in ("question", "about"):
        if name in said:
            said[name] = localized(name, said[name])
    if "area" in said:
        said["area"] = area_named("area", said["area"])
    return said


def _made(call: Call, consultation_id: UUID) -> ConsultationFull:
    call.location = reverse("api:read_consultation", args=[consultation_id])
    return _full(call, consultation_for(call.actor, consultation_id))


def _today() -> date:
    return local_date(timezone.now(), Zone.WIB)


def _line(one: Standing) -> ConsultationLine:
    row = one.row
    return ConsultationLine(
        id=row.pk, question=words(row.question) or {}, organisation=OrganisationRef.of(row.owner_organisation),
        area=AreaRef.of(row.area), asked=row.asked, state=one.state, opens_on=row.opens_on, closes_on=row.closes_on,
        answer_due_on=row.answer_due_on, voices=one.voices, groups=one.groups,
    )  # fmt: skip


def _full(call: Call, row: Consultation) -> ConsultationFull:
    call.version = row.version
    (one,) = standings_of([row], _today())
    return ConsultationFull(
        **_line(one).model_dump(),
        about=words(row.about),
        visibility=Visibility(row.visibility),
        answer=_answer(one.answer) if one.answer else None,
        heard=[voice_line(voice) for voice in voices_of(row)],
        meetings=list(meetings_of(call.actor, row).values_list("pk", flat=True)),
    )


def _answer(row: ConsultationAnswer) -> AnswerLine:
    return AnswerLine(
        reply=Reply(row.reply), words=words(row.words) or {}, answered_on=row.answered_on, answered_by=row.answered_by
    )
