"""The sheet of paper: one page, marked as what it is."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from simpul.cases.queries.own_counts import OwnCounts
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.paper.figures import MOST_BARS, MOST_LINES, FigureSheet, Mark
from simpul.web import formats
from simpul.web.cases.owncounts.panels import columns_of, finding, matters_of, months_of, table_of

PLACES: Final = MOST_LINES - 5  # beside the head, two branches, other places, and all together


def sheet_of(found: OwnCounts, group: Organisation, language: str, *, now: datetime, address: str) -> FigureSheet:
    """Everything on it is of this group alone, and nothing is hidden."""
    return FigureSheet(
        language=language,
        sender=group.name,
        kind=_("The group's own counts, with nothing hidden"),
        place=group.name,
        path=_("For the coordinator alone"),
        period=str(found.year),
        finding=finding(found),
        number=formats.number(found.people, language=language),
        number_label=ngettext("person accompanied", "people accompanied", found.people),
        trend_title=_("Month by month"),
        trend=_marks(months_of(found, language), language),
        bars_title=pgettext("cases", "What it was about"),
        bars=_marks(_most(matters_of(found)), language),
        table_title=_("Who it concerned, and where"),
        table=_table(found, language),
        blank="",
        stamp=_("Not for publication"),
        notes=(
            _("A person counts in the month in which the case was received; somebody with several matters is in each."),
            _(
                "Small numbers point at people. Keep this sheet locked away, show it to nobody outside the group, and "
                "destroy it when it has served. What may be told to others is published, with small numbers hidden."
            ),
        ),
        address=address,
        address_label=_("Scan to open"),
        footer=_("Made on %(day)s, kept on record.")
        % {"day": formats.day(local_date(now, Zone.WITA), language=language)},
    )  # fmt: skip


def _marks(rows: list[tuple[str, int]], language: str) -> list[Mark]:
    largest = max((many for _name, many in rows), default=0)
    return [
        Mark(name, formats.number(many, language=language), many / largest if largest else 0.0) for name, many in rows
    ]


def _most(rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """As many as fit; the rest taken together, so that nothing is missing."""
    if len(rows) <= MOST_BARS:
        return rows
    rest = rows[MOST_BARS - 1 :]
    text = _("%(n)s other matters") % {"n": len(rest)}
    return [*rows[: MOST_BARS - 1], (text, sum(many for _name, many in rest))]


def _table(found: OwnCounts, language: str) -> list[list[str]]:
    """Branches by sex and age, then the places with most people: of these the whole alone."""
    head, *branches, whole = table_of(found, language)
    width = len(columns_of(found)) - 1
    shown = found.by_place
    rest = sum(many for _name, many in shown[PLACES:])
    places = [*shown[:PLACES], *([(_("Other places"), rest)] if rest else [])]
    rows = [[name, *["·"] * width, formats.number(many, language=language)] for name, many in places]
    return [head, *branches, *rows, whole]
