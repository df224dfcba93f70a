"""What was ever published to one audience: append-only, chained by digests, so that a missing or altered line shows.

A ledger is a folder of its own: `ledger.jsonl`, one line a release, and beside it the certificates, which are
confidential. A line names its number, the digest of the line before, the period, the digests of what was published and
of what proves it, and the published cells themselves: value by key, so that an auditor needs nothing else.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from simpul.disclosure.certificates import Certificate
from simpul.disclosure.errors import Refused

FIRST: Final = "0" * 64
LINES: Final = "ledger.jsonl"
HEAD: Final = "head"
Published = Mapping[str, int | None]


@dataclass(frozen=True)
class Release:
    """One line. `cells` has an entry a declared cell: its value, or None where it is blank."""

    number: int
    period: str
    before: str
    certificate: str
    cells: Published

    @property
    def line(self) -> bytes:
        content = {
            "number": self.number,
            "period": self.period,
            "before": self.before,
            "certificate": self.certificate,
            "cells": dict(self.cells),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.line).hexdigest()


def key_of(labels: Sequence[str]) -> str:
    """A cell's name in the ledger, from its labels; no two cells share one."""
    return json.dumps(list(labels), ensure_ascii=False, separators=(",", ":"))


class Ledger:
    """The releases of one audience, in a folder. Only one process at a time may append."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def releases(self) -> list[Release]:
        """Every release, first to last. Refused("broken_ledger") where the chain is broken, cut or older than its head.

        The head file says how many there should be: a ledger restored from an older backup without it is refused too.
        """
        lines = self._lines()
        found: list[Release] = []
        before = FIRST
        for number, line in enumerate(lines, start=1):
            release = _read(line)
            if release.number != number or release.before != before or release.line != line:
                raise Refused("broken_ledger", f"Release {number} does not follow the one before it.")
            found.append(release)
            before = release.digest
        if (self.folder / HEAD).exists() or found:
            self._check_head(found, before)
        return found

    def append(self, period: str, cells: Published, certificate: Certificate) -> Release:
        """Publish one period. The same once more is the same release; another content for it is refused.

        Order: certificate, line, head; each on disk before the next, so that a crash leaves a whole ledger or one whose
        last line the head does not know, which the next call takes for published.
        Refused("published_already" | "broken_ledger" | "busy").
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            self._finish()
            releases = self.releases()
            for release in releases:
                if release.period == period:
                    if dict(release.cells) == dict(cells):
                        return release
                    raise Refused("published_already", f"{period} is out: what is published never changes.")
            before = releases[-1].digest if releases else FIRST
            release = Release(len(releases) + 1, period, before, certificate.digest, cells)
            self._keep(certificate)
            with (self.folder / LINES).open("ab") as file:
                file.write(release.line + b"\n")
                file.flush()
                os.fsync(file.fileno())
            self._point_to(release)
            return release

    def certificate(self, release: Release) -> Certificate:
        """Refused("wrong_certificate") where it is not the one the release names."""
        try:
            with np.load(self.folder / f"{release.certificate}.npz", allow_pickle=False) as kept:
                parts = [kept[name].astype(np.int64) for name in ("table", "atom", "change")]
                found = Certificate(int(kept["tables"]), *parts)
        except (OSError, KeyError, ValueError):
            raise Refused("wrong_certificate", f"The certificate of release {release.number} is gone.") from None
        if found.digest != release.certificate:
            raise Refused("wrong_certificate", f"Release {release.number} names another certificate.")
        return found

    def _keep(self, certificate: Certificate) -> None:
        part = self.folder / f"{certificate.digest}.part"
        with part.open("wb") as file:
            np.savez_compressed(
                file,
                tables=np.array(certificate.tables),
                table=certificate.table,
                atom=certificate.atom,
                change=certificate.change,
            )
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / f"{certificate.digest}.npz")

    def _lines(self) -> list[bytes]:
        path = self.folder / LINES
        if not path.exists():
            return []
        whole = path.read_bytes()
        if whole and not whole.endswith(b"\n"):
            raise Refused("broken_ledger", "The last line is not whole.")
        return whole.splitlines()

    def _finish(self) -> None:
        """Take away half a last line, and let the head catch up with a line that was written whole."""
        path = self.folder / LINES
        if not path.exists():
            return
        whole = path.read_bytes()
        cut = whole[: whole.rfind(b"\n") + 1]
        if cut != whole:
            with path.open("r+b") as file:
                file.truncate(len(cut))
        lines = cut.splitlines()
        if lines and self._head() == (len(lines) - 1, _read(lines[-1]).before):
            self._point_to(_read(lines[-1]))

    def _head(self) -> tuple[int, str]:
        try:
            number, _, digest = (self.folder / HEAD).read_text(encoding="ascii").strip().partition(" ")
            return int(number), digest
        except FileNotFoundError:
            return 0, FIRST
        except ValueError:
            raise Refused("broken_ledger", "Its head can't be read.") from None

    def _check_head(self, releases: Sequence[Release], digest: str) -> None:
        head = self._head()
        if head not in {(len(releases), digest), (len(releases) - 1, releases[-1].before if releases else "")}:
            raise Refused("broken_ledger", "It ends before or after what its head says: was an older one restored?")

    def _point_to(self, release: Release) -> None:
        part = self.folder / f"{HEAD}.part"
        with part.open("w", encoding="ascii") as file:
            file.write(f"{release.number} {release.digest}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / HEAD)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("busy", "Another release is being made.") from None
            yield


def _read(line: bytes) -> Release:
    try:
        said = json.loads(line)
        return Release(said["number"], said["period"], said["before"], said["certificate"], said["cells"])
    except (ValueError, KeyError, TypeError):
        raise Refused("broken_ledger", "A line can't be read.") from None
