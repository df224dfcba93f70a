"""The learning library: what there is, in languages, and which group has read it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import MOST_MINUTES, MOST_TEXT, ItemKind, Readers, Tongue
from simpul.activities.models import LibraryItem, LibraryReading
from simpul.activities.queries.library import (
    Shelf,
    edition_for,
    item_for,
    items_for,
    languages_of,
    readings_for,
)
from simpul.activities.result_kinds import MOST_PEOPLE
from simpul.activities.services.library import (
    add_item,
    change_item,
    note_reading,
    publish_item,
    withdraw_item,
    write_edition,
)
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.learning.forums import router
from simpul.api.learning.recordings import EditionFile, files_of
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, OwnKey, Sent, Words, localized, words
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.sectors import Sector

WRITE: Final = ("events:write",)
NOTE: Final = ("attendance:write",)


class LibraryCut(Cut):
    kind: ItemKind | None = None
    readers: Readers | None = None
    sector: Sector | None = None
    language: Tongue | None = Field(None, description=prose("There is it in this language."))


class LibraryLine(Shape):
    """An item, with the languages it can be read in."""

    id: UUID
    kind: ItemKind
    title: Words
    about: Words | None
    sector: Sector | None
    readers: Readers
    organisation: OrganisationRef
    languages: list[Tongue]
    published: bool = Field(description=prose("False for a draft, and for what was taken off the shelf."))


class LibraryFull(LibraryLine):
    """Its ETag names the version you change."""

    visibility: Visibility


class EditionFull(Shape):
    """An item in one language. Its ETag names the version you change."""

    item: UUID
    language: Tongue
    text: str = Field(description=prose("Paragraphs; a heading begins with “# ”, a point with “- ”."))
    link: str
    minutes: int | None
    changed_at: datetime
    files: list[EditionFile]


class ReadingLine(Shape):
    """A group has read it together."""

    item: UUID
    organisation: OrganisationRef
    language: Tongue
    read_on: Day
    people: int | None


class NewItem(Sent):
    id: OwnKey = None
    organisation: UUID
    kind: ItemKind
    title: Words
    about: Words | None = None
    sector: Sector | None = None
    readers: Readers = Readers.EVERYBODY
    visibility: Visibility


class ItemChange(Sent):
    """Only the fields that are sent."""

    kind: ItemKind | None = None
    title: Words | None = None
    about: Words | None = None
    sector: Sector | None = None
    readers: Readers | None = None
    visibility: Visibility | None = None


class EditionSaid(Sent):
    text: str = Field("", max_length=MOST_TEXT)
    link: str = Field("", max_length=200)
    minutes: int | None = Field(None, ge=1, le=MOST_MINUTES)
    seen: int | None = Field(None, ge=1, description=prose("The version you rewrite; null for a new language."))


class NewReading(Sent):
    organisation: UUID
    language: Tongue
    read_on: Day
    people: int | None = Field(None, ge=1, le=MOST_PEOPLE)


@router.get("/library", **told(prose("List the library"), response=Page[LibraryLine], scopes=WRITE))
def list_library(request: Call, cut: Query[LibraryCut]) -> Page[LibraryLine]:
    shelf = Shelf(cut.kind or "", cut.readers or "", cut.sector or "", cut.language or "")
    return page_of(request, items_for(request.actor, shelf), cut, _lines)


@router.get(
    "/library/{uuid:item_id}", **told(prose("Read what is said of an item"), response=LibraryFull, scopes=WRITE)
)
def read_library_item(request: Call, item_id: UUID) -> LibraryFull:
    return _full(request, item_for(request.actor, item_id))


@router.post(
    "/library",
    **told(
        prose("Add to the library"), prose("A draft until it is published."), response=LibraryFull, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_library_item(request: Call, sent: NewItem) -> LibraryFull:
    said = {name: getattr(sent, name) for name in NewItem.model_fields if name not in {"id", "organisation"}}
    organisation = organisation_for(request.actor, sent.organisation)
    row = add_item(request.actor, organisation, id=sent.id, now=timezone.now(), **_said(said))
    request.location = reverse("api:read_library_item", args=[row.pk])
    return _full(request, item_for(request.actor, row.pk))


@router.patch(
    "/library/{uuid:item_id}",
    **told(
        prose("Change what is said of an item"), prose("Only the fields that are sent."), response=LibraryFull,
        scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_library_item(request: Call, item_id: UUID, sent: ItemChange) -> LibraryFull:
    seen, row = seen_version(request), item_for(request.actor, item_id)
    said = {name: getattr(sent, name) for name in sent.model_fields_set}
    change_item(request.actor, row, seen=seen, now=timezone.now(), **_said(said))
    return _full(request, item_for(request.actor, item_id))


@router.post(
    "/library/{uuid:item_id}/publish",
    **told(prose("Put an item on the shelf"), response=LibraryFull, scopes=WRITE, needs_token=True),
)
def publish_library_item(request: Call, item_id: UUID) -> LibraryFull:
    publish_item(request.actor, item_for(request.actor, item_id), now=timezone.now())
    return _full(request, item_for(request.actor, item_id))


@router.post(
    "/library/{uuid:item_id}/withdraw",
    **told(prose("Take an item off the shelf"), response=LibraryFull, scopes=WRITE, needs_token=True),
)
def withdraw_library_item(request: Call, item_id: UUID) -> LibraryFull:
    withdraw_item(request.actor, item_for(request.actor, item_id), now=timezone.now())
    return _full(request, item_for(request.actor, item_id))


@router.get(
    "/library/{uuid:item_id}/editions/{language}",
    **told(prose("Read an item in a language"), response=EditionFull, scopes=WRITE),
)
def read_edition(request: Call, item_id: UUID, language: Tongue) -> EditionFull:
    return _edition(request, item_id, language)


@router.put(
    "/library/{uuid:item_id}/editions/{language}",
    **told(
        prose("Write an item in a language"), prose("A new one, or the one that you read before."),
        response=EditionFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def put_edition(request: Call, item_id: UUID, language: Tongue, sent: EditionSaid) -> EditionFull:
    write_edition(
        request.actor, item_for(request.actor, item_id), language=language, text=sent.text, link=sent.link,
        minutes=sent.minutes, seen=sent.seen, now=timezone.now(),
    )  # fmt: skip
    return _edition(request, item_id, language)


@router.get(
    "/library/{uuid:item_id}/readings",
    **told(
        prose("Which groups have read it"), prose("Of the groups in your reach."), response=Page[ReadingLine],
        scopes=NOTE, needs_token=True,
    ),
)  # fmt: skip
def list_readings(request: Call, item_id: UUID, cut: Query[Cut]) -> Page[ReadingLine]:
    rows = readings_for(request.actor).filter(item=item_for(request.actor, item_id))
    return page_of(request, rows, cut, lambda found: [_reading(row) for row in found])


@router.post(
    "/library/{uuid:item_id}/readings",
    **told(
        prose("Say that a group has read it"), prose("The same day again is the same entry."), response=ReadingLine,
        status=201, scopes=NOTE, needs_token=True,
    ),
)  # fmt: skip
def create_reading(request: Call, item_id: UUID, sent: NewReading) -> ReadingLine:
    row = note_reading(
        request.actor, item_for(request.actor, item_id),
        organisation=organisation_for(request.actor, sent.organisation), language=sent.language,
        read_on=sent.read_on, people=sent.people, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:list_readings", args=[item_id])
    return _reading(row)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as services take it."""
    for name in ("title", "about"):
        if name in said:
            said[name] = localized(name, said[name])
    if "sector" in said:
        said["sector"] = said["sector"] or ""
    return said


def _lines(rows: list[LibraryItem]) -> list[LibraryLine]:
    tongues = languages_of(rows)
    return [
        LibraryLine(
            id=row.pk, kind=ItemKind(row.kind), title=words(row.title) or {}, about=words(row.about),
            sector=Sector(row.sector) if row.sector else None, readers=Readers(row.readers),
            organisation=OrganisationRef.of(row.owner_organisation), languages=tongues[row.pk],
            published=row.published_at is not None and row.withdrawn_at is None,
        )
        for row in rows
    ]  # fmt: skip


def _full(call: Call, row: LibraryItem) -> LibraryFull:
    call.version = row.version
    return LibraryFull(**_lines([row])[0].model_dump(), visibility=Visibility(row.visibility))


def _edition(call: Call, item_id: UUID, language: Tongue) -> EditionFull:
    row = edition_for(call.actor, item_id, language)
    call.version = row.version
    return EditionFull(
        item=row.item_id, language=language, text=row.text, link=row.link, minutes=row.minutes,
        changed_at=row.changed_at, files=files_of(call.actor, row),
    )  # fmt: skip


def _reading(row: LibraryReading) -> ReadingLine:
    return ReadingLine(
        item=row.item_id, organisation=OrganisationRef.of(row.organisation), language=Tongue(row.language),
        read_on=row.read_on, people=row.people,
    )  # fmt: skip
