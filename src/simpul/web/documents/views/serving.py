"""A file as it leaves: opened while it is sent, to who may see it, and never run by a browser."""

import re
from collections.abc import Iterator
from typing import Final, TypeVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from simpul.documents.kinds import JPEG, Family
from simpul.documents.models import Version
from simpul.documents.policies import PUBLIC, is_confidential
from simpul.documents.queries import opened, version_for
from simpul.documents.reading import PlainReader
from simpul.documents.sealing import Part
from simpul.documents.services.keeping import read_document
from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold_words
from simpul.web.http import Request

# A document opened by itself runs nothing, loads nothing and is framed by nobody.
SANDBOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'"
_RANGE: Final = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_IN_PLACE: Final = {Family.PICTURE, Family.SOUND}
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse, HttpResponseNotModified)


@require_safe
def file(request: Request, document_id: UUID) -> HttpResponse | StreamingHttpResponse:
    return _served(request, read_document(request.actor, document_id))


@require_safe
def earlier(request: Request, document_id: UUID, number: int) -> HttpResponse | StreamingHttpResponse:
    return _served(request, read_document(request.actor, document_id, number=number))


@require_safe
def preview(request: Request, document_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The small picture; none of what is confidential."""
    version = version_for(request.actor, document_id)
    if is_confidential(version.document) or version.preview_size is None:
        raise NotFound("documents.document", document_id)
    return _served(request, version, Part.PREVIEW)


def _served(request: Request, version: Version, part: Part = Part.FILE) -> HttpResponse | StreamingHttpResponse:
    mark = f'"{version.pk.hex}-{part}"'
    if request.headers.get("If-None-Match") == mark:
        return _dressed(HttpResponseNotModified(), version, mark)
    size = version.size if part is Part.FILE else version.preview_size or 0
    start, until = _range(request, size, mark)
    if start >= size:
        return _dressed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), version, mark)
    answer = StreamingHttpResponse(_pieces(opened(version, part), start, until))
    answer["Content-Type"] = version.type.media if part is Part.FILE else JPEG.media
    answer["Content-Length"] = str(until - start)
    if (start, until) != (0, size):
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {start}-{until - 1}/{size}"
    return _dressed(answer, version, mark)


def _pieces(reader: PlainReader, start: int, until: int) -> Iterator[bytes]:
    with reader:
        yield from reader.pieces(start, until)


def _range(request: Request, size: int, mark: str) -> tuple[int, int]:
    """From where up to where; the whole for anything but one plain range of this very version."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", mark) != mark:
        return 0, size
    start = int(asked[1])
    until = int(asked[2]) + 1 if asked[2] else max(size, start + 1)
    return (start, min(until, size)) if start < until else (0, size)


def _dressed(answer: Answer, version: Version, mark: str) -> Answer:
    secret = is_confidential(version.document)
    in_place = version.type.family in _IN_PLACE and not secret
    answer["Content-Disposition"] = content_disposition_header(not in_place, _name(version)) or "attachment"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Encoding"] = "identity"  # packed on the way, ranges would count other bytes
    public = version.document.audience == PUBLIC and not secret
    answer["Cache-Control"] = "no-cache, private" if public else "no-store, private"
    if public:
        answer["ETag"] = mark
    return answer


def _name(version: Version) -> str:
    """Of its title, in plain letters."""
    title = version.document.title
    words = fold_words(title.open()) if title else ""
    plain = words.encode("ascii", "ignore").decode().replace(" ", "-").strip("-")
    return f"{plain[:80] or 'dokumen'}.{version.type.extension}"
