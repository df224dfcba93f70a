"""A file held in memory while it is read, and nowhere else: no temporary file ever holds its plaintext."""

import io
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from simpul.interop.limits import MOST_BYTES

# A body this large is not even taken in to be refused with words: the connection is closed.
HOPELESS: Final = 10 * MOST_BYTES


class HeldInMemory(FileUploadHandler):
    """Keeps one file, up to the limit; the rest of a larger one is read and dropped, so that the page can say so."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.held = io.BytesIO()
        self.is_too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start > HOPELESS:
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) > MOST_BYTES:
            self.is_too_large = True
            self.held = io.BytesIO()
        elif not self.is_too_large:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        self.held.seek(0)
        size = MOST_BYTES + 1 if self.is_too_large else file_size
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )
