"""Drawings of published counts: plain functions from counts to shapes, without a database.

A count is a whole number, or None for a blank: all blanks are drawn alike, whatever is behind them. Widths are shares
of the drawing and words keep their size, so the same drawing serves a phone and a desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.web import formats
from simpul.web.data.words import BLANK

# Of the height of a drawing, in per cent: above the columns the numbers, below them the periods.
TOP: Final = 14.0
BASE: Final = 86.0
MOST_TICKS: Final = 4  # as many as a phone has room for, beside the numbers of the lines
MOST_NUMBERS: Final = 8  # more columns than this, and only the highest and the last bear their number
GAP: Final = 0.22  # of a column's room


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its words, its short words under the axis, its count, and the address of that figure."""

    label: str
    short: str
    count: int | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A drawn period. Places and sizes are in per cent; a blank one is hatched over the whole height."""

    x: str
    width: str
    y: str
    height: str
    middle: str
    above: str  # where the number stands
    number: str
    title: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis."""

    at: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """What data/_trend.html draws. `summary` says in words what the eye sees."""

    caption: str
    unit: str
    summary: str
    columns: Sequence[Column]
    ticks: Sequence[Tick]
    lines: Sequence[tuple[str, str]]  # height in per cent, number beside it
    points: Sequence[tuple[Point, str]]  # with the count in words: the table behind

    @property
    def has_blanks(self) -> bool:
        return any(column.is_blank for column in self.columns)


@dataclass(frozen=True, slots=True)
class CrossCell:
    """`share` is empty where the cell or the whole of its line is blank: no percentage of what is not told."""

    column: str
    text: str
    share: str
    href: str
    is_blank: bool
    shade: int  # 1 to 5 by the share of the largest; 0 for a blank and for a margin


@dataclass(frozen=True, slots=True)
class CrossRow:
    label: str
    cells: Sequence[CrossCell]


@dataclass(frozen=True, slots=True)
class Cross:
    """What data/_cross.html draws: `columns` are the words above, the last one the whole where there is one."""

    caption: str
    row_head: str
    columns: Sequence[str]
    rows: Sequence[CrossRow]
    untold: Sequence[str] = ()  # words of the rows that are blank all along: named below, not drawn

    @property
    def has_blanks(self) -> bool:
        return bool(self.untold) or any(cell.is_blank for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Told:
    """A published count and where it stands for good; `count` None for a blank, which has no address."""

    count: int | None
    href: str = ""


NOTHING_TOLD: Final = Told(None)


def number(value: int) -> str:
    return formats.number(value, language=get_language() or "id")


def text_of(count: int | None) -> str:
    """The number, or the words of every blank."""
    return str(BLANK) if count is None else number(count)


def share(part: int | None, whole: int | None) -> str:
    """A percentage of two published counts; nothing where one of them is blank."""
    if part is None or not whole:
        return ""
    return formats.percent(part, whole, language=get_language() or "id", decimals=0)


def trend_of(points: Sequence[Point], *, caption: str, unit: str) -> Trend:
    """Columns over time, oldest first. Without any published count the drawing is of blanks alone."""
    highest = max((p.count for p in points if p.count is not None), default=0)
    top = ceiling(highest)
    marked = _marked(points, highest)
    columns = [_column(n, len(points), point, top, numbered=n in marked) for n, point in enumerate(points)]
    lines = [(_per_cent(BASE - (BASE - TOP) * at / top), number(at)) for at in (top // 2, top) if at]
    told = [(point, text_of(point.count)) for point in points]
    return Trend(caption, unit, _summary(points, unit), columns, _ticks(points), lines, told)


def ceiling(highest: int) -> int:
    """The round number at the top of an axis: even, and 4 at least, so that the middle line bears a whole number."""
    power = 1
    while 10 * power < highest:
        power *= 10
    return next(times * power for times in (2, 4, 6, 8, 10) if times * power >= max(highest, 4))


def _marked(points: Sequence[Point], highest: int) -> set[int]:
    known = [n for n, point in enumerate(points) if point.count is not None]
    if len(points) <= MOST_NUMBERS:
        return set(known)
    top = [n for n in known if points[n].count == highest]
    return {*top[:1], *known[-1:]}


def _column(at: int, total: int, point: Point, top: int, *, numbered: bool) -> Column:
    room = 100 / total
    blank = point.count is None
    tall = (BASE - TOP) * (1.0 if point.count is None else point.count / top)
    return Column(
        x=_per_cent(room * (at + GAP / 2)),
        width=_per_cent(room * (1 - GAP)),
        y=_per_cent(BASE - tall),
        height=_per_cent(tall),
        middle=_per_cent(room * (at + 0.5)),
        above=_per_cent(BASE - tall - 2),
        number=number(point.count) if point.count is not None and numbered else "",
        title=f"{point.label}: {text_of(point.count)}",
        is_blank=blank,
    )


def _ticks(points: Sequence[Point]) -> list[Tick]:
    """So many words as fit on a phone, each under the middle of its column."""
    every = max(1, -(-len(points) // MOST_TICKS))
    room = 100 / max(1, len(points))
    ticks = []
    for at in range(0, len(points), every):
        # A narrow first column has its word begin at the edge, so that nothing is cut off.
        first = at == 0 and room < 16
        ticks.append(
            Tick(_per_cent(0 if first else room * (at + 0.5)), "start" if first else "middle", points[at].short)
        )
    return ticks


def _summary(points: Sequence[Point], unit: str) -> str:
    known = [point for point in points if point.count is not None]
    blanks = len(points) - len(known)
    hidden = ngettext("%(n)s period %(blank)s", "%(n)s periods %(blank)s", blanks) % {"n": blanks, "blank": BLANK}
    if not known:
        return _("No number is told: %(hidden)s.") % {"hidden": hidden}
    highest, last = max(known, key=lambda p: p.count or 0), known[-1]
    said = _("Highest: %(most)s %(unit)s in %(when)s. Latest told: %(last)s in %(then)s.") % {
        "most": text_of(highest.count),
        "unit": unit,
        "when": highest.label,
        "last": text_of(last.count),
        "then": last.label,
    }
    return f"{said} {hidden}." if blanks else said


def cross_of(
    told: Mapping[tuple[str, str], Told],
    *,
    caption: str,
    row_head: str,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
) -> Cross:
    """A table of two dimensions. `rows` and `columns` are (key, words); the key "" is the whole, a published cell of
    its own and never a sum made here. What `told` doesn't name is blank; a row of blanks alone is named, not drawn.
    """
    inner = [cell.count for (row, column), cell in told.items() if row and column and cell.count is not None]
    largest = max(inner, default=0)
    lines, untold = [], []
    for row, words in rows:
        if all(told.get((row, column), NOTHING_TOLD).count is None for column, _said in columns):
            untold.append(words)
            continue
        whole = told.get((row, ""), NOTHING_TOLD).count
        cells = [
            _cross_cell(said, told.get((row, column), NOTHING_TOLD), whole, largest if row and column else 0)
            for column, said in columns
        ]
        lines.append(CrossRow(words, cells))
    return Cross(caption, row_head, [words for _key, words in columns], lines, untold)


def _cross_cell(column: str, cell: Told, whole: int | None, largest: int) -> CrossCell:
    """`largest` is 0 for a margin, which is neither shaded nor a share of itself."""
    if cell.count is None:
        return CrossCell(column, str(BLANK), "", "", True, 0)
    shade = 1 + round(4 * cell.count / largest) if largest else 0
    return CrossCell(column, number(cell.count), share(cell.count, whole) if largest else "", cell.href, False, shade)


def _per_cent(value: float) -> str:
    """With a point whatever the language, as SVG reads it."""
    return f"{value:.2f}%"
