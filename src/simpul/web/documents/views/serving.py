"""A file as it leaves: opened while it is sent, to who may see it, and never run by a browser."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from simpul.documents.kinds import JPEG, Family
from simpul.documents.models import Version
from simpul.documents.policies import PUBLIC, is_confidential
from simpul.documents.queries import file_name, opened, version_for
from simpul.documents.reading import PlainReader
from simpul.documents.sealing import Part
from simpul.documents.services.keeping import read_document
from simpul.kernel.errors import NotFound
from simpul.web.http import Request
from simpul.web.resuming import resumable

# A document opened by itself runs nothing, loads nothing and is framed by nobody.
SANDBOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'"
_IN_PLACE: Final = {Family.PICTURE, Family.SOUND}


@require_safe
def file(request: Request, document_id: UUID) -> HttpResponseBase:
    return served(request, read_document(request.actor, document_id))


@require_safe
def earlier(request: Request, document_id: UUID, number: int) -> HttpResponseBase:
    return served(request, read_document(request.actor, document_id, number=number))


@require_safe
def preview(request: Request, document_id: UUID) -> HttpResponseBase:
    """The small picture; none of what is confidential."""
    version = version_for(request.actor, document_id)
    if is_confidential(version.document) or version.preview_size is None:
        raise NotFound("documents.document", document_id)
    return served(request, version, Part.PREVIEW)


def served(request: Request, version: Version, part: Part = Part.FILE) -> HttpResponseBase:
    """A version that was authorised. Of a part of it only the blocks are opened that hold the part."""
    size = version.size if part is Part.FILE else version.preview_size or 0
    media = version.type.media if part is Part.FILE else JPEG.media
    mark = f'"{version.pk.hex}-{part}"'

    def pieces(places: range) -> Iterator[bytes]:
        return _pieces(opened(version, part), places)

    return _dressed(resumable(request, pieces, size=size, mark=mark, media=media), version)


def _pieces(reader: PlainReader, places: range) -> Iterator[bytes]:
    with reader:
        yield from reader.pieces(places.start, places.stop)


def _dressed(answer: HttpResponseBase, version: Version) -> HttpResponseBase:
    secret = is_confidential(version.document)
    in_place = version.type.family in _IN_PLACE and not secret
    answer["Content-Disposition"] = content_disposition_header(not in_place, file_name(version)) or "attachment"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    public = version.document.audience == PUBLIC and not secret
    answer["Cache-Control"] = "no-cache, private" if public else "no-store, private"
    return answer
