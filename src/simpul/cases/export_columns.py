"""What the register tells of each person a case is about: in the order in which the national register (SIMFONI) asks.

Its own number first, so that a line is found again there; then the report, the place, who reported, the person, the
accused without a name, what happened, and where it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.cases.channels import Channel
from simpul.cases.kinds import CASE_TYPES, Branch, Setting
from simpul.cases.models import Case, Party, Service
from simpul.cases.outcomes import Outcome
from simpul.cases.relations import Relation
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.stages import ENDED_STAGES, Stage
from simpul.cases.triage import Authority, Risk
from simpul.cases.vulnerabilities import Disability, Schooling
from simpul.interop.writing import Value
from simpul.people.codes import Sex

MASK: Final = "•••"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a case. `places` names areas by code."""

    case: Case
    person: Party
    number: int
    accused: list[Party]
    services: list[Service]
    places: Mapping[str, str]

    def place(self, level: int) -> str:
        """The area of that level, 1 a province, 4 a village; "" where there is none."""
        code = ".".join(self.case.area_id.split(".")[:level])
        return self.places.get(code, "")


@dataclass(frozen=True, slots=True)
class Column:
    """`masked`: shown only where names and numbers were asked for. `on_paper`: wide enough a sheet for it."""

    name: str
    label: str | Promise
    read: Callable[[Line], Value]
    masked: bool = False
    on_paper: float = 0  # its share of the width of a sheet


def _opened(value: object) -> str:
    return str(value.open()) if value is not None else ""  # type: ignore[attr-defined]


def _types(line: Line) -> str:
    codes = sorted(row.code for row in line.person.types.all())
    return "; ".join(f"{code} {CASE_TYPES[code]}" for code in codes)


def _yes(value: object) -> str:
    return str(pgettext_lazy("in a register", "yes") if value else pgettext_lazy("in a register", "no"))


def _status(line: Line) -> str:
    """The three of the national register."""
    if line.case.stage in ENDED_STAGES:
        return str(_("Finished"))
    return str(_("Waiting") if line.case.stage == Stage.RECEIVED else _("Under way"))


def _accused(line: Line) -> str:
    return "; ".join(_known(one, line.case) or str(_("nothing known")) for one in line.accused)


def _known(accused: Party, case: Case) -> str:
    age = accused.age_on(case.received_on)
    words = (
        str(Sex(accused.sex).label) if accused.sex else "",
        str(_("%(age)s years") % {"age": age}) if age is not None else "",
    )
    return ", ".join(filter(None, words))


def _related(line: Line) -> str:
    unknown = str(_("nothing known"))
    return "; ".join(str(Relation(one.relation).label) if one.relation else unknown for one in line.accused)


COLUMNS: Final[tuple[Column, ...]] = (
    Column("external_number", _("Number in the national register"),
           lambda it: it.case.external_register_number, on_paper=1.1),
    Column("code", _("Number of the case"), lambda it: it.case.code, on_paper=1.2),
    Column("received_on", _("Reported on"), lambda it: it.case.received_on, on_paper=0.9),
    Column("happened_on", _("Happened on"), lambda it: it.case.happened_on),
    Column("setting", _("Where or how"),
           lambda it: "; ".join(str(Setting(code).label) for code in it.case.settings)),
    Column("province", _("Province"), lambda it: it.place(1)),
    Column("regency", _("Regency or city"), lambda it: it.place(2)),
    Column("district", _("District"), lambda it: it.place(3)),
    Column("village", _("Village"), lambda it: it.place(4), on_paper=1.2),
    Column("area_code", _("Area code"), lambda it: it.case.area_id),
    Column("channel", _("How the report came"), lambda it: str(Channel(it.case.channel).label)),
    Column("reporter", _("Who reported"), lambda it: str(Relation(it.case.relation).label), on_paper=1),
    Column("person_number", _("Person"), lambda it: it.number),
    Column("name", _("Name"), lambda it: _opened(it.person.name), masked=True, on_paper=1.4),
    Column("nik", _("NIK"), lambda it: _opened(it.person.nik), masked=True),
    Column("sex", _("Sex"), lambda it: str(Sex(it.person.sex).label), on_paper=0.8),
    Column("age", _("Age"), lambda it: it.person.age_on(it.case.received_on), on_paper=0.5),
    Column("education", _("Education"),
           lambda it: str(Schooling(it.person.education).label) if it.person.education else ""),
    Column("disability", _("Disability"),
           lambda it: str(Disability(it.person.disability).label) if it.person.disability else ""),
    Column("branch", _("Branch"), lambda it: str(Branch(it.case.branch).label)),
    Column("types", _("Forms and types"), _types, on_paper=2.4),
    Column("domestic", _("Domestic violence (KDRT)"), lambda it: _yes(Setting.DOMESTIC in it.case.settings)),
    Column("accused", _("Accused: relation"), _related),
    Column("accused_person", _("Accused: sex and age"), _accused, masked=True),
    Column("story", _("What happened"), lambda it: _opened(it.case.narrative), masked=True),
    Column("risk", _("Risk"), lambda it: str(Risk(it.case.risk).label) if it.case.risk else ""),
    Column("authority", _("Whose competence"),
           lambda it: str(Authority(it.case.authority).label) if it.case.authority else ""),
    Column("services", _("Services given"), lambda it: len(it.services), on_paper=0.7),
    Column("status", _("Status"), _status, on_paper=0.9),
    Column("stage", _("Stage"), lambda it: str(Stage(it.case.stage).label)),
    Column("outcome", _("Outcome"), lambda it: str(Outcome(it.case.outcome).label) if it.case.outcome else "",
           on_paper=1.2),
    Column("closed_on", _("Closed on"), lambda it: it.case.closed_on),
)  # fmt: skip

SERVICE_LABELS: Final = (
    _("Number of the case"), _("Person"), _("Date"), _("Office"), _("Service"), _("Result"),
)  # fmt: skip


def row_of(line: Line, columns: tuple[Column, ...], *, unmasked: bool) -> list[Value]:
    return [_read(column, line, unmasked) for column in columns]


def _read(column: Column, line: Line, unmasked: bool) -> Value:
    value = column.read(line)
    return MASK if column.masked and not unmasked and value else value


def service_rows(line: Line) -> list[list[Value]]:
    """What was given to the person: day, office, service, result. Never the note: it may name anybody."""
    own = str(_("the group itself"))
    return [
        [
            line.case.code,
            line.number,
            one.provided_on,
            one.provider.name if one.provider else own,
            str(ServiceKind(one.kind).label),
            str(one.get_result_display()),
        ]
        for one in line.services
    ]
