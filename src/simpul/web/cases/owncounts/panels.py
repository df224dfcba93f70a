"""The counts as a page and a sheet show them: months, matters, whom it concerned, where."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from simpul.cases.kinds import FAMILIES, Branch
from simpul.cases.queries.own_counts import Cell, OwnCounts
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.components import Bar

CHILDREN = ("0-5", "6-11", "12-17")
Picks = Callable[[Cell], bool]


def page_of(found: OwnCounts, language: str) -> dict[str, Any]:
    """What owncounts/page.html draws."""
    return {
        "people": found.people,
        "months": [Bar(name, many, _said(many, language)) for name, many in months_of(found, language)],
        "matters": [Bar(name, many, _said(many, language)) for name, many in matters_of(found)],
        "table": table_of(found, language),
        "by_place": [Bar(name, many, _said(many, language)) for name, many in found.by_place],
    }


def finding(found: OwnCounts) -> str:
    """What most of it was about, in one sentence."""
    if not found.by_family:
        return _("Nobody was written down in this year.")
    name, many = matters_of(found)[0]
    text = ngettext("Most often: %(type)s, %(n)s person.", "Most often: %(type)s, %(n)s people.", many)
    return text % {"type": name, "n": many}


def months_of(found: OwnCounts, language: str) -> list[tuple[str, int]]:
    names = formats.tongue(language).short_months
    return list(zip(names, found.by_month, strict=True))


def matters_of(found: OwnCounts) -> list[tuple[str, int]]:
    return [(str(FAMILIES[family]), many) for family, many in found.by_family.items()]


def columns_of(found: OwnCounts) -> list[tuple[str, Picks]]:
    """Sexes, ages, all: what was not recorded only where there is somebody of whom it was not."""
    every: list[tuple[str, Picks]] = [
        (str(Sex.FEMALE.label), lambda cell: cell.sex == Sex.FEMALE),
        (str(Sex.MALE.label), lambda cell: cell.sex == Sex.MALE),
        (pgettext("sex", "Not recorded"), lambda cell: cell.sex == Sex.UNKNOWN),
        (_("Under 18"), lambda cell: cell.age in CHILDREN),
        (_("18 and older"), lambda cell: bool(cell.age) and cell.age not in CHILDREN),
        (_("Age not recorded"), lambda cell: not cell.age),
    ]
    shown = [one for place, one in enumerate(every) if place % 3 < 2 or people_where(found, one[1])]
    return [*shown, (_("All"), lambda _cell: True)]


def table_of(found: OwnCounts, language: str) -> list[list[str]]:
    """Branches by sex and by age; the first line is the head."""
    columns = columns_of(found)
    lines = [[_("Type"), *(words for words, _picks in columns)]]
    for branch, label in [*((one.value, str(one.label)) for one in Branch), ("", _("All together"))]:
        counts = (people_where(found, picks, branch) for _words, picks in columns)
        lines.append([label, *(_said(many, language) for many in counts)])
    return lines


def people_where(found: OwnCounts, picks: Picks, branch: str = "") -> int:
    return sum(cell.people for cell in found.cells if picks(cell) and branch in ("", cell.branch))


def _said(many: int, language: str) -> str:
    return formats.number(many, language=language)
