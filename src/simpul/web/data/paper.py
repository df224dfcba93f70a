"""The yearly sheet of a village and the quarterly one of a regency: one page, of published counts alone."""

from typing import Any, Final

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.queries.node import this_node
from simpul.paper.figures import MOST_BARS, MOST_COLUMNS, FigureSheet, Mark
from simpul.releases.kinds import SEXES, Age, age_label, sex_label, type_label
from simpul.releases.queries.published import release_for
from simpul.releases.tables import Level
from simpul.territory.queries import path_of
from simpul.web.data.asking import Asked
from simpul.web.data.charts import number, text_of
from simpul.web.data.panels import Sight, finer, sight_of
from simpul.web.data.periods import QUARTER, YEAR, cadence_of
from simpul.web.data.words import BLANK, BLANK_WHY, short_period

# Which sheet there is of which level: how often.
SHEETS: Final = {Level.REGENCY: QUARTER, Level.VILLAGE: YEAR}


def sheet_of(actor: Actor, code: str, period: str, *, address: str) -> FigureSheet:
    """What is published to this reader of one place and one period. NotFound for a place without sheets, and for a
    period that is not out.
    """
    asked = Asked.read({"wilayah": code, "periode": period})
    sight = sight_of(actor, asked)
    if SHEETS.get(Level(asked.level)) != _cadence(period) or period not in sight.reading.periods:
        raise NotFound("releases.release")
    language = get_language() or "id"
    release = release_for(actor, sight.reading.latest) if sight.reading.latest else None
    told, of_village = sight.count(""), asked.level == Level.VILLAGE
    return FigureSheet(
        language=language,
        sender=_sender(),
        kind=_("Yearly sheet of a village") if of_village else _("Quarterly sheet of a regency or city"),
        place=sight.place,
        path=path_of(code),
        period=sight.when,
        finding=_finding(sight),
        number=text_of(told),
        number_label=ngettext("person accompanied", "people accompanied", told or 0),
        trend_title=_("Year by year") if of_village else _("Quarter by quarter"),
        trend=_trend(sight),
        bars_title=pgettext("cases", "What it was about"),
        bars=_bars(sight),
        table_title=_("Who it concerned"),
        table=_table(sight),
        blank=str(BLANK),
        notes=(
            _(
                "A person counts once, by the gravest thing it was about, in the month in which it was written down. "
                "Only what was brought to groups and offices on Simpul is counted."
            ),
            str(BLANK_WHY),
        ),
        address=address,
        address_label=_("Scan to open"),
        footer=_footer(release),
    )  # fmt: skip


def _cadence(period: str) -> str:
    return cadence_of(period) if period else ""


def _sender() -> str:
    node = this_node()
    return node.host.name if node else "Simpul"


def _finding(sight: Sight) -> str:
    """The largest part that is told, in one sentence."""
    largest = max(((sight.count(one) or 0, one) for one in finer(sight)), default=(0, ""))
    if not largest[0]:
        return _("No part is told apart: each is small, or would show one that is.")
    about = {"n": number(largest[0]), "type": type_label(largest[1])}
    return _("Most often: %(type)s, %(n)s people.") % about


def _trend(sight: Sight) -> list[Mark]:
    labels = [label for label in sight.reading.periods if label <= sight.period][-MOST_COLUMNS:]
    counts = [sight.reading.counts.told(label, sight.asked.code).count for label in labels]
    return [
        _mark(short_period(label, sight.language), count, counts) for label, count in zip(labels, counts, strict=True)
    ]


def _bars(sight: Sight) -> list[Mark]:
    """The largest first; of the blank ones as many as fit, in the order of the list."""
    rows = sorted(((one, sight.count(one)) for one in finer(sight)), key=lambda row: -(row[1] or 0))
    counts = [count for _one, count in rows]
    return [_mark(str(type_label(one)), count, counts) for one, count in rows[:MOST_BARS]]


def _mark(label: str, count: int | None, counts: list[int | None]) -> Mark:
    largest = max((one for one in counts if one is not None), default=0)
    share = None if count is None else count / largest if largest else 0.0
    return Mark(label, text_of(count), share)


def _table(sight: Sight) -> list[list[str]]:
    """Branches by sex and by age, as far as they are told to this reader."""
    heads: list[tuple[str, dict[str, str]]] = [(str(sex_label(one)), {"sex": one}) for one in SEXES[:2]]
    heads += [(str(age_label(one)), {"age": one}) for one in (Age.CHILD, Age.ADULT)]
    known = sight.reading.counts.known
    shown = [(words, by) for words, by in heads if any(_is_by(key, by) for key in known)]
    if not shown:
        return []
    lines = [[_("Type"), *(words for words, _by in shown), _("All")]]
    for kind in ("violence", "social", ""):
        cells = [text_of(sight.count(kind, **by)) for _words, by in shown]
        lines.append([str(type_label(kind)), *cells, text_of(sight.count(kind))])
    return lines


def _is_by(key: tuple[str, str, str, str], by: dict[str, str]) -> bool:
    return key[2] == by.get("sex", "") and key[3] == by.get("age", "")


def _footer(release: Any) -> str:
    if release is None:
        return "Simpul · CC BY 4.0"
    about = {"book": release.book.year, "number": release.number, "digest": release.digest[:16]}
    return _("Simpul · book %(book)s, release %(number)s · digest %(digest)s…") % about
