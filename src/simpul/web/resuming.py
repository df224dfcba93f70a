"""Files of known length under a strong mark: whoever lost the connection takes them up where they stopped."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse

from simpul.kernel.ranges import content_range, is_held, part_of
from simpul.web.http import Request

Pieces = Callable[[range], bytes | Iterator[bytes]]


def resumable(request: Request, pieces: Pieces, *, size: int, mark: str, media: str) -> HttpResponseBase:
    """200, or 206 for one plain range of this very file; 304 for who has it, 416 for what lies past its end.

    `pieces` gives the bytes at these places. It is asked for no more than is sent: for HEAD not at all.
    """
    if is_held(mark, request.headers.get("If-None-Match", "")):
        return _marked(HttpResponseNotModified(), mark)
    asked, only_if = request.headers.get("Range", ""), request.headers.get("If-Range", "")
    part = part_of(size, mark, wanted=asked, only_if=only_if) if request.method == "GET" else None
    if part is None:
        answer = _sent(request, pieces, range(size), media)
    else:
        answer = _sent(request, pieces, part, media) if part else HttpResponse()
        answer.status_code = 206 if part else 416
        answer["Content-Range"] = content_range(part, size)
    return _marked(answer, mark)


def _sent(request: Request, pieces: Pieces, part: range, media: str) -> HttpResponseBase:
    found = b"" if request.method == "HEAD" else pieces(part)
    kind = HttpResponse if isinstance(found, bytes) else StreamingHttpResponse
    answer = kind(found, content_type=media)
    answer["Content-Length"] = str(len(part))
    return answer


def _marked(answer: HttpResponseBase, mark: str) -> HttpResponseBase:
    answer["ETag"] = mark
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Encoding"] = "identity"  # packed on the way, ranges would count other bytes
    return answer
