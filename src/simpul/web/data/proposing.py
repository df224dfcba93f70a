"""Getting counts published: what waits, what a proposal would tell and hide, who agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.people.queries import people_for, today
from simpul.releases.kinds import ALL, age_label, sex_label, type_label
from simpul.releases.queries.proposals import Agreement, ProposalRow, preview_for, proposal_for, proposals_for
from simpul.releases.queries.turns import desk_for
from simpul.releases.tables import TABLES, Margin, Table
from simpul.territory.models import Area
from simpul.territory.queries import areas_by_code
from simpul.web import formats
from simpul.web.components import Link, Tone
from simpul.web.data.asking import Asked
from simpul.web.data.charts import number, text_of
from simpul.web.data.figures import where_of
from simpul.web.data.ledger import AUDIENCES
from simpul.web.data.methods import LEVELS
from simpul.web.data.reading import told_as
from simpul.web.data.words import BLANK, period_words
from simpul.web.organisations.places import LEVELS as DRAWN
from simpul.web.territory.maps import AreaMap, map_of

MOST_PREVIEWED: Final = 2_000
STATES: Final[dict[str, tuple[Promise, Tone]]] = {
    "computing": (pgettext_lazy("proposal", "being worked out"), Tone.INFO),
    "ready": (pgettext_lazy("proposal", "waits for the first agreement"), Tone.WARN),
    "approved": (pgettext_lazy("proposal", "waits for the second agreement"), Tone.WARN),
    "published": (pgettext_lazy("proposal", "published"), Tone.OK),
    "refused": (pgettext_lazy("proposal", "can't be published safely"), Tone.BAD),
    "withdrawn": (pgettext_lazy("proposal", "refused or taken back"), Tone.IDLE),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as a line of a list."""

    row: ProposalRow
    period: str
    word: Promise
    tone: Tone


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one table of it tells and hides, with the address of its preview."""

    audience: Promise
    period: str
    declared: str
    published: str
    below: str
    beyond: str
    share: str


def shown(row: ProposalRow) -> Shown:
    return Shown(row, _when(row.period), *STATES[row.state])


def _when(label: str) -> str:
    return period_words(label, get_language() or "id")


def desk_page(actor: Actor, now: datetime) -> dict[str, Any]:
    """Denied for who neither proposes nor approves."""
    desk = desk_for(actor)
    rows = [shown(row) for row in proposals_for(actor)]
    return {
        "desk": desk,
        "open": shown(desk.standing) if desk.standing else None,
        "next": _when(desk.next_month) if desk.next_month else "",
        "is_over": desk.closes_at is not None and desk.closes_at <= now,
        "rows": rows,
    }


def proposal_page(actor: Actor, key: UUID, now: datetime) -> dict[str, Any]:
    """NotFound, Denied."""
    row = proposal_for(actor, key)
    return {
        "shown": shown(row),
        "row": row,
        "costs": [_cost(one) for one in row.costs],
        "tables": [Link(_name(table), f"{table.key}") for table in TABLES.values()] if row.digest else [],
        "approvals": _named(actor, row, now),
        "refused_by": _names(actor, [row.withdrawn_by], now)[0] if row.withdrawn_by else "",
        "mine": any(one.person == actor.person_id for one in row.approvals),
    }


def _cost(one: Any) -> CostRow:
    language = get_language() or "id"
    lost = formats.number(one.value_share, language=language, decimals=2) + formats.tongue(language).percent
    return CostRow(
        audience=AUDIENCES[one.audience],
        period=_when(one.period),
        declared=number(one.declared),
        published=number(one.published),
        below=number(one.below),
        beyond=number(one.beyond),
        share=lost,
    )


def _named(actor: Actor, row: ProposalRow, now: datetime) -> list[tuple[str, Agreement]]:
    return list(zip(_names(actor, [one.person for one in row.approvals], now), row.approvals, strict=True))


def _names(actor: Actor, ids: Sequence[UUID], now: datetime) -> list[str]:
    """Where the reader may see people; everybody knows themself."""
    seen = {person.pk: person.name for person in people_for(actor, on=today(now)).filter(pk__in=ids)} if ids else {}
    seen |= {actor.person_id: _("You")} if actor.person_id else {}
    return [seen.get(one, _("Somebody else who may")) for one in ids]


def _name(table: Table) -> str:
    by = [word for word, margin in ((_("by sex"), table.sex), (_("by age"), table.age)) if margin is not Margin.NONE]
    return " · ".join([str(LEVELS[table.level]), *by])


def preview_page(actor: Actor, key: UUID, sent: Any) -> dict[str, Any]:
    """One table of a proposal, of one place: what would be told, and what not. NotFound, Denied."""
    row = proposal_for(actor, key)
    table = TABLES.get(sent.get("tabel", ""), TABLES["province-month"])
    asked = Asked.read({"wilayah": sent.get("wilayah", ""), "jenis": sent.get("jenis", "")})
    kind, sex = told_as(asked.type, table), None if table.sex is Margin.EACH else ALL
    cells = list(islice(preview_for(actor, key, table.key, within=asked.code, type=kind, sex=sex), MOST_PREVIEWED))
    places = areas_by_code({cell.area for cell in cells if cell.area})
    lines = [_line(cell, places) for cell in cells]
    return {
        "shown": shown(row),
        "row": row,
        "table": table,
        "name": _name(table),
        "lines": lines,
        "told": sum(not line.is_blank for line in lines),
        "map": _map(table, cells, places, asked),
        "asked": asked,
    }


@dataclass(frozen=True, slots=True)
class PreviewLine:
    place: str
    kind: str
    who: str
    period: str
    text: str
    is_blank: bool


def _line(cell: Any, places: Mapping[str, Area]) -> PreviewLine:
    place = places[cell.area].title if cell.area in places else where_of(cell.area).title
    who = [str(label(code)) for label, code in ((sex_label, cell.sex), (age_label, cell.age)) if code]
    period = _when(cell.period)
    return PreviewLine(
        place, str(type_label(cell.type)), " · ".join(who), period, text_of(cell.count), cell.count is None
    )


def _map(table: Table, cells: Sequence[Any], places: Mapping[str, Area], asked: Asked) -> AreaMap | None:
    """Of the places of a table that is not told apart by sex or age; districts and villages once a place is chosen."""
    if table.level not in DRAWN or Margin.EACH in (table.sex, table.age) or (table.level > 2 and not asked.code):
        return None
    told = {cell.area: cell.count for cell in cells if cell.count is not None}
    return map_of(
        sorted(places.values(), key=lambda area: area.name), "usulan", caption=_("What would be told"),
        level=DRAWN[table.level], values=told, unit=_("people"), within=asked.code or None, unknown=str(BLANK),
    )  # fmt: skip
