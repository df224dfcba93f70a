"""Sending a file in parts: PUT begins, HEAD asks how much has arrived, PATCH appends, DELETE gives up.

The words are those of tus 1.0 (Upload-Offset, Upload-Length); the id is the sender's own. Refusals are JSON with a
`message` to show. 409 says with Upload-Offset where to go on.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from simpul.documents.queries import upload_for
from simpul.documents.services.uploads import begin_upload, cancel_upload, receive_part
from simpul.kernel.errors import Conflict, Invalid, SimpulError
from simpul.records.storage import is_full
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.middleware.errors import STATUS

LOG = logging.getLogger("simpul.web")


@signed_in
@never_cache
@require_http_methods(["PUT", "HEAD", "PATCH", "DELETE"])
def upload(request: Request, key: UUID) -> HttpResponse:
    try:
        return _METHODS[request.method or ""](request, key)
    except SimpulError as refusal:
        return _refused(refusal)
    except UnreadablePostError:  # the sender is gone; what arrived is kept
        return HttpResponse(status=400)
    except Exception as error:
        if not is_full(error):
            raise
        LOG.error("The disk is full, or failing: no file can be stored.")  # noqa: TRY400 - its traceback says nothing
        message = _("There is no room left for files. What you sent so far is kept. Tell the operator, then try again.")
        return JsonResponse({"message": message}, status=507)


def _begin(request: Request, key: UUID) -> HttpResponse:
    known = begin_upload(request.actor, key=key, size=_number(request, "Upload-Length"), now=timezone.now())
    return _standing(201, known.received, known.size)


def _ask(request: Request, key: UUID) -> HttpResponse:
    known = upload_for(request.actor, key)
    return _standing(200, known.received, known.size)


def _receive(request: Request, key: UUID) -> HttpResponse:
    offset = _number(request, "Upload-Offset")
    return _standing(204, receive_part(request.actor, key, offset=offset, source=request, now=timezone.now()))


def _cancel(request: Request, key: UUID) -> HttpResponse:
    cancel_upload(request.actor, key)
    return HttpResponse(status=204)


_METHODS: Final[Mapping[str, Callable[[Request, UUID], HttpResponse]]] = {
    "PUT": _begin,
    "HEAD": _ask,
    "PATCH": _receive,
    "DELETE": _cancel,
}


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Invalid("header", message=_("The page sent something unreadable. Open it anew and try again."))
    return int(text)


def _standing(status: int, offset: int, size: int | None = None) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer.headers["Upload-Offset"] = str(offset)
    if size is not None:
        answer.headers["Upload-Length"] = str(size)
    return answer


def _refused(refusal: SimpulError) -> HttpResponse:
    status = next(status for kind, status in STATUS.items() if isinstance(refusal, kind))
    answer = JsonResponse({"message": str(getattr(refusal, "message", ""))}, status=status)
    if isinstance(refusal, Conflict) and "offset" in refusal.theirs:
        answer.headers["Upload-Offset"] = str(refusal.theirs["offset"])
    return answer
