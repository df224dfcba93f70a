"""The board of needs and offers, for the members of one network."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.secretariat.announcements import READ, WRITE, router
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, OwnKey, Sent, on_day
from simpul.organisations.models import BoardEntry, BoardReply
from simpul.organisations.queries.board import board_of, entry_for, reply_for, seen_by
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.secretariat import BoardSide, ResourceKind
from simpul.organisations.services.board import agree_to_reply, close_entry, post_entry, reply_to_entry


class BoardSought(Shape):
    side: BoardSide | None = None


class EntryLine(Shape):
    """What somebody needs or offers."""

    id: UUID
    organisation: OrganisationRef
    side: BoardSide
    kind: ResourceKind
    title: str
    text: str
    posted_on: Day
    until: Day = Field(description=prose("The first day it no longer hangs there."))
    closed_at: datetime | None


class ReplyLine(Shape):
    """An answer. Its contact is told to who posted the entry once they agreed."""

    id: UUID
    organisation: OrganisationRef
    words: str
    contact: str = Field(description=prose("Empty for who may not know it."))
    replied_at: datetime
    agreed_at: datetime | None


class EntryFull(EntryLine):
    network: OrganisationRef
    contact: str = Field(description=prose("Empty for who may not know it."))
    is_yours: bool
    answers: list[ReplyLine] = Field(description=prose("All for who posted it, one's own for who answered."))


class NewEntry(Sent):
    id: OwnKey = None
    organisation: UUID
    side: BoardSide
    kind: ResourceKind
    title: str = Field(max_length=120)
    text: str = Field("", max_length=1000)
    contact: str = Field(max_length=200, description=prose("Told only to those whose answer is accepted."))
    until: Day | None = Field(None, description=prose("Half a year at most."))


class NewReply(Sent):
    organisation: UUID
    words: str = Field(max_length=500)
    contact: str = Field(max_length=200, description=prose("Told only when the answer is accepted."))


@router.get(
    "/networks/{uuid:network_id}/board",
    **told(
        prose("What hangs on the board"), prose("The latest 100, for the people of its members."),
        response=list[EntryLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_board(request: Call, network_id: UUID, sought: Query[BoardSought]) -> list[EntryLine]:
    network = organisation_for(request.actor, network_id)
    rows = board_of(request.actor, network, on=on_day(None), side=sought.side or "")
    return [_line(row) for row in rows]


@router.get(
    "/board/{uuid:entry_id}",
    **told(
        prose("Read what hangs on the board"), prose("With the answers you may know."), response=EntryFull,
        scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def read_entry(request: Call, entry_id: UUID) -> EntryFull:
    return _full(request, entry_id)


@router.post(
    "/networks/{uuid:network_id}/board",
    **told(
        prose("Hang something on the board"), response=EntryFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_entry(request: Call, network_id: UUID, sent: NewEntry) -> EntryFull:
    row = post_entry(
        request.actor, organisation_for(request.actor, network_id),
        organisation=organisation_for(request.actor, sent.organisation), side=sent.side, kind=sent.kind,
        title=sent.title, text=sent.text, contact=sent.contact, until=sent.until, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_entry", args=[row.pk])
    return _full(request, row.pk)


@router.post(
    "/board/{uuid:entry_id}/answers",
    **told(
        prose("Answer what hangs on the board"), prose("Once for each organisation."), response=EntryFull, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_reply(request: Call, entry_id: UUID, sent: NewReply) -> EntryFull:
    reply_to_entry(
        request.actor, entry_for(request.actor, entry_id),
        organisation=organisation_for(request.actor, sent.organisation), words=sent.words, contact=sent.contact,
        now=timezone.now(),
    )  # fmt: skip
    return _full(request, entry_id)


@router.post(
    "/board/{uuid:entry_id}/close",
    **told(
        prose("Take it off the board"), prose("By who posted it, or the secretariat."), response=EntryLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def close_posted_entry(request: Call, entry_id: UUID) -> EntryLine:
    row = entry_for(request.actor, entry_id)
    close_entry(request.actor, row, now=timezone.now())
    return _line(BoardEntry.objects.select_related("organisation").get(pk=row.pk))


@router.post(
    "/board-answers/{uuid:reply_id}/agree",
    **told(
        prose("Accept an answer"), prose("From now on both sides read how to reach the other."), response=EntryFull,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def agree_to_answer(request: Call, reply_id: UUID) -> EntryFull:
    row = reply_for(request.actor, reply_id)
    agree_to_reply(request.actor, row, now=timezone.now())
    return _full(request, row.entry_id)


def _line(row: BoardEntry) -> EntryLine:
    return EntryLine(
        id=row.pk, organisation=OrganisationRef.of(row.organisation), side=BoardSide(row.side),
        kind=ResourceKind(row.kind), title=row.title, text=row.text, posted_on=row.posted_on, until=row.until,
        closed_at=row.closed_at,
    )  # fmt: skip


def _full(call: Call, entry_id: UUID) -> EntryFull:
    row = entry_for(call.actor, entry_id)
    seen = seen_by(call.actor, row)
    return EntryFull(
        **_line(row).model_dump(), network=OrganisationRef.of(row.network), contact=seen.contact,
        is_yours=seen.is_mine, answers=[_reply(answer.reply, answer.contact) for answer in seen.answers],
    )  # fmt: skip


def _reply(row: BoardReply, contact: str) -> ReplyLine:
    return ReplyLine(
        id=row.pk, organisation=OrganisationRef.of(row.organisation), words=row.words, contact=contact,
        replied_at=row.replied_at, agreed_at=row.agreed_at,
    )  # fmt: skip
