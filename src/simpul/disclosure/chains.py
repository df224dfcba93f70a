"""What was ever published, as a chain of lines: each names the digest of the one before. Where they lie, a store knows.

A line names its number, tier and period, the outline, the batches it covers and the certificate that proves it, each by
digest, and the published cells themselves: value by key, so that an auditor needs nothing else but the certificates.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from simpul.disclosure.errors import Refused
from simpul.disclosure.packing import digest_of

FIRST: Final = "0" * 64
_SHORT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Published = Mapping[str, int | None]


@dataclass(frozen=True)
class Release:
    """One line. `cells` has an entry a declared cell: its value, or None where it is blank."""

    number: int
    period: str
    before: str
    certificate: str
    cells: Published
    tier: str = ""
    outline: str = ""
    batches: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> bytes:
        content = {
            "number": self.number,
            "tier": self.tier,
            "period": self.period,
            "outline": self.outline,
            "batches": dict(self.batches),
            "before": self.before,
            "certificate": self.certificate,
            "cells": dict(self.cells),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        return digest_of(self.line)


class Store(Protocol):
    """Where the lines of a chain and their certificates lie: a folder, the tables of a database.

    `head` is the digest of the last line, kept apart from the lines (FIRST where there is none), so that lines restored
    from an older backup show. `append` does all or nothing, one at a time: Refused("busy") where another appends,
    Refused("stale") where the head is not `after`.
    """

    def lines(self) -> Sequence[bytes]: ...

    def head(self) -> str: ...

    def append(self, line: bytes, digest: str, certificate: bytes, *, after: str) -> None: ...

    def certificate(self, digest: str) -> bytes: ...


class MemoryStore:
    """A store of this process alone."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.last = FIRST
        self.certificates: dict[str, bytes] = {}

    def lines(self) -> Sequence[bytes]:
        return tuple(self.kept)

    def head(self) -> str:
        return self.last

    def append(self, line: bytes, digest: str, certificate: bytes, *, after: str) -> None:
        """Refused("stale")."""
        if after != self.last:
            raise Refused("stale", "Something else was published since.")
        self.certificates[digest_of(certificate)] = certificate
        self.kept.append(line)
        self.last = digest

    def certificate(self, digest: str) -> bytes:
        """Refused("wrong_certificate")."""
        if digest not in self.certificates:
            raise Refused("wrong_certificate", "A certificate is gone.")
        return self.certificates[digest]


def key_of(labels: Sequence[str]) -> str:
    """A cell's name in a line, from its labels; no two cells share one."""
    return _SHORT.encode(list(labels))


def labels_of(key: str) -> tuple[str, ...]:
    """The labels `key_of` made the key from."""
    return tuple(json.loads(key))


def read(lines: Sequence[bytes], head: str, known: dict[str, Release] | None = None) -> tuple[Release, ...]:
    """Every release, first to last. Refused("broken_ledger") where the chain is broken, cut, or older than its head.

    `known`: releases read before, by the digest of their line; it is added to, so that each is taken apart once.
    """
    known = {} if known is None else known
    found: list[Release] = []
    before = FIRST
    for number, line in enumerate(lines, start=1):
        digest = digest_of(line)
        release = known[digest] if digest in known else _read(line)
        if release.number != number or release.before != before:
            raise Refused("broken_ledger", f"Release {number} does not follow the one before it.")
        found.append(release)
        known[digest] = release
        before = digest
    if head != before:
        raise Refused("broken_ledger", "It ends before or after what its head says: was an older one restored?")
    return tuple(found)


def kept_certificate(store: Store, release: Release) -> bytes:
    """What proves the release. Refused("wrong_certificate") where it is not the one the line names."""
    data = store.certificate(release.certificate)
    if digest_of(data) != release.certificate:
        raise Refused("wrong_certificate", f"Release {release.number} names another certificate.")
    return data


def _read(line: bytes) -> Release:
    try:
        release = Release(**json.loads(line))
        is_whole = release.line == line
    except (ValueError, TypeError):
        is_whole = False
    if not is_whole:
        raise Refused("broken_ledger", "A line can't be read.")
    return release
