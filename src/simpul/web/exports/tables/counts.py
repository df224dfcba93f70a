"""Published counts to take away: the declared cells of the place a page shows and of those below, blanks as such.

What comes out is what `releases` publishes to everybody, whoever asks: a file is passed on.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.writing import Page, Value
from simpul.kernel.actor import Anonymous
from simpul.kernel.time import Zone, local_date
from simpul.releases.kinds import type_label
from simpul.releases.queries.published import Cell, cells_for
from simpul.releases.tables import Level
from simpul.web.data.asking import Asked
from simpul.web.data.methods import COLUMNS, GUARANTEES, NOT_GUARANTEED, STATUS, STEPS, types
from simpul.web.data.panels import sight_of
from simpul.web.data.reading import readable
from simpul.web.data.words import period_words
from simpul.web.exports.tables.table import MOST, Table
from simpul.web.http import Request


def case_counts(request: Request) -> Table:
    """Of the year that the page shows."""
    asked, public = Asked.read(request.GET), Anonymous()
    sight = sight_of(public, asked)
    year, language = sight.period[:4], get_language() or "id"
    names = {area.code: area.title for area in [*asked.parts, *([asked.area] if asked.area else [])]}
    filters = [(_("Place"), sight.place)]
    if year:
        filters.append((_("Year"), period_words(year, language)))
    lines = _lines(request, _cells(asked, year), {"": _("Indonesia"), **names})
    title = _("Published numbers of cases")
    return Table(title, filters, _today(), list(COLUMNS), lines, more=explained())


def _cells(asked: Asked, year: str) -> Iterator[Cell]:
    """The place's own, then those of the places directly below. Four statements."""
    levels = [asked.level, *([asked.level + 1] if asked.level < Level.VILLAGE else [])]
    left = MOST
    for level in levels:
        for table in readable(Anonymous(), level):
            for cell in cells_for(Anonymous(), table.key, within=asked.code):
                if cell.period.startswith(year) and left:
                    left -= 1
                    yield cell


def _lines(request: Request, cells: Iterator[Cell], names: dict[str, str]) -> Iterator[Sequence[Value]]:
    for cell in cells:
        address = request.build_absolute_uri(reverse("data:figure", args=[cell.id])) if cell.id else ""
        yield [
            cell.area.count(".") + 1 if cell.area else 0,
            cell.area,
            names.get(cell.area, cell.area),
            cell.type,
            str(type_label(cell.type)),
            cell.sex,
            cell.age,
            cell.period,
            cell.start,
            cell.until,
            cell.count,
            str(STATUS[cell.count is not None]),
            address,
        ]


def dictionary(_request: Request) -> Table:
    """What every code of the file means."""
    lines: list[Sequence[Value]] = [[code, words, depth, least] for code, words, depth, least in types()]
    header = [_("Code"), _("Type"), _("How fine"), _("Told from")]
    return Table(_("Dictionary of the numbers of cases"), [], _today(), header, lines, more=explained()[:2])


def explained() -> list[Page]:
    """The columns, the method, the codes: what a reader of the file alone needs."""
    columns = Page(
        _("Columns"), [_("Column"), _("What stands in it")], [[name, str(words)] for name, words in COLUMNS.items()]
    )
    steps = [[str(one)] for one in (*STEPS, *GUARANTEES, NOT_GUARANTEED)]
    codes: list[Sequence[Value]] = [[code, words, least] for code, words, _depth, least in types()]
    return [
        columns,
        Page(_("How we count"), [_("How we count")], steps),
        Page(_("Codes"), [_("Code"), _("Type"), _("Told from")], codes),
    ]


def _today() -> date:
    return local_date(timezone.now(), Zone.WIB)
