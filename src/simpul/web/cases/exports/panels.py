"""An export as its page shows it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from simpul.cases.export_columns import COLUMNS
from simpul.cases.export_kinds import Part, Standing
from simpul.cases.kinds import Branch
from simpul.cases.queries.exports import CaseExport
from simpul.web import formats
from simpul.web.cases.desk.panels import language, zone_at
from simpul.web.components import Row, Tone

TONES: Final[Mapping[Standing, Tone]] = {
    Standing.MAKING: Tone.INFO,
    Standing.READY: Tone.WARN,
    Standing.COLLECTED: Tone.BAD,
    Standing.RECALLED: Tone.IDLE,
    Standing.ENDED: Tone.IDLE,
}


def part_words(part: Part) -> str:
    """Which cases, in words: days, branch, area."""
    words = [
        _("reported from %(day)s") % {"day": formats.day(part.since, language=language())} if part.since else "",
        _("reported until %(day)s") % {"day": formats.day(part.until, language=language())} if part.until else "",
        str(Branch(part.branch).label) if part.branch else "",
        part.area_code,
    ]
    return ", ".join(filter(None, words)) or _("all cases of the group")


def _why(export: CaseExport, sealed: Any) -> str:
    return _("It is not kept any longer.") if export.emptied_at else str(sealed.open())


def rows_of(export: CaseExport, seen: int) -> list[Row]:
    """Who, what and why. `seen`: how many of its cases the reader sees."""
    labels = {column.name: column.label for column in COLUMNS}
    hidden = {column.name for column in COLUMNS if column.masked and not export.unmasked}
    rows = [
        Row(_("Taken out by"), export.asked_by.name),
        Row(_("On"), formats.moment(export.asked_at, zone_at(export.owner_organisation), language=language())),
        Row(_("What for"), _why(export, export.reason)),
        Row(_("Which cases"), part_words(Part.of(export.part))),
        Row(_("How many"), formats.number(seen, language=language()) if export.prepared_at else ""),
        Row(_("File"), export.get_kind_display()),
        Row(_("Columns"), ", ".join(str(labels[name]) for name in export.columns if name in labels)),
        Row(_("Masked"), ", ".join(str(labels[name]) for name in export.columns if name in hidden) or _("no column")),
    ]
    if export.unmasking_reason is not None:
        rows.append(Row(_("Why with names"), _why(export, export.unmasking_reason)))
    if export.collected_at:
        rows.append(
            Row(
                _("Collected on"),
                formats.moment(export.collected_at, zone_at(export.owner_organisation), language=language()),
            )
        )
    return rows
