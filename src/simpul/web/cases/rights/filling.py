"""The papers the law asks for: words of `texts`, filled with what this Simpul knows; no figure stands in the words."""

import re
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from simpul.cases.breach_kinds import SPECIFIC, DataClass
from simpul.cases.consent_kinds import PURPOSES, Basis
from simpul.cases.queries.keeping import rules_of, shipped_rules
from simpul.cases.rights_kinds import CLOCKS, KEEPING, RequestKind
from simpul.deadlines.queries import rules_in_force
from simpul.deadlines.shipped import rows as shipped_deadlines
from simpul.organisations.institutions import InstitutionKind
from simpul.organisations.models import Organisation
from simpul.paper.sheets import Section, Sheet
from simpul.web import formats
from simpul.web.components import Text

PAPERS: Final[dict[str, Text]] = {
    "record": gettext_lazy("Record of processing activities"),
    "assessment": gettext_lazy("Data protection impact assessment"),
    "agreement": gettext_lazy("Agreement of joint controllers"),
}
LANGUAGES: Final = ("id", "en")
BLANK: Final = "……………………"


def filled(name: str, language: str, organisation: Organisation | None, *, on: date) -> str:
    """The words of a paper; with an organisation its own keeping and deadlines, else those the program comes with."""
    words = files("simpul.web.cases.rights").joinpath("texts", language, f"{name}.md").read_text("utf-8")
    with override(language):
        rules = rules_of(organisation, on=on) if organisation else shipped_rules()
        clocks = rules_in_force(organisation.pk, on=on) if organisation else shipped_deadlines()
        known = {
            "organisation": organisation.name if organisation else BLANK,
            "date": formats.day(on, language=language) if organisation else BLANK,
            "purposes": _points(PURPOSES.values()),
            "bases": _points(label for _value, label in Basis.choices),
            "classes": _points(label for _value, label in DataClass.choices),
            "specific": "; ".join(str(one.label) for one in SPECIFIC) + ".",
            "recipients": _points([*InstitutionKind.labels, _("Another organisation that takes the whole case over")]),
            "retention": _points(
                f"{rule.kept.label}: {_('%(months)s months') % {'months': rule.months}} ({rule.basis})"
                for rule in rules
            ),
            "deadlines": _points(
                _deadline(clocks[code], language)
                for code in (*dict.fromkeys(CLOCKS[kind] for kind in RequestKind.values), "D05", *KEEPING)
            ),
        }
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], words)


def sheet_of(words: str, language: str, organisation: Organisation, *, on: date) -> Sheet:
    """The same as a sheet to print: headings, paragraphs, points and tables of the words."""
    title, *parts = re.split(r"^#+ ", words, flags=re.MULTILINE)[1:]
    head, _rest, first = title.partition("\n")
    return Sheet(
        language=language,
        sender=organisation.acronym or organisation.name,
        sender_lines=[organisation.name] if organisation.acronym else [],
        place_and_day=formats.day(on, language=language),
        title=head.strip(),
        sections=[*_sections("", first), *(each for part in parts for each in _sections(*_split(part)))],
        footer=head.strip(),
    )


def _split(part: str) -> tuple[str, str]:
    head, _between, rest = part.partition("\n")
    return head.strip(), rest


def _sections(title: str, words: str) -> Iterable[Section]:
    """One for each run of paragraphs, points or lines of a table, in their order."""
    for number, block in enumerate(filter(None, (block.strip() for block in re.split(r"\n\s*\n", words)))):
        head, lines = title if number == 0 else "", block.splitlines()
        if block.startswith("|"):
            cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in (lines[0], *lines[2:])]
            yield Section(head, rows=cells, headed=True)
        elif block.startswith("- "):
            yield Section(head, points=[line.removeprefix("- ") for line in lines])
        else:
            yield Section(head, paragraphs=[" ".join(lines)])


def _points(words: Iterable[object]) -> str:
    return "\n".join(f"- {each}" for each in words)


def _deadline(rule: Any, language: str) -> str:
    said = {
        "J": _("%(number)s hours"), "HK": _("%(number)s working days"), "H": _("%(number)s days"),
    }.get(rule.unit, _("%(number)s months"))  # fmt: skip
    return f"{rule.what.to(language)}: {said % {'number': rule.limit}} ({rule.basis})"
