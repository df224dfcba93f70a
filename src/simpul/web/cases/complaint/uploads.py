"""Recordings and pictures of somebody without an account: sealed as they come in, kept with what the draft will be."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from simpul.cases.complaint_drafting import draft_of, writer_of
from simpul.cases.complaint_files import attach
from simpul.kernel.actor import Anonymous, Visitor
from simpul.kernel.errors import Conflict, Invalid, Message
from simpul.web.cases.complaint.cookies import key_in
from simpul.web.documents.uploads import SealingHandler, SentFile
from simpul.web.http import Request

View = Callable[[Request, int], HttpResponse]
FIELDS: Final = ("voice", "pictures")


class DraftFiles(SealingHandler):
    """Puts what comes into an upload of whoever holds the draft's key; refused where there is no draft."""

    writer: Visitor | Anonymous = Anonymous()

    @property
    def actor(self) -> Visitor | Anonymous:
        return self.writer


def sealed_for_draft(view: View) -> View:
    """As `sealed_uploads`, for the holder of a draft's key."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def sealing(request: Request, number: int) -> HttpResponse:
        draft = draft_of(key_in(request), now=timezone.now())
        handler = DraftFiles(request)
        if draft is not None and draft.sent_at is None:
            handler.writer = writer_of(draft)
            request.upload_handlers = [handler]
        else:
            request.upload_handlers = []
        return checked(request, number)

    return sealing


def keep_files(request: Request, key: str) -> list[Message]:
    """Attach all that was sent with the step; why something was not taken, in words, for each that was not."""
    refused: list[Message] = []
    sent = [file for field in FIELDS for file in request.FILES.getlist(field)]
    for file in sent:
        if not isinstance(file, SentFile):
            continue
        if file.key is None:
            refused.append(file.refusal.message if file.refusal else "")
            continue
        try:
            attach(key, file.key, now=timezone.now())
        except (Invalid, Conflict) as refusal:
            refused.append(refusal.message)
    return refused
