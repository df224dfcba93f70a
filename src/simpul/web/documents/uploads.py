"""The ordinary form upload, for pages without JavaScript: sealed as it is parsed, never spooled.

    @signed_in
    @sealed_uploads
    def add(request: Request) -> HttpResponse:
        form = PaperForm(request.POST, request.FILES)  # its UploadField gives the upload's key

Forms put their file last: what stands before it is read even where the file is refused.
"""

import io
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from simpul.documents.kinds import largest
from simpul.documents.services.uploads import begin_upload, cancel_upload, close_upload, receive_part
from simpul.kernel.errors import Invalid
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import Arguments, View
from simpul.web.http import Request

if TYPE_CHECKING:
    _File = UploadedFile[bytes]
else:
    _File = UploadedFile

HELD: Final = 1 << 20  # bytes in memory before they are sealed
_FRAME: Final = 64_000  # what a form sends besides its file, at most


class SentFile(_File):
    """What `request.FILES` holds: the key of an upload, or why there is none."""

    def __init__(self, name: str, key: UUID | None, refusal: Invalid | None) -> None:
        super().__init__(None, name)
        self.key, self.refusal = key, refusal


class SealingHandler(FileUploadHandler):
    """Puts what the parser gives into an upload of the signed-in sender. What is refused is read on and dropped."""

    whole = 0  # bytes of the request

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django names it
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.whole = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.key = uuid7()
        self.refusal: Invalid | None = None
        self.held, self.sent = bytearray(), 0
        # How long the file is, nobody says; the whole request is longer by its other fields.
        size = self.whole if self.whole > largest() + _FRAME else min(self.whole, largest())
        self._try(lambda: begin_upload(self.actor, key=self.key, size=size, now=timezone.now()))

    @property
    def actor(self) -> Any:
        return self.request.actor  # type: ignore[union-attr]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.refusal is None:
            self.held += raw_data
            if len(self.held) >= HELD:
                self._seal()

    def _seal(self) -> None:
        source, self.held = io.BytesIO(bytes(self.held)), bytearray()
        self._try(lambda: self._send(source))

    def _send(self, source: io.BytesIO) -> None:
        self.sent = receive_part(self.actor, self.key, offset=self.sent, source=source, now=timezone.now())

    def file_complete(self, file_size: int) -> SentFile:
        if self.held and self.refusal is None:
            self._seal()
        if self.refusal is None:
            self._try(lambda: close_upload(self.actor, self.key))
        return SentFile(self.file_name or "", None if self.refusal else self.key, self.refusal)

    def upload_interrupted(self) -> None:
        """The connection was lost: this way of sending can't be taken up again."""
        cancel_upload(self.actor, self.key)

    def _try(self, act: Any) -> None:
        if self.refusal is not None:
            return
        try:
            act()
        except Invalid as refusal:
            self.refusal = refusal
            cancel_upload(self.actor, self.key)


def sealed_uploads(view: View[Arguments]) -> View[Arguments]:
    """The view's files are sealed as they come in; stands below `signed_in`, so that nobody else's are.

    The token of the form is checked here and not before: checking it parses the form, which needs the handler.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def sealing(request: Request, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        request.upload_handlers = [SealingHandler(request)]
        return checked(request, *args, **kwargs)

    return sealing
