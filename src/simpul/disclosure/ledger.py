"""A chain of releases in a folder: append-only, so that a missing or altered line shows.

`ledger.jsonl` has one line a release, `head` the number and digest of the last, and beside them lie the certificates.
The folder is confidential.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from simpul.disclosure.certificates import Certificate
from simpul.disclosure.chains import FIRST, Published, Release, kept_certificate, read
from simpul.disclosure.errors import Refused
from simpul.disclosure.packing import digest_of

LINES: Final = "ledger.jsonl"
HEAD: Final = "head"


class FolderStore:
    """A `chains.Store` in a folder. Only one process at a time may append.

    Order of an append: certificate, line, head; each on disk before the next. A crash leaves a whole chain, half a last
    line (which the next append takes away), or a whole line the head does not know yet (which is published).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self) -> Sequence[bytes]:
        """Refused("broken_ledger") where the last line is not whole."""
        whole = self._bytes()
        if whole and not whole.endswith(b"\n"):
            raise Refused("broken_ledger", "The last line is not whole.")
        return whole.splitlines()

    def head(self) -> str:
        """Refused("broken_ledger"). The digest of the last line that was appended whole."""
        number, digest = self._head()
        lines = self.lines()
        last = digest_of(lines[-1]) if lines else FIRST
        before = digest_of(lines[-2]) if len(lines) > 1 else FIRST
        return last if (number, digest) == (len(lines) - 1, before) else digest

    def append(self, line: bytes, digest: str, certificate: bytes, *, after: str) -> None:
        """Refused("busy" | "stale" | "broken_ledger")."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            self._finish()
            if self.head() != after:
                raise Refused("stale", "Something else was published since.")
            self._write(f"{digest_of(certificate)}.certificate", certificate)
            with (self.folder / LINES).open("ab") as file:
                file.write(line + b"\n")
                file.flush()
                os.fsync(file.fileno())
            self._write(HEAD, f"{len(self.lines())} {digest}\n".encode())

    def certificate(self, digest: str) -> bytes:
        """Refused("wrong_certificate")."""
        try:
            return (self.folder / f"{digest}.certificate").read_bytes()
        except OSError:
            raise Refused("wrong_certificate", "A certificate is gone.") from None

    def finish(self) -> None:
        """Take away half a last line, and let the head catch up with a line that was written whole. Refused("busy")."""
        if self.folder.exists():
            with self._alone():
                self._finish()

    def _bytes(self) -> bytes:
        path = self.folder / LINES
        return path.read_bytes() if path.exists() else b""

    def _finish(self) -> None:
        whole = self._bytes()
        cut = whole[: whole.rfind(b"\n") + 1]
        if cut != whole:
            with (self.folder / LINES).open("r+b") as file:
                file.truncate(len(cut))
        lines = cut.splitlines()
        if lines and self.head() == digest_of(lines[-1]):
            self._write(HEAD, f"{len(lines)} {digest_of(lines[-1])}\n".encode())

    def _head(self) -> tuple[int, str]:
        try:
            number, _, digest = (self.folder / HEAD).read_text(encoding="ascii").strip().partition(" ")
            return int(number), digest
        except FileNotFoundError:
            return 0, FIRST
        except ValueError:
            raise Refused("broken_ledger", "Its head can't be read.") from None

    def _write(self, name: str, data: bytes) -> None:
        part = self.folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("busy", "Another release is being made.") from None
            yield


class Ledger:
    """Releases to one audience whose tables share no atoms, each certified by itself: what `simpul protect` keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = FolderStore(folder)

    def releases(self) -> tuple[Release, ...]:
        """Every release, first to last. Refused("broken_ledger")."""
        return read(self.store.lines(), self.store.head())

    def verify(self) -> tuple[Release, ...]:
        """Every release, the chain whole and each certificate the one that was named when it was published.

        What a crash left half written is put right first. Refused("broken_ledger" | "wrong_certificate" | "busy").
        """
        self.store.finish()
        releases = self.releases()
        for release in releases:
            self.certificate(release)
        return releases

    def append(self, period: str, cells: Published, certificate: Certificate) -> Release:
        """Publish one period. The same once more is the same release; another content for it is refused.

        Refused("published_already" | "broken_ledger" | "busy" | "stale").
        """
        self.store.finish()
        releases = self.releases()
        for release in releases:
            if release.period == period:
                if dict(release.cells) == dict(cells):
                    return release
                raise Refused("published_already", f"{period} is out: what is published never changes.")
        before = releases[-1].digest if releases else FIRST
        release = Release(len(releases) + 1, period, before, certificate.digest, cells)
        self.store.append(release.line, release.digest, certificate.data, after=before)
        return release

    def certificate(self, release: Release) -> Certificate:
        """Refused("wrong_certificate") where it is not the one the release names."""
        try:
            return Certificate.from_data(kept_certificate(self.store, release))
        except Refused as refused:
            raise Refused("wrong_certificate", refused.message) from None
