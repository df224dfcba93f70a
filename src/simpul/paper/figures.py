"""A sheet of figures: one page of A4 with a finding, its drawings, a table, and where it all comes from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from simpul.paper.pictures import qr_svg
from simpul.paper.typesetting import typeset

MOST_BARS: Final = 10
MOST_COLUMNS: Final = 12
MOST_LINES: Final = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or column: `share` of the drawing from 0 to 1, None for a blank, which is hatched; `text` beside it."""

    label: str
    text: str
    share: float | None


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """All words come from outside, in the language of whoever reads it. `table` has its head as the first line, and
    `blank` where a cell is hatched ("" where nothing is hidden). `stamp` stands above all, for what may
    not be handed on. `address` is printed, and scanned. Nothing is carried over to a second
    page: at most MOST_BARS bars, MOST_COLUMNS columns, MOST_LINES lines.
    """

    language: str
    sender: str
    kind: str
    place: str
    path: str
    period: str
    finding: str
    number: str
    number_label: str
    trend_title: str
    trend: Sequence[Mark]
    bars_title: str
    bars: Sequence[Mark]
    table_title: str
    table: Sequence[Sequence[str]]
    blank: str
    notes: Sequence[str]
    address: str
    address_label: str
    footer: str
    stamp: str = ""


def print_figures(sheet: FigureSheet) -> bytes:
    """ValueError for more than fits on the page."""
    if len(sheet.bars) > MOST_BARS or len(sheet.trend) > MOST_COLUMNS or len(sheet.table) > MOST_LINES:
        raise ValueError("a sheet is one page")
    return typeset("figures", {**asdict(sheet), "code": qr_svg(sheet.address)})
