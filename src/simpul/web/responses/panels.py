"""Responses as their pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.clusters import Cluster, words_for
from simpul.activities.models import ActivityStatus, NeedStatus, ReportedNeed, Response, ResponseActivity
from simpul.activities.queries.gaps import Answered, Cell, GapMap, NeedState
from simpul.activities.rules.responses import is_coarse, told_code
from simpul.territory.models import Area
from simpul.web import formats
from simpul.web.components import Text, Tone
from simpul.web.territory.maps import AreaMap, Level, map_of

TONES: Final[Mapping[str, Tone]] = {
    ActivityStatus.PLANNED: Tone.IDLE,
    ActivityStatus.ONGOING: Tone.INFO,
    ActivityStatus.DONE: Tone.OK,
    ActivityStatus.STOPPED: Tone.WARN,
    NeedStatus.OPEN: Tone.WARN,
    NeedStatus.PARTLY: Tone.INFO,
    NeedStatus.MET: Tone.OK,
    NeedStatus.UNFOUNDED: Tone.IDLE,
}
_LEVELS: Final[dict[int, Level]] = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the 4W in a list."""

    href: str
    activity: str
    cluster: str
    lead: str
    lead_href: str
    others: str
    where: str
    status: Text
    tone: Tone
    amount: str
    reached: int
    as_of: date
    fade: int


@dataclass(frozen=True, slots=True)
class NeedRow:
    href: str
    what: str
    cluster: str
    where: str
    amount: str
    people: int | None
    reporter: str
    reported_on: date
    status: Text
    tone: Tone
    answered: Text = ""
    answered_tone: Tone = Tone.IDLE


@dataclass(frozen=True, slots=True)
class GapCell:
    """One cell of the table: what stands, how faded, and what is missing. `href` opens its lines."""

    fade: int
    words: str
    age: str
    gaps: str
    overlaps: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class GapRow:
    title: str
    href: str
    cells: Sequence[tuple[Text, GapCell | None]]  # each under the name of its cluster


def fade_of(as_of: date, day: date) -> int:
    return Cell(0, 0, 0, 0, as_of).fade(day)


def line_rows(rows: Iterable[ResponseActivity], day: date, titles: Mapping[str, str], *, inside: Any) -> list[LineRow]:
    """`titles`: area code -> where in words; `inside`: whether a row is told whole."""
    return [_line(row, day, titles, inside=inside(row)) for row in rows]


def _line(row: ResponseActivity, day: date, titles: Mapping[str, str], *, inside: bool) -> LineRow:
    parts = getattr(row, "parts_in_sight", ())
    return LineRow(
        reverse("responses:line", args=[row.line]),
        row.activity,
        words_for(row.cluster, row.sub_cluster),
        row.lead.name,
        f"/jejaring/{row.lead_id}/",
        "; ".join(dict.fromkeys(part.organisation.name for part in parts)),
        titles.get(told_code(row, inside=inside), ""),
        ActivityStatus(row.status).label,
        TONES[row.status],
        amount_words(row.done, row.planned, row.unit),
        row.reached.total,
        row.as_of,
        fade_of(row.as_of, day),
    )


def amount_words(done: Decimal | None, planned: Decimal | None, unit: str) -> str:
    """ "1.200 of 5.000 packages"; "" where nobody told."""
    language = get_language() or "id"

    def words(value: Decimal) -> str:
        exact = value.normalize()
        return formats.number(exact, language=language, decimals=max(-int(exact.as_tuple().exponent), 0))

    if done is not None and planned is not None:
        told = _("%(done)s of %(planned)s") % {"done": words(done), "planned": words(planned)}
    elif planned is not None:
        told = _("%(planned)s planned") % {"planned": words(planned)}
    else:
        told = words(done) if done is not None else ""
    return f"{told} {unit}".strip() if told else ""


def need_row(need: ReportedNeed, where: str, reporter: str, state: NeedState | None = None) -> NeedRow:
    answered, tone = answered_words(state.answered) if state else ("", Tone.IDLE)
    return NeedRow(
        reverse("responses:need", args=[need.line]),
        need.what,
        words_for(need.cluster, need.sub_cluster),
        where,
        amount_words(need.quantity, None, need.unit),
        need.people,
        reporter,
        need.reported_on,
        NeedStatus(need.status).label,
        TONES[need.status],
        answered,
        tone,
    )


def answered_words(answered: Answered) -> tuple[Text, Tone]:
    return {
        Answered.NOBODY: (_("nobody is on it"), Tone.BAD),
        Answered.WIDER: (_("only told for a larger area"), Tone.WARN),
        Answered.SOMEBODY: (_("somebody is on it"), Tone.OK),
    }[answered]


def codes_told(rows: Iterable[ResponseActivity | ReportedNeed], *, inside: Any) -> set[str]:
    return {told_code(row, inside=inside(row)) for row in rows}


def is_told_whole(row: ResponseActivity | ReportedNeed, *, inside: bool) -> bool:
    return not is_coarse(row, inside=inside)


def finding_of(found: GapMap) -> str:
    """What the page says first."""
    gaps, needs = len(found.gaps), len(found.needs)
    if gaps:
        words = ngettext("%(n)s need has nobody", "%(n)s needs have nobody", gaps)
        return str(words % {"n": gaps})
    if needs:
        words = ngettext("Somebody is on the %(n)s open need", "Somebody is on each of the %(n)s open needs", needs)
        return str(words % {"n": needs})
    return _("No need is open")


def drawn(found: GapMap, areas: Sequence[Area], href: Any) -> AreaMap:
    """Needs with nobody, by part."""
    gaps = found.gaps_by_part()
    return map_of(
        areas,
        "gaps",
        caption=_("Needs that nobody is on, by area"),
        level=_LEVELS[found.level],
        values={area.code: gaps.get(area.code, 0) for area in areas},
        unit=_("needs with nobody"),
        within=found.code or None,
        href=href,
    )


def gap_rows(
    found: GapMap, response: Response, areas: Sequence[Area], clusters: Sequence[str], *, whole: Area | None, href: Any
) -> list[GapRow]:
    """The area itself first, then its parts that something is told of."""
    told = [
        area for area in areas if any((area.code, c) in found.cells or found.gaps_in(area.code, c) for c in clusters)
    ]
    rows = [GapRow(area.title, href(area), _cells(found, response, area, clusters)) for area in told]
    if whole is None:
        return rows
    return [GapRow(whole.title, "", _cells(found, response, whole, clusters)), *rows]


def _cells(found: GapMap, response: Response, area: Area, clusters: Sequence[str]) -> list[tuple[Text, GapCell | None]]:
    return [(Cluster(c).label, _cell(found, response, area, c)) for c in clusters]


def _cell(found: GapMap, response: Response, area: Area, cluster: str) -> GapCell | None:
    cell, gaps = found.cells.get((area.code, cluster)), found.gaps_in(area.code, cluster)
    if cell is None and not gaps:
        return None
    query = {"wilayah": area.code, "klaster": cluster, "pada": found.day.isoformat()}
    page = "responses:lines" if cell else "responses:needs"
    href = f"{reverse(page, args=[response.pk])}?{urlencode(query)}"
    return GapCell(
        cell.fade(found.day) if cell else 0,
        _doing_words(cell) if cell else "",
        _age_words(cell.age(found.day)) if cell else "",
        str(ngettext("%(n)s need without anybody", "%(n)s needs without anybody", gaps) % {"n": gaps}) if gaps else "",
        _overlap_words(cell) if cell else "",
        href,
        f"{area.title}, {Cluster(cluster).label}",
    )


def _doing_words(cell: Cell) -> str:
    activities = ngettext("%(n)s activity", "%(n)s activities", cell.activities) % {"n": cell.activities}
    held = ngettext("%(n)s organisation", "%(n)s organisations", cell.organisations) % {"n": cell.organisations}
    return f"{activities}, {held}"


def _age_words(days: int) -> str:
    if not days:
        return _("told today")
    return str(ngettext("told %(n)s day ago", "told %(n)s days ago", days) % {"n": days})


def _overlap_words(cell: Cell) -> str:
    if not cell.overlaps:
        return ""
    return str(ngettext("%(n)s overlap", "%(n)s overlaps", cell.overlaps) % {"n": cell.overlaps})
