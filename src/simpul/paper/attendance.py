"""*Daftar hadir*: the sheet that goes from hand to hand, with room to sign, for a thumbprint, and for a stamp.

It has no column for telephone numbers: everybody who signs reads what those before them wrote.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """`about` are lines of label and words over the table. `widths` are shares, one a column of `header`; the last
    column is the one to sign in. `rows` are filled in as far as is known, `blank` further ones are empty.

    `signers` stand under the table, each with room to sign; `stamp` is what the room for the stamp is called.
    """

    language: str
    sender: str
    sender_lines: Sequence[str]
    title: str
    about: Sequence[tuple[str, str]]
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    blank: int
    note: str
    signers: Sequence[str]
    stamp: str
    footer: str


def print_attendance(sheet: AttendanceSheet) -> bytes:
    """A PDF. ValueError for a row with more or fewer cells than there are columns before the one to sign in."""
    if any(len(row) != len(sheet.header) - 2 for row in sheet.rows):
        raise ValueError("a row has a cell for every column between its number and the signature")
    return typeset("attendance", asdict(sheet))
