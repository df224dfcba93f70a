"""A sheet of paper: a head, a title, and sections of words, lists and tables, on as many pages as it takes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Section:
    """`rows` are lines of a table, the first one its head where `headed`; a table of two columns needs none."""

    title: str = ""
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words come from outside, in the language of whoever reads it. `sections` follow one another."""

    language: str
    sender: str
    place_and_day: str
    title: str
    sections: Sequence[Section]
    footer: str
    sender_lines: Sequence[str] = ()
    recipient: str = ""
    signed: str = ""


def print_sheet(sheet: Sheet) -> bytes:
    return typeset("sheet", asdict(sheet))
