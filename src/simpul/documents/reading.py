"""A file that is opened piece by piece, and read from anywhere like any other."""

import io
import os
from collections.abc import Iterator
from typing import BinaryIO, Final

PIECE: Final = 1 << 16


class PlainReader(io.RawIOBase):
    """The plaintext of `sealed`, `size` bytes long, one opened piece of it in memory. Closes `sealed` with itself."""

    def __init__(self, sealed: BinaryIO, size: int) -> None:
        super().__init__()
        self._sealed, self._size, self._at = sealed, size, 0

    def _from(self, at: int) -> memoryview:
        """Some bytes from `at` on, at least one; `at` lies before the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fills the buffer unless the file ends: what reads archives and pictures takes less for a damaged file."""
        filled = 0
        while filled < len(buffer) and self._at < self._size:
            piece = self._from(self._at)[: len(buffer) - filled]
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def pieces(self, start: int = 0, until: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not with, `until`."""
        self.seek(start)
        left = (self._size if until is None else min(until, self._size)) - start
        while left > 0:
            piece = self.read(min(left, PIECE))
            if not piece:
                return
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self._sealed.close()
        super().close()
