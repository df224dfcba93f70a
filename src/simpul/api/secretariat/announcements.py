"""Announcements: read by those to whom they went, written, corrected, and who has read them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.access.tidings import tell_of_announcement
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import OrganisationRef, OwnKey, Sent, Words, needed_words, words
from simpul.organisations.models import Announcement, Organisation
from simpul.organisations.queries.announcements import (
    announcement_for,
    announcements_for,
    readers_of,
    reading_by,
    versions_of,
)
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import may
from simpul.organisations.secretariat import MANAGE
from simpul.organisations.services.announcements import announce, correct_announcement, read_announcement

router = Router(tags=["secretariat"])
READ: Final = ("secretariat:read", "secretariat:write")
WRITE: Final = ("secretariat:write",)


class AnnouncementsSought(Shape):
    network: UUID | None = Field(None, description=prose("Of this network alone."))


class AnnouncementLine(Shape):
    """What was announced. Of the organisations it was `sent` to, so many have `read` its last version."""

    id: UUID
    network: OrganisationRef
    title: Words
    number: int = Field(description=prose("Of the last version."))
    announced_at: datetime
    sent: int
    read: int
    read_by_yours: bool


class VersionLine(Shape):
    number: int
    title: Words
    body: Words
    written_at: datetime


class ReaderLine(Shape):
    """An organisation it went to."""

    organisation: OrganisationRef
    read_at: datetime | None
    had_read: bool = Field(description=prose("They opened an earlier version."))


class AnnouncementFull(Shape):
    """The last version with those before it. Its ETag names the version you correct."""

    id: UUID
    network: OrganisationRef
    announced_at: datetime
    versions: list[VersionLine] = Field(description=prose("The last one first."))
    read_by_yours: bool | None = Field(description=prose("Null: it went to none of your organisations."))
    readers: list[ReaderLine] | None = Field(description=prose("For who keeps the network; null for others."))


class Texts(Sent):
    title: Words
    body: Words


class NewAnnouncement(Texts):
    id: OwnKey = None
    levels: int | None = Field(1, ge=1, le=9, description=prose("Through so many levels; null: to those chosen."))
    chosen: list[UUID] = Field([], max_length=200, description=prose("Members, where levels is null."))


@router.get(
    "/announcements",
    **told(
        prose("Announcements"), prose("Those to your organisations and those you wrote, the latest 50."),
        response=list[AnnouncementLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_announcements(request: Call, sought: Query[AnnouncementsSought]) -> list[AnnouncementLine]:
    network = organisation_for(request.actor, sought.network) if sought.network else None
    return [
        AnnouncementLine(
            id=row.announcement.pk, network=OrganisationRef.of(row.announcement.network),
            title=words(row.title) or {},  # type: ignore[arg-type]  # as stored: words in two languages
            number=row.number, announced_at=row.announcement.announced_at, sent=row.sent, read=row.read,
            read_by_yours=row.mine,
        )
        for row in announcements_for(request.actor, network)
    ]  # fmt: skip


@router.get(
    "/announcements/{uuid:announcement_id}",
    **told(
        prose("Read an announcement"), prose("Reading it here counts for nothing."), response=AnnouncementFull,
        scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def read_one_announcement(request: Call, announcement_id: UUID) -> AnnouncementFull:
    return _full(request, announcement_for(request.actor, announcement_id))


@router.post(
    "/networks/{uuid:network_id}/announcements",
    **told(
        prose("Announce something to the members"), prose("Their people are told that there is something to read."),
        response=AnnouncementFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_announcement(request: Call, network_id: UUID, sent: NewAnnouncement) -> AnnouncementFull:
    network, now = organisation_for(request.actor, network_id), timezone.now()
    row = announce(
        request.actor, network, title=needed_words("title", sent.title), body=needed_words("body", sent.body),
        levels=sent.levels, chosen=_chosen(request, sent.chosen), id=sent.id, now=now,
    )  # fmt: skip
    tell_of_announcement(row, 1, now=now)
    request.location = reverse("api:read_one_announcement", args=[row.pk])
    return _full(request, row)


@router.put(
    "/announcements/{uuid:announcement_id}",
    **told(
        prose("Correct an announcement"), prose("A further version; everybody it went to is told of it."),
        response=AnnouncementFull, scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def replace_announcement(request: Call, announcement_id: UUID, sent: Texts) -> AnnouncementFull:
    seen, now = seen_version(request), timezone.now()
    row = announcement_for(request.actor, announcement_id)
    title, body = needed_words("title", sent.title), needed_words("body", sent.body)
    made = correct_announcement(request.actor, row, title=title, body=body, seen=seen, now=now)
    tell_of_announcement(row, made.number, now=now)
    return _full(request, row)


@router.post(
    "/announcements/{uuid:announcement_id}/read",
    **told(
        prose("Say that your organisation has read it"), prose("Its last version. Again changes nothing."),
        response=AnnouncementFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def mark_announcement(request: Call, announcement_id: UUID) -> AnnouncementFull:
    row = announcement_for(request.actor, announcement_id)
    read_announcement(request.actor, row, now=timezone.now())
    return _full(request, row)


def _chosen(call: Call, ids: list[UUID]) -> list[Organisation]:
    return [organisation_for(call.actor, key) for key in dict.fromkeys(ids)]


def _full(call: Call, row: Announcement) -> AnnouncementFull:
    """With the number of the last version for the ETag."""
    versions = versions_of(row)
    call.version = versions[0].number
    keeps = may(call.actor, MANAGE, row.network)
    readers = readers_of(row, versions[0].number) if keeps else None
    return AnnouncementFull(
        id=row.pk, network=OrganisationRef.of(row.network), announced_at=row.announced_at,
        versions=[
            VersionLine(
                number=v.number, title=words(v.title) or {}, body=words(v.body) or {}, written_at=v.written_at
            )
            for v in versions
        ],
        read_by_yours=reading_by(call.actor, row, versions[0].number),
        readers=None if readers is None else [
            ReaderLine(organisation=OrganisationRef.of(r.organisation), read_at=r.read_at, had_read=r.had_read)
            for r in readers
        ],
    )  # fmt: skip
