"""The page of published counts, part by part: the finding, the map, the time, what it was about, whom it concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.releases.kinds import SEXES, Age, CameOf, age_label, depth_of, sex_label, type_label
from simpul.releases.queries.published import release_for
from simpul.releases.tables import Depth, Level
from simpul.web.components import Bar, Link, Stat
from simpul.web.data.asking import Asked
from simpul.web.data.charts import Cross, Point, Trend, cross_of, number, share, trend_of
from simpul.web.data.periods import chosen, offered
from simpul.web.data.reading import (
    Below,
    Reading,
    chain_of,
    read_below,
    read_place,
    told_as,
)
from simpul.web.data.words import BLANK, CADENCES, period_words, short_period
from simpul.web.organisations.places import LEVELS
from simpul.web.territory.maps import AreaMap, map_of

AGES: Final = tuple(Age)


@dataclass(frozen=True)
class Sight:
    """What a page is about: one place, one period, one type, and all that is published of it."""

    asked: Asked
    reading: Reading
    period: str
    type: str
    offers: dict[str, list[str]]

    @property
    def language(self) -> str:
        return get_language() or "id"

    @property
    def place(self) -> str:
        return self.asked.area.title if self.asked.area else _("Indonesia")

    @property
    def when(self) -> str:
        return period_words(self.period, self.language)

    def count(self, type: str, sex: str = "", age: str = "") -> int | None:  # noqa: A002
        return self.reading.counts.told(self.period, self.asked.code, type, sex, age).count


def sight_of(actor: Actor, asked: Asked) -> Sight:
    reading = read_place(actor, asked.level, asked.code)
    offers = offered(reading.periods)
    return Sight(asked, reading, chosen(asked.period, offers), told_as(asked.type, reading.table), offers)


def page_of(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Everything that data/cases.html draws. At most twelve statements."""
    sight = sight_of(actor, asked)
    page: dict[str, Any] = {"asked": asked, "sight": sight, "crumbs": crumbs(asked)}
    if not sight.reading.periods:
        return page | {"nothing": True}
    page |= {
        "finding": finding(sight),
        "stats": stats(sight),
        "trend": trend(sight),
        "parts": parts(sight),
        "crosses": crosses(sight),
        "periods": period_choices(sight),
        "types": type_choices(sight),
        "release": release_for(actor, sight.reading.latest) if sight.reading.latest else None,
    }
    if asked.level < Level.VILLAGE and asked.parts:
        page |= map_beneath(actor, sight)
    return page


def crumbs(asked: Asked) -> list[Link]:
    """The way here, the country first; each keeps the period and the type."""
    places = [("", _("Indonesia")), *((area.code, area.title) for area in asked.above)] if asked.area else []
    return [Link(title, asked.address(wilayah=code)) for code, title in places]


def finding(sight: Sight) -> str:
    """ "1.284 orang di Nusa Tenggara Barat, 2025": the heading says it, or that it is not told."""
    count = sight.count(sight.type)
    about = {"place": sight.place, "when": sight.when, "type": type_label(sight.type)}
    where = (_("%(type)s, %(place)s, %(when)s") if sight.type else "%(place)s, %(when)s") % about
    if count is None:
        return f"{where}: {BLANK}"
    said = ngettext("%(n)s person accompanied", "%(n)s people accompanied", count) % {"n": number(count)}
    return f"{said}: {where}"


def stats(sight: Sight) -> list[Stat]:
    """Of women, of men, of children: where these are published. Percentages of published counts alone."""
    whole = sight.count(sight.type)
    told = [(sex_label(sex), sight.count(sight.type, sex)) for sex in SEXES[:2]]
    return [
        Stat(number(count), label, share(count, whole), part=count if whole else None, whole=whole)
        for label, count in told
        if count is not None
    ]


def trend(sight: Sight) -> Trend:
    counts, code = sight.reading.counts, sight.asked.code
    points = []
    for label in sight.reading.periods:
        told = counts.told(label, code, sight.type)
        words = period_words(label, sight.language), short_period(label, sight.language)
        points.append(Point(*words, told.count, told.href))
    caption = _("%(type)s over time") % {"type": type_label(sight.type)}
    return trend_of(points, caption=caption, unit=_("people"))


@dataclass(frozen=True, slots=True)
class Parts:
    """What it was about: those told as bars, the largest first, and the names of those that are not."""

    title: str
    bars: Sequence[Bar]
    untold: Sequence[str]


def parts(sight: Sight) -> Parts:
    whole = sight.count(sight.type)
    bars, untold = [], []
    for one in finer(sight):
        count = sight.count(one)
        if count is None:
            untold.append(str(type_label(one)))
        else:
            text = " · ".join(filter(None, [number(count), share(count, whole)]))
            bars.append(Bar(type_label(one), count, text, href=sight.asked.address(jenis=one)))
    title = pgettext("cases", "What it was about") if not sight.type else str(type_label(sight.type))
    return Parts(title, sorted(bars, key=lambda bar: -bar.value), untold)


def finer(sight: Sight) -> list[str]:
    """The families of everything or of a branch, the forms of a family: as far as they are told."""
    depth = max(depth_of(sight.type) + 1, Depth.FAMILY)
    types = [one for one in sight.reading.counts.types(sight.asked.code) if depth_of(one) == depth]
    return [one for one in types if sight.type in chain_of(one)]


def crosses(sight: Sight) -> list[Cross]:
    """Type by sex and type by age, where a reader may read them: each cell published for itself."""
    found = []
    for by, keys, label in (("sex", SEXES, sex_label), ("age", AGES, age_label)):
        declared = {getattr(_Key(*key), by) for key in sight.reading.counts.known} - {""}
        if not declared:
            continue
        columns = [(key, str(label(key))) for key in keys if key in declared] + [("", _("All"))]
        rows = [one for one in _rows(sight, by) if one] + [""]
        told = {
            (one, key): sight.reading.counts.told(sight.period, sight.asked.code, one, **{by: key})
            for one in rows
            for key, _words in columns
        }
        title = _("By type and sex") if by == "sex" else _("By type and age")
        names = [(one, str(type_label(one)) if one else _("All together")) for one in rows]
        found.append(cross_of(told, caption=f"{title}, {sight.when}", row_head=_("Type"), rows=names, columns=columns))
    return [*found, *_outcomes(sight)]


def _outcomes(sight: Sight) -> list[Cross]:
    """What had come of it when its month was closed: of whole years, where it is told."""
    counts, code = sight.reading.counts, sight.asked.code
    rows = [one for one in (sight.type or "", *finer(sight)) if counts.is_declared(sight.period, code, f"{one}:done")]
    if not rows:
        return []
    columns = [(one.value, str(one.label)) for one in CameOf] + [("", _("All"))]
    told = {
        (row, outcome): counts.told(sight.period, code, f"{row}:{outcome}" if outcome else row)
        for row in rows
        for outcome, _words in columns
    }
    names = [(one, str(type_label(one)) if one else _("All together")) for one in rows]
    caption = _("What had come of it when its month was closed, %(when)s") % {"when": sight.when}
    return [cross_of(told, caption=caption, row_head=_("Type"), rows=names, columns=columns)]


@dataclass(frozen=True, slots=True)
class _Key:
    area: str
    type: str
    sex: str
    age: str


def _rows(sight: Sight, by: str) -> list[str]:
    """The types that are told by sex or by age: families, or the branches where no family is; the forms of a family
    that was asked for.
    """
    known = (_Key(*key) for key in sight.reading.counts.known)
    types = list(dict.fromkeys(key.type for key in known if getattr(key, by) and key.area == sight.asked.code))
    finest = set(finer(sight))
    return [one for one in types if one in finest] or [one for one in types if depth_of(one) == Depth.BRANCH]


def map_beneath(actor: Actor, sight: Sight) -> dict[str, Any]:
    """The places below, coloured; `coarser` where the type is told there by its family alone."""
    asked = sight.asked
    below = read_below(actor, asked.level + 1, asked.code, type=asked.type, period=sight.period)
    if not below.period or not below.counts.known:
        return {"map": None, "not_told_below": True}
    coarser = str(type_label(below.type)) if below.type != asked.type else ""
    return {"map": _map(asked, below, sight.language), "coarser": coarser}


def _map(asked: Asked, below: Below, language: str) -> AreaMap:
    told = {area.code: below.counts.told(below.period, area.code, below.type).count for area in asked.parts}
    about = {"type": type_label(below.type), "when": period_words(below.period, language)}
    return map_of(
        sorted(asked.parts, key=lambda area: area.name),
        "kasus",
        caption=_("%(type)s, %(when)s") % about,
        level=LEVELS[asked.level + 1],
        values={code: count for code, count in told.items() if count is not None},
        unit=_("people"),
        within=asked.code or None,
        href=lambda area: asked.address(wilayah=area.code),
        unknown=str(BLANK),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


def period_choices(sight: Sight) -> list[tuple[str, list[Choice]]]:
    """By cadence, newest first."""
    return [
        (
            str(CADENCES[cadence]),
            [Choice(one, period_words(one, sight.language), one == sight.period) for one in labels],
        )
        for cadence, labels in sight.offers.items()
        if labels
    ]


def type_choices(sight: Sight) -> list[Choice]:
    types = [one for one in sight.reading.counts.types(sight.asked.code) if one]
    return [Choice("", _("Everything"), not sight.type)] + [
        Choice(one, ("– " if depth_of(one) == Depth.FORM else "") + str(type_label(one)), one == sight.type)
        for one in types
    ]
