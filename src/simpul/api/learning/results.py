"""What came of events: what was put forward, said, agreed, handed out."""

from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from pydantic import Field

from simpul.activities.kinds import Part
from simpul.activities.models import Outcome, SpeakerInput, Voice
from simpul.activities.queries.events import event_for
from simpul.activities.queries.results import KINDS, result_for, results_of, speakers_of
from simpul.activities.result_kinds import LONGEST, MOST_PEOPLE, Group, OutcomeKind, Scheme, Served
from simpul.activities.rules.events import may_manage
from simpul.activities.services.results import (
    MOST_PAPERS,
    Bulk,
    count_served,
    note_input,
    note_outcome,
    note_voice,
    withdraw_result,
)
from simpul.api.activities.events import router
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, OrganisationRef, OwnKey, Sent
from simpul.kernel.errors import NotFound
from simpul.organisations.queries.profiles import organisation_for

WRITE: Final = ("events:write",)
READ: Final = WRITE  # opens the names of speakers to who keeps the event


class VoiceLine(Shape):
    """What people of one group said. Never who."""

    id: UUID
    group: Group
    words: str
    people: int | None = Field(description=prose("How many said it; null where nobody counted, or where few did."))
    answers: UUID | None = Field(description=prose("The speaker's input it speaks to."))


class SpeakerInputLine(Shape):
    """The name is empty where they did not agree to be named."""

    id: UUID
    part: Part
    name: str
    position: str
    organisation: str
    words: str


class OutcomeLine(Shape):
    id: UUID
    kind: OutcomeKind
    scheme: Scheme | None = Field(description=prose("How organisations are strengthened; null for other outcomes."))
    words: str
    organisation: OrganisationRef | None = Field(description=prose("Who sees to it."))
    due_on: Day | None


class ServedLine(Shape):
    """So many papers of one kind, for residents of one village. In bulk: nobody is named, and none is a case."""

    kind: Served
    area: AreaRef | None
    number: int


class EventResults(Shape):
    """What came of an event."""

    inputs: list[SpeakerInputLine]
    voices: list[VoiceLine]
    outcomes: list[OutcomeLine]
    served: list[ServedLine]


class NewInput(Sent):
    id: OwnKey = None
    contribution: UUID = Field(description=prose("The speaker's or discussant's entry in the programme."))
    words: str = Field(max_length=LONGEST)


class NewVoice(Sent):
    id: OwnKey = None
    group: Group
    words: str = Field(max_length=LONGEST)
    people: int | None = Field(None, ge=1, le=MOST_PEOPLE)
    answers: UUID | None = None


class NewOutcome(Sent):
    id: OwnKey = None
    kind: OutcomeKind
    scheme: Scheme | None = None
    words: str = Field(max_length=LONGEST)
    organisation: UUID | None = None
    due_on: Day | None = None


class ServedCount(Sent):
    kind: Served
    area: AreaCode | None = None
    number: int = Field(ge=1, le=MOST_PAPERS)


class ServedCounts(Sent):
    """All that was dealt with: it takes the place of what was counted before."""

    rows: list[ServedCount] = Field(max_length=500)


@router.get(
    "/events/{uuid:event_id}/results",
    **told(prose("What came of an event"), response=EventResults, scopes=READ),
)
def read_event_results(request: Call, event_id: UUID) -> EventResults:
    event = event_for(request.actor, event_id)
    found = results_of(request.actor, event, keeps=may_manage(request.actor, event))
    voices = [*(voice for one in found.inputs for voice in one.voices), *found.voices]
    return EventResults(
        inputs=[
            SpeakerInputLine(
                id=one.row.pk, part=one.by.part, name=one.by.name, position=one.by.position,
                organisation=one.by.organisation, words=one.row.words,
            )
            for one in found.inputs
        ],
        voices=[voice_line(voice) for voice in voices],
        outcomes=[_outcome(row) for row in found.outcomes],
        served=[ServedLine(kind=Served(r.kind), area=AreaRef.of(r.area), number=r.number) for r in found.served],
    )  # fmt: skip


@router.post(
    "/events/{uuid:event_id}/inputs",
    **told(prose("Note what a speaker put forward"), response=EventResults, status=201, scopes=WRITE, needs_token=True),
)
def create_event_input(request: Call, event_id: UUID, sent: NewInput) -> EventResults:
    event = event_for(request.actor, event_id)
    by = speakers_of(event).filter(pk=sent.contribution).select_related("event__owner_organisation").first()
    if by is None:
        raise NotFound("activities.contribution", sent.contribution)
    note_input(request.actor, by, words=sent.words, id=sent.id, now=timezone.now())
    return _all(request, event_id)


@router.post(
    "/events/{uuid:event_id}/voices",
    **told(
        prose("Note a voice from the room"), prose("Of a group, never of a person."), response=EventResults,
        status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_event_voice(request: Call, event_id: UUID, sent: NewVoice) -> EventResults:
    event = event_for(request.actor, event_id)
    answers = result_for(request.actor, "input", sent.answers) if sent.answers else None
    note_voice(
        request.actor, event, group=sent.group, words=sent.words, people=sent.people, id=sent.id, now=timezone.now(),
        answers=answers if isinstance(answers, SpeakerInput) else None,
    )  # fmt: skip
    return _all(request, event_id)


@router.post(
    "/events/{uuid:event_id}/outcomes",
    **told(prose("Note what was agreed or found"), response=EventResults, status=201, scopes=WRITE, needs_token=True),
)
def create_event_outcome(request: Call, event_id: UUID, sent: NewOutcome) -> EventResults:
    note_outcome(
        request.actor, event_for(request.actor, event_id), kind=sent.kind, scheme=sent.scheme or "", words=sent.words,
        organisation=organisation_for(request.actor, sent.organisation) if sent.organisation else None,
        due_on=sent.due_on, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return _all(request, event_id)


@router.put(
    "/events/{uuid:event_id}/served",
    **told(
        prose("Count the papers of a mobile service"), prose("In bulk, by kind and village: nobody is named."),
        response=EventResults, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def put_event_served(request: Call, event_id: UUID, sent: ServedCounts) -> EventResults:
    rows = [Bulk(row.kind, row.number, area_named("area", row.area)) for row in sent.rows]
    count_served(request.actor, event_for(request.actor, event_id), rows=rows, now=timezone.now())
    return _all(request, event_id)


@router.post(
    "/event-results/{uuid:result_id}/withdraw",
    **told(
        prose("Take back what was noted"), prose("An input, a voice or an outcome, noted by mistake."),
        response=None, status=204, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_event_result(request: Call, result_id: UUID) -> None:
    for kind, model in KINDS.items():
        if model._default_manager.filter(pk=result_id, superseded_at=None).exists():
            withdraw_result(request.actor, result_for(request.actor, kind, result_id), now=timezone.now())
            return
    raise NotFound("activities.result", result_id)


def _all(call: Call, event_id: UUID) -> EventResults:
    call.location = reverse("api:read_event_results", args=[event_id])
    return read_event_results(call, event_id)


def voice_line(row: Voice) -> VoiceLine:
    return VoiceLine(id=row.pk, group=Group(row.group), words=row.words, people=row.people_told, answers=row.answers_id)


def _outcome(row: Outcome) -> OutcomeLine:
    return OutcomeLine(
        id=row.pk, kind=OutcomeKind(row.kind), scheme=Scheme(row.scheme) if row.scheme else None, words=row.words,
        organisation=OrganisationRef.of(row.organisation) if row.organisation else None, due_on=row.due_on,
    )  # fmt: skip
