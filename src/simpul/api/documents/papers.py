"""The papers of an organisation, for whom each is meant; and keeping them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.documents.uploads import router
from simpul.api.problems import Refused
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import OwnKey, RecordPointer, Sent
from simpul.documents.models import Document, RemovalReason, Version
from simpul.documents.queries import document_for, documents_of, file_name, kept_document, opened
from simpul.documents.reading import PlainReader
from simpul.documents.services.keeping import (
    add_document,
    describe_document,
    read_document,
    remove_document,
    replace_document,
)
from simpul.kernel.ids import uuid7
from simpul.kernel.ranges import content_range, is_held, part_of
from simpul.organisations.papers import PaperKind
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.visibility import Audience

READ: Final = ("organisations:read", "organisations:write")
WRITE: Final = ("organisations:write",)
Answer = TypeVar("Answer", HttpResponseNotModified, StreamingHttpResponse)


class FileLine(Shape):
    number: int
    media: str = Field(examples=["application/pdf"])
    size: int
    added_at: datetime


class DocumentLine(Shape):
    """A paper as far as you may see it."""

    id: UUID
    subject: RecordPointer
    kind: str = Field(description=prose("A code of the vocabulary paper_kind."), examples=["annual"])
    audience: str = Field(description=prose("A code of the vocabulary audience."), examples=["public"])
    title: str
    added_at: datetime
    file: FileLine = Field(description=prose("The newest version."))


class DocumentFull(DocumentLine):
    """Its ETag names the version you change."""


class Words(Sent):
    kind: PaperKind
    audience: Audience
    title: str = Field(max_length=120, description=prose("Such as “Annual report 2024”; no names of people."))


class NewDocument(Words):
    id: OwnKey = None
    upload: UUID = Field(description=prose("The key of an upload that has arrived whole."))


class NewVersion(Sent):
    id: OwnKey = None
    upload: UUID = Field(description=prose("The key of an upload that has arrived whole."))


class Removal(Sent):
    reason: RemovalReason


class Which(Shape):
    number: int | None = Field(None, ge=1, le=32_000, description=prose("An earlier version, for who keeps it."))


@router.get(
    "/organisations/{uuid:organisation_id}/documents",
    **told(
        prose("The papers of an organisation"), prose("By kind, those that you may see."),
        response=list[DocumentLine], scopes=READ,
    ),
)  # fmt: skip
def list_documents(request: Call, organisation_id: UUID) -> list[DocumentLine]:
    organisation = organisation_for(request.actor, organisation_id)
    return [_line(row, row.versions.all()[0]) for row in documents_of(request.actor, organisation.ref)]


@router.get(
    "/documents/{uuid:document_id}",
    **told(prose("Read what is said of a document"), response=DocumentFull, scopes=READ),
)
def read_paper(request: Call, document_id: UUID) -> DocumentFull:
    return _full(request, document_for(request.actor, document_id))


@router.get(
    "/documents/{uuid:document_id}/file",
    **told(
        prose("Download a document"),
        prose(
            "The newest version; reading what is confidential is recorded. What broke off is taken up with Range, and "
            "If-Range with the ETag."
        ),
        response=bytes, scopes=READ, bytes_out=True,
    ),
)  # fmt: skip
def download(request: Call, document_id: UUID, which: Query[Which]) -> HttpResponse | StreamingHttpResponse:
    return _served(request, read_document(request.actor, document_id, number=which.number))


@router.post(
    "/organisations/{uuid:organisation_id}/documents",
    **told(
        prose("Keep a file as a paper"),
        prose("Its type is told from its content, and what is hidden in pictures is taken out."),
        response=DocumentFull, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_document(request: Call, organisation_id: UUID, sent: NewDocument) -> DocumentFull:
    organisation = organisation_for(request.actor, organisation_id)
    row = add_document(
        request.actor, organisation.ref, id=sent.id or uuid7(), upload=sent.upload, title=sent.title, kind=sent.kind,
        audience=sent.audience, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_paper", args=[row.pk])
    return _full(request, row)


@router.put(
    "/documents/{uuid:document_id}",
    **told(
        prose("Change what is said of a document"), prose("Kind, audience and title at once."), response=DocumentFull,
        scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def replace_words(request: Call, document_id: UUID, sent: Words) -> DocumentFull:
    version, row = seen_version(request), kept_document(request.actor, document_id)
    return _full(request, describe_document(request.actor, row, seen_version=version, **dict(sent)))


@router.post(
    "/documents/{uuid:document_id}/versions",
    **told(
        prose("Give a document a new version"), prose("Earlier ones stay, for who keeps it."), response=DocumentFull,
        status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_version(request: Call, document_id: UUID, sent: NewVersion) -> DocumentFull:
    row = kept_document(request.actor, document_id)
    replace_document(request.actor, row, id=sent.id or uuid7(), upload=sent.upload, now=timezone.now())
    return _full(request, document_for(request.actor, document_id))


@router.post(
    "/documents/{uuid:document_id}/remove",
    **told(
        prose("Destroy a document"), prose("All versions, for good. That it was, and why it went, stays."),
        response=None, status=204, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def remove_paper(request: Call, document_id: UUID, sent: Removal) -> None:
    row = kept_document(request.actor, document_id)
    remove_document(request.actor, row, reason=sent.reason, now=timezone.now())


def _full(call: Call, row: Document) -> DocumentFull:
    call.version = row.version
    newest = Version.objects.filter(document=row).order_by("-number")[0]
    return DocumentFull(**_line(row, newest).model_dump())


def _line(row: Document, newest: Version) -> DocumentLine:
    file = FileLine(number=newest.number, media=newest.media, size=newest.size, added_at=newest.added_at)
    return DocumentLine(
        id=row.pk, subject=RecordPointer(kind=row.subject_kind, id=row.subject_id), kind=row.kind,
        audience=row.audience, title=row.title.open() if row.title else "", added_at=row.added_at, file=file,
    )  # fmt: skip


def _served(call: Call, version: Version) -> HttpResponse | StreamingHttpResponse:
    """Opened while it is sent, and only the blocks that are; never shown in place, whatever it is."""
    mark = f'"{version.pk.hex}"'
    if is_held(mark, call.headers.get("If-None-Match", "")):
        return _marked(HttpResponseNotModified(), mark)
    part = _part(call, version, mark)
    places = range(version.size) if part is None else part
    answer = StreamingHttpResponse(_pieces(opened(version), places), content_type=version.type.media)
    answer.headers["Content-Length"] = str(len(places))
    if part is not None:
        answer.status_code = 206
        answer.headers["Content-Range"] = content_range(part, version.size)
    answer.headers["Content-Disposition"] = content_disposition_header(True, file_name(version)) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return _marked(answer, mark)


def _part(call: Call, version: Version, mark: str) -> range | None:
    """What of it is asked for, None for the whole. Refused(416) where it has no such part."""
    if (
        call.META["REQUEST_METHOD"].upper() == "HEAD"
    ):  # asked as GET by then (api.middleware); a range is nothing to HEAD
        return None
    asked = part_of(version.size, mark, wanted=call.headers.get("Range", ""), only_if=call.headers.get("If-Range", ""))
    if asked is None or asked:
        return asked
    raise Refused(416, headers={"Content-Range": content_range(asked, version.size)})


def _marked(answer: Answer, mark: str) -> Answer:
    answer.headers["ETag"] = mark
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Encoding"] = "identity"  # packed on the way, ranges would count other bytes
    return answer


def _pieces(reader: PlainReader, places: range) -> Iterator[bytes]:
    with reader:
        yield from reader.pieces(places.start, places.stop)
