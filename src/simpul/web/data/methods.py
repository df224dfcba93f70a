"""How published counts are made, in plain words: the same on the page, in the files and on paper."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from simpul.releases.kinds import (
    ALL,
    SEXES,
    Age,
    CameOf,
    age_label,
    depth_of,
    sex_label,
    threshold_of,
    type_label,
    types_to,
)
from simpul.releases.tables import TABLES, Audience, Cadence, Depth, Level, Table
from simpul.web.data.ledger import AUDIENCES
from simpul.web.data.words import BLANK, BLANK_WHY

LEVELS: Final[dict[Level, Promise]] = {
    Level.NATION: gettext_lazy("the country"),
    Level.PROVINCE: gettext_lazy("province"),
    Level.REGENCY: gettext_lazy("regency or city"),
    Level.DISTRICT: gettext_lazy("district"),
    Level.VILLAGE: gettext_lazy("village or urban village"),
}
HOW_OFTEN: Final[dict[Cadence, Promise]] = {
    Cadence.MONTH: gettext_lazy("every month"),
    Cadence.QUARTER: gettext_lazy("every quarter"),
    Cadence.YEAR: gettext_lazy("every year"),
}
DEPTHS: Final[dict[Depth, Promise]] = {
    Depth.ALL: gettext_lazy("all together"),
    Depth.BRANCH: gettext_lazy("violence and social protection"),
    Depth.FAMILY: gettext_lazy("kinds of matter"),
    Depth.FORM: gettext_lazy("kinds and forms of matter"),
    Depth.OUTCOME: gettext_lazy("kinds of matter and what came of them"),
}
# Column of a file -> what stands in it.
COLUMNS: Final[dict[str, Promise]] = {
    "level": gettext_lazy("How far down the country the place lies: 0 the country to 4 a village."),
    "area": gettext_lazy("The code of the ministry of home affairs; empty for the country."),
    "area_name": gettext_lazy("The name of the place."),
    "type": gettext_lazy(
        "The code of what it was about; empty for everything. After a colon what had come of it when the month was "
        "closed."
    ),
    "type_name": gettext_lazy("What it was about."),
    "sex": gettext_lazy("P women and girls, L men and boys, unknown where it was not written down; empty for all."),
    "age": gettext_lazy("child under 18, adult, unknown; empty for all."),
    "period": gettext_lazy("2025, 2025-Q1 or 2025-03."),
    "from": gettext_lazy("The first day of the period."),
    "until": gettext_lazy("The first day after the period."),
    "count": gettext_lazy("How many people; empty where it is not told."),
    "status": gettext_lazy("Whether the number is told, or is below the threshold or hidden."),
    "address": gettext_lazy("Where this number stands for good."),
}
STEPS: Final[tuple[Promise, ...]] = (
    gettext_lazy(
        "A person counts once, in the month in which the group wrote it down, by the gravest thing it was about."
    ),
    gettext_lazy("Whoever did not agree to be counted, or took that back, is in no number published afterwards."),
    gettext_lazy(
        "When a month is over, what was written in it is closed for good. What comes late counts for a later month."
    ),
    BLANK_WHY,
    gettext_lazy(
        "A program looks for other tables that fit everything told so far. Only where it finds two for each blank may "
        "anything be published; a second program, written apart, checks that."
    ),
    gettext_lazy(
        "Two people agree to exactly what would be published. Then it stands for good: a mistake is said beside it, "
        "never written over."
    ),
    gettext_lazy(
        "Longer periods are added up from published numbers alone; percentages too. Where one part is blank, so is the "
        "sum."
    ),
)
GUARANTEES: Final[tuple[Promise, ...]] = (
    gettext_lazy(
        "G1 no protected cell or increment is a linear combination of anything ever published to that audience."
    ),
    gettext_lazy(
        "G2 each protected target has at least two non-negative integer tables that fit everything published and "
        "differ on it (how many of them reach k is reported, not promised)."
    ),
    gettext_lazy("G3 a published value never changes."),
)
NOT_GUARANTEED: Final = gettext_lazy(
    "Not guaranteed: an attacker who knows records, inference from the suppression rule itself, probabilistic "
    "inference, audiences that pool their tables unless the union ledger is used, group disclosure."
)
STATUS: Final = {True: pgettext_lazy("number", "told"), False: BLANK}


def method_page() -> dict[str, Any]:
    return {
        "steps": STEPS,
        "guarantees": GUARANTEES,
        "not_guaranteed": NOT_GUARANTEED,
        "tables": [_table(table) for table in TABLES.values() if table.audience == Audience.PUBLIC],
        "types": types(),
        "columns": COLUMNS,
        "sexes": [(code, sex_label(code)) for code in SEXES],
        "ages": [(code, age_label(code)) for code in Age],
    }


def _table(table: Table) -> dict[str, object]:
    by = [
        DEPTHS[table.depth],
        *([_("by sex")] if table.sex != "none" else []),
        *([_("by age")] if table.age != "none" else []),
    ]
    return {
        "level": LEVELS[table.level],
        "often": HOW_OFTEN[table.cadence],
        "by": ", ".join(str(one) for one in by),
        "audience": AUDIENCES[table.audience],
    }


def types() -> list[tuple[str, str, int, int]]:
    """Code, words, how fine, and from which number on it is told; each form below its family."""
    codes = [code for code in types_to(Depth.FORM) if code != ALL]
    order = {code: number for number, code in enumerate(codes)}
    families = [code for code in codes if depth_of(code) <= Depth.FAMILY]
    listed = []
    for family in families:
        forms = [code for code in codes if code.startswith(f"{family}.")]
        listed += [family, *sorted(forms, key=lambda code: order[code])]
    listed += [f"{ALL}:{outcome}" for outcome in CameOf.values]
    return [(code, str(type_label(code)), int(depth_of(code)), threshold_of(code)) for code in listed]
