"""What is counted: codes of types, sexes and ages in published tables, how they nest, and how small is too small.

A victim stands in exactly one place of each, so that tables add up. Of several types the leading one counts: a child
marriage is counted as one whatever violence came with it, then the gravest form of violence, then papers and aid.
"""

from typing import Final

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.cases.kinds import CASE_TYPES, FAMILIES, Branch, branch_of, family_of, form_of
from simpul.cases.outcomes import Outcome
from simpul.kernel.errors import Message
from simpul.people.codes import Sex
from simpul.releases.tables import Depth

ALL: Final = ""  # the margin of any dimension
UNKNOWN: Final = "unknown"
LEAST: Final = 5
GRAVE: Final = 10  # sexual violence, child marriage, and whatever could hold them
GRAVE_TYPES: Final = ("PA", "K.S")
BRANCHES: Final = tuple(branch.value for branch in Branch)
# A type that came into use during a year counts as an older one until the year is over: new code -> old code.
RECODED: Final[dict[str, str]] = {}
FORMS: Final = tuple(dict.fromkeys(form_of(code) for code in CASE_TYPES))
SEXES: Final = (Sex.FEMALE.value, Sex.MALE.value, UNKNOWN)


class CameOf(models.TextChoices):
    """What had come of it when the month was closed: what comes later changes no published number."""

    DONE = "done", _("Reached; a child marriage prevented, or the children separated")
    PART = "part", _("Reached in part, or before a court")
    NOT = "not", _("Not reached")
    OPEN = "open", _("Not known when the month was closed")


_CAME_OF: Final = {
    Outcome.MET: CameOf.DONE,
    Outcome.DOCUMENT_ISSUED: CameOf.DONE,
    Outcome.SEPARATED: CameOf.DONE,
    Outcome.PARTLY_MET: CameOf.PART,
    Outcome.DISPENSATION_FILED: CameOf.PART,
    Outcome.DISPENSATION_REFUSED: CameOf.PART,
    Outcome.UNMET: CameOf.NOT,
    Outcome.REFUSED: CameOf.NOT,
    Outcome.MARRIED: CameOf.NOT,
}


class Age(models.TextChoices):
    CHILD = "child", _("Under 18")
    ADULT = "adult", _("18 and older")
    UNKNOWN = "unknown", _("Age not recorded")


# Bands as `cases.facts` has them.
_CHILDREN: Final = ("0-5", "6-11", "12-17")


def age_of(band: str) -> Age:
    if not band:
        return Age.UNKNOWN
    return Age.CHILD if band in _CHILDREN else Age.ADULT


def came_of(outcome: str, form: str) -> CameOf:
    """Of an outcome's code, "" where none is recorded yet. Needs that are met don't undo a child marriage."""
    if not outcome:
        return CameOf.OPEN
    if form.startswith("PA") and outcome == Outcome.MET:
        return CameOf.PART
    return _CAME_OF[Outcome(outcome)]


def sex_of(code: str) -> str:
    return code or UNKNOWN


def lineage_of(form: str) -> tuple[str, str, str]:
    """Branch, family and form of a form: ("violence", "K", "K.S")."""
    return branch_of([form]).value, family_of(form), form


def depth_of(code: str) -> Depth:
    """How fine a type's code tells: "" all, "violence", "K", "K.S"; with what came of it ":done", "PA:done". A family
    without forms is a family. ValueError for what is no type.
    """
    kind, told, outcome = code.partition(":")
    if told and outcome in CameOf and (kind == ALL or kind in FAMILIES):
        return Depth.OUTCOME
    if code == ALL:
        return Depth.ALL
    if code in BRANCHES:
        return Depth.BRANCH
    if code in FAMILIES:
        return Depth.FAMILY
    if code in FORMS:
        return Depth.FORM
    raise ValueError("not a type")


def types_to(depth: Depth) -> tuple[str, ...]:
    """Every type that a table of that depth tells apart, coarse before fine."""
    if depth is Depth.OUTCOME:
        return tuple(f"{kind}:{outcome}" for kind in (ALL, *FAMILIES) for outcome in CameOf.values)
    parts: tuple[tuple[str, ...], ...] = (
        (ALL,),
        BRANCHES,
        tuple(FAMILIES),
        tuple(form for form in FORMS if form not in FAMILIES),
    )
    return tuple(code for part in parts[: depth + 1] for code in part)


def holds(code: str, form: str) -> bool:
    """Whether a count of `code` counts who stands under `form`."""
    kind = kind_of(code)
    return kind == ALL or kind in lineage_of(form)


def kind_of(code: str) -> str:
    """What it was about, without what came of it: "PA" of "PA:done"."""
    return code.partition(":")[0]


def threshold_of(code: str) -> int:
    """The least count of that type that may be told."""
    grave = any(holds(code, form) for form in FORMS if holds("PA", form) or form == "K.S")
    return GRAVE if grave else LEAST


def type_label(code: str) -> Message:
    if depth_of(code) is Depth.OUTCOME:
        kind, _colon, outcome = code.partition(":")
        return format_lazy("{}: {}", type_label(kind), CameOf(outcome).label)
    if code == ALL:
        return pgettext_lazy("case counts", "All matters")
    if code in BRANCHES:
        return Branch(code).label
    return FAMILIES[code] if code in FAMILIES else CASE_TYPES[code]


def sex_label(code: str) -> Message:
    if code == ALL:
        return pgettext_lazy("case counts", "All")
    return Sex("" if code == UNKNOWN else code).label


def age_label(code: str) -> Message:
    return pgettext_lazy("case counts", "All ages") if code == ALL else Age(code).label
