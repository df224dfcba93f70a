"""A report in words: on the page and on paper the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.activities.clusters import Cluster, words_for
from simpul.activities.models import SituationReport
from simpul.activities.queries.responses import names_in_sight
from simpul.activities.queries.situation import SituationFigures
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.components import Row
from simpul.web.responses.entering import where_of


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a report as words. Rows of tables begin with their heads."""

    day: str
    figures: Sequence[Row]
    clusters: Sequence[Sequence[str]]
    gaps: Sequence[tuple[str, str]]  # what and where, how many people
    overlaps: Sequence[tuple[str, str]]  # what and where, by whom

    @property
    def by_cluster(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """Each cluster, with its cells under their heads: on a phone a head stands beside its cell."""
        heads, *rows = self.clusters
        return [(title, list(zip(heads[1:], cells, strict=True))) for title, *cells in rows]


@dataclass(frozen=True, slots=True)
class Written:
    """What is said of one cluster."""

    title: str
    parts: Sequence[tuple[str, str]]  # heading, text


def told(actor: Actor, figures: SituationFigures) -> Told:
    """Two queries, for places and names. An organisation hidden since is not named."""
    where = where_of({str(one["area"]) for one in (*figures.gaps, *figures.overlaps)})
    names = names_in_sight(actor, {UUID(pk) for one in figures.overlaps for pk in one["leads"]})
    return Told(
        formats.day(figures.day, language=_language()),
        _figures(figures),
        [_cluster_head(), *(_cluster(row) for row in figures.clusters)],
        [_gap(one, where) for one in figures.gaps],
        [_overlap(one, where, names) for one in figures.overlaps],
    )


def _language() -> str:
    return get_language() or "id"


def _number(value: int) -> str:
    return formats.number(value, language=_language())


def _figures(figures: SituationFigures) -> list[Row]:
    reach = figures.reach
    sexes = reach.by_sex()
    parts = _("%(f)s girls and women, %(m)s boys and men, %(u)s not told") % {
        "f": _number(sexes["female"]), "m": _number(sexes["male"]), "u": _number(sexes["untold"]),
    }  # fmt: skip
    ages = reach.by_age()
    aged = _("%(c)s children, %(a)s adults, %(o)s older people, %(u)s not told") % {
        "c": _number(ages["child"]), "a": _number(ages["adult"]), "o": _number(ages["older"]),
        "u": _number(ages["untold"]),
    }  # fmt: skip
    disabled = _("%(n)s, among %(of)s people of whom it was told") % {
        "n": _number(reach.with_disability), "of": _number(reach.disability_known),
    }  # fmt: skip
    between = _("between %(least)s and %(told)s people") % {
        "least": _number(reach.at_least), "told": _number(reach.told),
    }  # fmt: skip
    needs = _("%(n)s open, %(nobody)s of them with nobody") % {
        "n": _number(figures.needs), "nobody": _number(figures.nobody),
    }  # fmt: skip
    return [
        Row(_("Organisations"), _number(figures.organisations)),
        Row(_("Activities"), _number(figures.lines)),
        Row(_("Areas reached"), _number(figures.areas)),
        Row(_("Reached"), between),
        Row(_("By sex"), parts),
        Row(_("By age"), aged),
        Row(_("With a disability"), disabled),
        Row(_("Needs"), needs),
    ]


def _cluster_head() -> list[str]:
    return [
        _("Cluster"), _("Activities"), _("Organisations"), _("Reached"), _("Needs"), _("With nobody"), _("Newest of"),
    ]  # fmt: skip


def _cluster(row: Mapping[str, Any]) -> list[str]:
    counts = [_number(row[name]) for name in ("lines", "organisations", "reached", "needs", "nobody")]
    newest = formats.short_day(date.fromisoformat(row["newest_on"]), language=_language()) if row["newest_on"] else "–"
    return [str(Cluster(row["cluster"]).label), *counts, newest]


def _gap(one: Mapping[str, Any], where: Mapping[str, str]) -> tuple[str, str]:
    what = f"{one['what']} ({words_for(one['cluster'], one['sub_cluster'])}), {where.get(one['area'], '')}"
    people = _("%(n)s people") % {"n": _number(one["people"])} if one["people"] else ""
    return what, people


def _overlap(one: Mapping[str, Any], where: Mapping[str, str], names: Mapping[UUID, str]) -> tuple[str, str]:
    by = sorted(names[UUID(pk)] for pk in one["leads"] if UUID(pk) in names)
    return f"{one['activity']}, {where.get(one['area'], '')}", "; ".join(by)


def sections_of(report: SituationReport) -> list[Written]:
    """All together first, then by cluster in the order of the list; what is empty is left out."""
    held = {section.cluster: section for section in report.sections.all()}
    found = []
    for cluster in ("", *Cluster.values):
        if section := held.get(cluster):
            title = str(Cluster(cluster).label) if cluster else _("The response as a whole")
            parts = (
                (_("Progress"), section.progress),
                (_("Problems"), section.problems),
                (_("Proposed solutions"), section.proposals),
            )
            found.append(Written(title, [(head, words) for head, words in parts if words]))
    return found
