"""Minutes and official records: a letterhead, what was agreed, and room to sign and to stamp."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Part:
    """`points` are numbered. `rows` are lines of a table, the first one its head."""

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """`name` is "" where it is written by hand."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """All words come from outside. `logo` is a PNG, b"" for none; `about` are lines of label and words."""

    language: str
    logo: bytes
    sender: str
    sender_lines: Sequence[str]
    title: str
    number: str
    subject: str
    opening: Sequence[str]
    about: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    closing: str
    place_and_day: str
    signers: Sequence[Signer]
    stamp: str
    footer: str


def print_record(record: OfficialRecord) -> bytes:
    return typeset("record", {**asdict(record), "logo": list(record.logo)})
