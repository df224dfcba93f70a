"""What a proposal would publish, as it is kept between the worker that decides it and the people who agree to it."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a book's chain, its digest, and the certificate that proves it."""

    line: bytes
    digest: str
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """`before` is the end of the chain that `lines` follow; `costs` has an entry a line."""

    before: str
    lines: tuple[Line, ...]
    costs: tuple[Mapping[str, Any], ...]

    @property
    def text(self) -> str:
        lines = [[_text(one.line), one.digest, _text(one.certificate)] for one in self.lines]
        return _text(zlib.compress(json.dumps({"before": self.before, "lines": lines}, sort_keys=True).encode(), 6))

    @property
    def digest(self) -> str:
        """Of the chain's end as it would be: it stands for every line and certificate before."""
        return digest_of_lines(self.before, [one.digest for one in self.lines])


def read_content(text: str) -> Content:
    """What `text` gave, without the costs."""
    read = json.loads(zlib.decompress(base64.b64decode(text)))
    lines = tuple(Line(_bytes(line), digest, _bytes(certificate)) for line, digest, certificate in read["lines"])
    return Content(read["before"], lines, ())


def digest_of_lines(before: str, digests: Sequence[str]) -> str:
    """What stands for these lines, after that end of the chain."""
    return digest_of(json.dumps([before, list(digests)]).encode())


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
