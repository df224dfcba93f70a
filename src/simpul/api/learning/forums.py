"""Learning forums: how far each has come, who is in it, who came when it met."""

from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.activities.forum_life import Stage
from simpul.activities.kinds import Stakeholder
from simpul.activities.models import ForumStage
from simpul.activities.queries.events import event_for
from simpul.activities.queries.forums import ForumCard, cards_of, forum_for, forums_for, stage_for, stages_of
from simpul.activities.services.forums import reach_forum_stage, withdraw_forum_stage
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, OrganisationRef, OwnKey, Sent
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector

router = Router(tags=["learning"])
WRITE: Final = ("events:write",)


class ForumsCut(Cut):
    area: AreaCode | None = Field(None, description=prose("Seated in it, or in what lies in it."))


class ForumStageLine(Shape):
    """A stage on a forum's way. Papers that show it are documents of it."""

    id: UUID
    stage: Stage
    theme: Sector | None = Field(description=prose("What the policy is about; null for other stages."))
    reached_on: Day
    evidence: str
    event: UUID | None


class PartyLine(Shape):
    stakeholder: Stakeholder
    organisations: int


class ForumLine(Shape):
    """A forum with how far it has come. `present` of `expected` member organisations came, over all its meetings."""

    forum: OrganisationRef
    area: AreaRef | None
    stage: Stage | None = Field(description=prose("The furthest it reached; null where nothing is told."))
    members: int
    signed: int = Field(description=prose("Members that signed a statement of readiness."))
    parties: list[PartyLine] = Field(description=prose("Members by what they come as; a forum has two kinds or more."))
    meetings: int
    expected: int
    present: int
    last_met_on: Day | None


class ForumMeetingLine(Shape):
    """`expected` is 0 where nobody is named: such a meeting is in no rate."""

    event: UUID
    held_on: Day
    expected: int
    present: int


class ForumFull(ForumLine):
    stages: list[ForumStageLine]
    held: list[ForumMeetingLine]


class NewForumStage(Sent):
    id: OwnKey = None
    stage: Stage
    theme: Sector | None = None
    reached_on: Day
    evidence: str = Field(max_length=300)
    event: UUID | None = None


@router.get("/learning-forums", **told(prose("List learning forums"), response=Page[ForumLine]))
def list_learning_forums(request: Call, cut: Query[ForumsCut]) -> Page[ForumLine]:
    rows = forums_for(request.actor, area_code=cut.area or "")
    return page_of(request, rows, cut, lambda found: [_line(card) for card in cards_of(request.actor, found, _today())])


@router.get(
    "/learning-forums/{uuid:forum_id}",
    **told(prose("Read a learning forum"), prose("With its stages and its meetings."), response=ForumFull),
)
def read_learning_forum(request: Call, forum_id: UUID) -> ForumFull:
    return _full(request, forum_for(request.actor, forum_id))


@router.post(
    "/learning-forums/{uuid:forum_id}/stages",
    **told(
        prose("Tell that a forum reached a stage"), prose("Each stage rests on the one before it."),
        response=ForumStageLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_forum_stage(request: Call, forum_id: UUID, sent: NewForumStage) -> ForumStageLine:
    row = reach_forum_stage(
        request.actor,
        forum_for(request.actor, forum_id),
        stage=sent.stage,
        theme=sent.theme or "",
        reached_on=sent.reached_on,
        evidence=sent.evidence,
        event=event_for(request.actor, sent.event) if sent.event else None,
        id=sent.id,
        now=timezone.now(),
    )
    request.location = reverse("api:read_learning_forum", args=[forum_id])
    return _stage(row)


@router.post(
    "/forum-stages/{uuid:stage_id}/withdraw",
    **told(
        prose("Take a stage back"), prose("It was told by mistake."), response=ForumFull, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def withdraw_told_stage(request: Call, stage_id: UUID) -> ForumFull:
    row = stage_for(request.actor, stage_id)
    withdraw_forum_stage(request.actor, row, now=timezone.now())
    return _full(request, row.forum)


def _today() -> date:
    return local_date(timezone.now(), Zone.WIB)


def _full(call: Call, forum: Organisation) -> ForumFull:
    (card,) = cards_of(call.actor, [forum], _today())
    stages = stages_of(call.actor, [forum.pk])[forum.pk]
    held = [
        ForumMeetingLine(event=m.event.pk, held_on=m.event.starts_on, expected=m.expected, present=m.present)
        for m in card.meetings
    ]
    return ForumFull(**_line(card).model_dump(), stages=[_stage(row) for row in stages], held=held)


def _line(card: ForumCard) -> ForumLine:
    return ForumLine(
        forum=OrganisationRef.of(card.forum),
        area=AreaRef.of(card.forum.seat),
        stage=card.stage,
        members=card.makeup.members,
        signed=card.makeup.signed,
        parties=[PartyLine(stakeholder=Stakeholder(c), organisations=n) for c, n in card.makeup.by.items()],
        meetings=card.rate.meetings,
        expected=card.rate.expected,
        present=card.rate.present,
        last_met_on=card.last_on,
    )


def _stage(row: ForumStage) -> ForumStageLine:
    return ForumStageLine(
        id=row.pk,
        stage=Stage(row.stage),
        theme=Sector(row.theme) if row.theme else None,
        reached_on=row.reached_on,
        evidence=row.evidence,
        event=row.event_id,
    )
