"""A data breach in rows, and the words of its letters. They stay neutral: no envelope tells what a group does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from simpul.cases.breach_kinds import Cause, DataClass
from simpul.cases.queries.breaches import DataBreach, is_told, measures_of
from simpul.kernel.time import local_date
from simpul.paper.sheets import Section, Sheet
from simpul.web import formats
from simpul.web.cases.desk.panels import zone_at
from simpul.web.cases.rights.printing import day_of, head_of, language
from simpul.web.components import Row, Task, Text, Tone

LETTERS: Final[dict[str, Text]] = {
    "orang": gettext_lazy("Letter to the people concerned"),
    "lembaga": gettext_lazy("Letter to the authority"),
}
LANGUAGES: Final = ("id", "en")


def breach_tasks(breaches: Iterable[DataBreach]) -> list[Task]:
    return [
        Task(
            Cause(row.cause).label,
            _("Told") if is_told(row) else _("To be told"),
            Tone.OK if is_told(row) else Tone.WARN,
            reverse("rights:breach", args=[row.pk]),
            f"{row.organisation.name} · {_noticed(row)}",
        )
        for row in breaches
    ]


def breach_rows(row: DataBreach) -> list[Row]:
    return [
        Row(_("Of whom"), row.organisation.name),
        Row(_("What happened?"), row.what.open() or _("It is not kept any longer.")),
        Row(_("How did it happen?"), Cause(row.cause).label),
        Row(_("Which data?"), _classes(row)),
        Row(_("About how many people?"), _people(row)),
        Row(_("When did it happen?"), _happened(row)),
        Row(_("When was it noticed?"), _noticed(row)),
    ]


def letter_sheet(row: DataBreach, to: str, *, now: datetime) -> Sheet:
    """For the people: which data, when and how, what was done, what they can do. For the authority all that is known.

    `row` is of `breach_for`.
    """
    people = to == "orang"
    done = measures_of(row)
    facts = [
        (_("Which data?"), _classes(row)),
        (_("When did it happen?"), _happened(row)),
        (_("When was it noticed?"), _noticed(row)),
        (_("How did it happen?"), str(Cause(row.cause).label)),
    ]
    more = [] if people else [(_("About how many people?"), _people(row)), (_("What happened?"), row.what.open())]
    return Sheet(
        **head_of(row.organisation),
        place_and_day=day_of(local_date(now, zone_at(row.organisation))),
        recipient=_("To you") if people else _("To the authority for the protection of personal data"),
        title=_("A notice about data"),
        sections=[
            Section(paragraphs=_opening(people=people)),
            Section(_("What happened"), rows=[*facts, *more]),
            Section(_("What was done"), points=done or [_("We are still working on it.")]),
            *([_advice()] if people else []),
        ],
        footer=_("Given in person, in a closed envelope without a sender.") if people else _("UU 27/2022, article 46"),
        signed=_("With respect, %(group)s") % {"group": row.organisation.acronym or row.organisation.name},
    )


def _opening(*, people: bool) -> list[str]:
    if people:
        return [_("Some of the data that you gave us may have come into the hands of others. We are sorry.")]
    return [_("Under article 46 of UU 27/2022 we report a failure to protect personal data.")]


def _advice() -> Section:
    points = [
        _("If this puts you in danger: call the police (110) or SAPA 129."),
        _("Be careful with calls and messages that ask for codes or money."),
        _("Ask us in person what is kept about you; you may have it corrected, stopped or erased."),
    ]
    return Section(_("What you can do"), points=points)


def _classes(row: DataBreach) -> str:
    return "; ".join(str(DataClass(code).label) for code in row.classes)


def _people(row: DataBreach) -> str:
    unknown = pgettext("cause", "Not known yet")
    return unknown if row.people is None else formats.number(row.people, language=language())


def _happened(row: DataBreach) -> str:
    return day_of(row.happened_on) if row.happened_on else pgettext("cause", "Not known yet")


def _noticed(row: DataBreach) -> str:
    return formats.moment(row.noticed_at, zone_at(row.organisation), language=language())
