"""Figures as pages show them: findings in the heading, bars and maps from the same query as the records."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Member
from simpul.kernel.time import Zone, local_date
from simpul.results.indicators import Indicator
from simpul.results.queries import Evaluation, evaluate_all, page_of, part_of
from simpul.results.questions import Question
from simpul.results.sources import Dimension, Group, Row, Source
from simpul.territory.queries.areas import children
from simpul.threads.registry import resolve
from simpul.web import formats
from simpul.web.components import Bar, Panel, Stat
from simpul.web.http import Request
from simpul.web.results.forms import Asked
from simpul.web.territory.maps import AreaMap, map_of

HOME = ("F1", "F2", "F17")
READERS = frozenset({"monitoring_officer", "official"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A record behind a figure; without `href` there is no page of it yet, or none for this reader."""

    title: str
    note: str
    href: str


def number(value: int) -> str:
    return formats.number(value, language=get_language() or "id")


def finding(evaluation: Evaluation) -> str:
    """ "32 kabupaten/kota: Program MADANI (contoh)": the heading says it."""
    language = get_language() or "id"
    unit = evaluation.indicator.main.unit.to(language)
    return f"{number(evaluation.value)} {unit}: {evaluation.about.to(language)}"


def provenance(evaluation: Evaluation) -> dict[str, str]:
    """What components/source.html takes."""
    language = get_language() or "id"
    version = _("definition v%(version)s") % {"version": evaluation.indicator.version}
    return {"as_of": formats.day(evaluation.question.as_of, language=language), "definition": version}


def stats(evaluation: Evaluation) -> list[Stat]:
    """A card a part, and one for what was stated."""
    language = get_language() or "id"
    cards = [Stat(number(f.value), f.part.name.to(language)) for f in evaluation.figures]
    declared = evaluation.indicator.declared
    if evaluation.stated and declared:
        day = formats.day(evaluation.stated.on, language=language)
        about = _("about %(n)s") if evaluation.stated.approximate else "%(n)s"
        note = _("stated on %(day)s, not counted") % {"day": day}
        cards.append(Stat(about % {"n": number(evaluation.stated.value)}, declared.name.to(language), note))
    return cards


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by one dimension: the groups, and the map where they are provinces."""

    dimension: Dimension | None
    key: str
    groups: Sequence[Group]
    map: AreaMap | None

    def label_of(self, where: tuple[str, str] | None) -> str:
        return next((g.label for g in self.groups if where == (self.key, g.key)), "")


def splits(source: Source, unit: str) -> list[Split]:
    """By each dimension, the first one first; one without groups where there is none."""
    return [split(source, unit, key) for key in source.dimensions] or [split(source, unit)]


def split(source: Source, unit: str, key: str = "") -> Split:
    dimension = source.dimensions.get(key)
    if dimension is None:
        return Split(None, "", (), None)
    if dimension.path != "province_code":
        return Split(dimension, key, source.groups(key), None)
    provinces = list(children(None))  # names for the bars and shapes for the map, asked once
    groups = source.groups(key, {area.code: area.title for area in provinces})
    caption, values = dimension.name.to(get_language() or "id"), {group.key: group.count for group in groups}
    drawn = map_of(provinces, "results", caption=caption, level="provinces", values=values, unit=unit)
    return Split(dimension, key, groups, drawn)


def bars(found: Split, asked: Asked) -> list[Bar]:
    """One bar a group, each leading to its records below; none where there is nothing to compare."""
    groups, key = (found.groups if len(found.groups) > 1 else ()), found.key
    return [Bar(g.label, g.count, number(g.count), href=_narrowed(asked, key, g) + "#catatan") for g in groups]


def _narrowed(asked: Asked, key: str, group: Group) -> str:
    return asked.address(menurut=key, nilai=group.key, setelah=None)


def opened(rows: Sequence[Row], request: Request) -> list[Opened]:
    """With the pages this reader may open, one query a kind of record."""
    knots = resolve({row.ref for row in rows}, request.actor)
    hrefs = {ref: knot.href or "" for ref, knot in knots.items()}
    return [Opened(row.title, row.note, hrefs.get(row.ref, "")) for row in rows]


def parts(asked: Asked, indicator: Indicator, current: str) -> list[dict[str, object]]:
    """Tabs between the parts of an indicator; none where there is one."""
    language = get_language() or "id"
    if len(indicator.parts) == 1:
        return []
    return [
        {
            "label": part.name.to(language),
            "href": asked.address(bagian=part.key, menurut=None, nilai=None, setelah=None),
            "current": part.key == current,
        }
        for part in indicator.parts
    ]


def picture(request: Request, evaluation: Evaluation, asked: Asked) -> dict[str, object]:
    """The picture and the records of the part that is open."""
    language, declared = get_language() or "id", evaluation.indicator
    part = part_of(declared, asked.part)
    source = part.source(evaluation.question)
    rows = page_of(source, where=asked.where, after=asked.after)
    by = splits(source, part.unit.to(language))
    found = by[0]
    return {
        "finding": finding(evaluation),
        "source": provenance(evaluation),
        "stats": stats(evaluation),
        "parts": parts(asked, declared, part.key),
        "part": part.name.to(language),
        "split": found,
        "bars": bars(found, asked),
        "further": [(one.dimension, bars(one, asked)) for one in by[1:]],
        "rows": opened(rows.rows, request),
        "narrowed": next(filter(None, (one.label_of(asked.where) for one in by)), ""),
        "everything": asked.address(menurut=None, nilai=None, setelah=None),
        "older": asked.address(setelah=rows.next_after) if rows.next_after else "",
        "newer": asked.address(setelah=None) if asked.after else "",
    }


def home_panels(request: Request) -> list[Panel]:
    """The headline figures, each a way into its records: on the front page, and on the home of who works with them."""
    if isinstance(request.actor, Member) and not request.actor.roles & READERS:
        return []
    today = local_date(timezone.now(), Zone.WIB)
    evaluations = evaluate_all(Question(as_of=today, actor=request.actor), HOME)
    if not evaluations:
        return []
    language = get_language() or "id"
    cards = [
        Stat(
            number(f.value),
            f.part.name.to(language),
            e.about.to(language),
            reverse("results:figure", args=[e.indicator.code]),
        )
        for e in evaluations
        for f in e.figures
    ]
    return [Panel("results/panel.html", {"figures": cards, "as_of": formats.day(today, language=language)}, "figures")]
