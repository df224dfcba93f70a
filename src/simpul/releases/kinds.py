"""What is counted: codes of types, sexes and ages in published tables, how they nest, and how small is too small.

A victim stands in exactly one place of each, so that tables add up. Of several types the leading one counts: a child
marriage is counted as one whatever violence came with it, then the gravest form of violence, then papers and aid.
"""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.cases.kinds import CASE_TYPES, FAMILIES, Branch, branch_of, family_of, form_of
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


def sex_of(code: str) -> str:
    return code or UNKNOWN


def lineage_of(form: str) -> tuple[str, str, str]:
    """Branch, family and form of a form: ("violence", "K", "K.S")."""
    return branch_of([form]).value, family_of(form), form


def depth_of(code: str) -> Depth:
    """How fine a type's code tells: "" all, "violence", "K", "K.S". A family without forms is a family.

    ValueError for what is no type.
    """
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
    parts: tuple[tuple[str, ...], ...] = (
        (ALL,),
        BRANCHES,
        tuple(FAMILIES),
        tuple(form for form in FORMS if form not in FAMILIES),
    )
    return tuple(code for part in parts[: depth + 1] for code in part)


def holds(code: str, form: str) -> bool:
    """Whether a count of `code` counts who stands under `form`."""
    return code == ALL or code in lineage_of(form)


def threshold_of(code: str) -> int:
    """The least count of that type that may be told."""
    grave = any(holds(code, form) for form in FORMS if holds("PA", form) or form == "K.S")
    return GRAVE if grave else LEAST


def type_label(code: str) -> Message:
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
