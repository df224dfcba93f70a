"""Cases as the desk's pages show them: never a name unless it was asked for, and then it is logged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from simpul.cases.help_kinds import Result
from simpul.cases.identity import Doubt, doubts_about
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.life import today_of
from simpul.cases.merging import plain
from simpul.cases.pausing import PauseReason
from simpul.cases.queries.cases import Case, Party
from simpul.cases.relations import PartyRole
from simpul.cases.service_kinds import ServiceKind
from simpul.cases.stages import Act, Stage
from simpul.cases.triage import Risk
from simpul.kernel.time import Zone
from simpul.organisations.models import Organisation
from simpul.people.codes import Sex
from simpul.territory.names import zone_of as area_zone
from simpul.web import formats
from simpul.web.cases.desk.forms import PartyForm, StoryForm, TriageForm
from simpul.web.components import Event, Row, Task, Text, Tone

# Words for the fields two people may write at once; the forms use the same.
_WRITTEN = (PartyForm, StoryForm, TriageForm)
FIELD_WORDS: dict[str, Text] = {
    **{
        name: field.label or name
        for form in (PartyForm, StoryForm, TriageForm)
        for name, field in form.base_fields.items()
    },
    "safe_contact": _lazy("Safe contact"),
}
RISK_TONES: dict[str, Tone] = {Risk.HIGH: Tone.BAD, Risk.MEDIUM: Tone.WARN, Risk.LOW: Tone.INFO}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the list: how urgent, where it stands, whom in a few words without a name, by when."""

    key: UUID
    code: str
    place: str
    people: str
    types: list[Text]
    stage: Text
    risk: Text
    risk_tone: Tone
    due: str
    is_late: bool
    waits: Text


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Somebody of the case; `details` are filled once their names were asked for."""

    key: UUID
    role: Text
    known: str
    is_victim: bool
    types: list[Text]
    warnings: list[Text]
    details: list[Row]


def language() -> str:
    return get_language() or "id"


def zone_at(organisation: Organisation) -> Zone:
    """Of the clocks where an organisation has its seat. No query."""
    return area_zone(organisation.seat_id) if organisation.seat_id else Zone.WITA


def zone_of(case: Case) -> Zone:
    return Zone(case.area.zone)


def case_rows(cases: Iterable[Case], types: Mapping[UUID, Sequence[str]], *, now: datetime) -> list[CaseRow]:
    return [_case_row(case, types.get(case.pk, ()), now) for case in cases]


def _case_row(case: Case, codes: Sequence[str], now: datetime) -> CaseRow:
    assisted: list[Party] = getattr(case, "assisted", [])
    return CaseRow(
        key=case.pk,
        code=case.code,
        place=case.area.name,
        people=", ".join(map(known_of, assisted)) or _("Nobody named yet"),
        types=[CASE_TYPES[code] for code in codes],
        stage=Stage(case.stage).label,
        risk=Risk(case.risk).label if case.risk else "",
        risk_tone=RISK_TONES.get(case.risk, Tone.IDLE),
        due=formats.remaining(case.due_at, now, language=language()) if case.due_at else "",
        is_late=case.due_at is not None and case.due_at <= now,
        waits=PauseReason(why).label if (why := getattr(case, "waits", None)) in PauseReason.values else "",
    )


def known_of(party: Party) -> str:
    """ "14 years, female": what may stand in a list."""
    day = today_of(party.case, party.case.received_at) if party.birth_date else party.age_stated_on
    age = party.age_on(day) if day else None
    words = [_("%(age)s years") % {"age": age}] if age is not None else []
    if party.sex:
        words.append(str(Sex(party.sex).label))
    return ", ".join(words) or _("age and sex not known")


def party_rows(people: Iterable[tuple[Party, list[str]]], *, shown: bool, now: datetime) -> list[PartyRow]:
    return [
        PartyRow(
            key=party.pk,
            role=PartyRole(party.role).label,
            known=known_of(party),
            is_victim=party.role == PartyRole.VICTIM,
            types=[CASE_TYPES[code] for code in codes],
            warnings=warnings_of(party, now) + (doubts_of(party, now) if shown else []),
            details=details_of(party) if shown else [],
        )
        for party, codes in people
    ]


def warnings_of(party: Party, now: datetime) -> list[Text]:
    """The two ages that change what is right to do."""
    day = today_of(party.case, now)
    if party.role != PartyRole.VICTIM:
        return []
    if party.is_child(day):
        return [_("A child (under 18)")]
    return [_("Under the age of marriage (19)")] if party.below_marriage_age(day) else []


def doubts_of(party: Party, now: datetime) -> list[Text]:
    if party.nik is None:
        return []
    words = {
        Doubt.LENGTH: _("This NIK does not have 16 digits. Look again, or leave it as it is."),
        Doubt.DATE: _("This NIK holds a date of birth that does not exist. Look again, or leave it as it is."),
        Doubt.SEX: _("This NIK is that of the other sex. Nothing has to be changed because of it."),
        Doubt.BIRTH: _("This NIK holds another date of birth. Nothing has to be changed because of it."),
    }
    found = doubts_about(party.nik.open(), sex=party.sex, born=party.born, today=today_of(party.case, now))
    return [words[doubt] for doubt in found]


def masked_nik(nik: str) -> str:
    """ "520305••••••0001"."""
    return f"{nik[:6]}••••••{nik[-4:]}" if len(nik) == 16 else "••••"


def details_of(party: Party) -> list[Row]:
    opened = {
        _("Name"): party.name.open() if party.name else "",
        _("Called"): party.alias.open() if party.alias else "",
        _("NIK"): masked_nik(party.nik.open()) if party.nik else "",
        _("Phone"): party.phone.open() if party.phone else "",
        _("Where they live"): party.address.open() if party.address else "",
        _("Safe contact"): safe_words(party.safe_contact.open() if party.safe_contact else None),
    }
    return [Row(label, value) for label, value in opened.items() if value]


def safe_words(contact: Mapping[str, Any] | None) -> str:
    """R9 in a sentence; without an answer nobody calls."""
    if not contact:
        return _("Not known yet: do not call before you have asked.")
    may = contact.get("safe_to_call")
    words = [_("Safe to call") if may else _("Do not call") if may is False else _("Ask before you call")]
    words += [str(contact[name]) for name in ("hours", "via") if contact.get(name)]
    words.append(_("A message may be left") if contact.get("may_leave_message") else _("Leave no message"))
    return " · ".join(words)


def task_rows(case: Case, people: Sequence[tuple[Party, list[str]]], *, has_need: bool) -> list[Task]:
    """What may be done after the first screen, in the order of the paper form."""
    victims = [party for party, _types in people if party.role == PartyRole.VICTIM]
    known = any(party.name or party.nik for party in victims)
    done, todo = _("Done"), _("To do")

    def task(label: Text, name: str, *, is_done: bool, hint: Text = "") -> Task:
        tone = Tone.OK if is_done else Tone.IDLE
        return Task(label, done if is_done else todo, tone, reverse(name, args=[case.pk]), hint)

    return [
        task(_("Sort: how urgent, who is competent"), "cases:triage", is_done=bool(case.risk)),
        task(_("Who they are, safe contact, tags"), "cases:people", is_done=known),
        task(
            _("Consent"),
            "cases:people",
            is_done=bool(victims) and all(getattr(party, "has_consent", False) for party in victims),
            hint=_("Ask for each purpose by itself."),
        ),
        task(_("Plan the help"), "cases:need", is_done=has_need),
    ]


def story_line(case: Case, steps: Iterable[Any], services: Iterable[Any]) -> list[Event]:
    """Steps and services in one line, the oldest first."""
    zone, tongue = zone_of(case), language()
    happened = [
        (
            step.at.astimezone(zone.info).date(),
            Event(
                when=formats.moment(step.at, zone, language=tongue),
                title=_title(step, is_first=number == 0),
                note=str(step.by or ""),
                iso=step.at.isoformat(),
                state="done",
            ),
        )
        for number, step in enumerate(steps)
    ]
    happened += [
        (
            service.provided_on,
            Event(
                when=formats.day(service.provided_on, language=tongue),
                title=ServiceKind(service.kind).label,
                note=str(service.provider or ""),
                iso=service.provided_on.isoformat(),
                state="done",
                pill=Result(service.result).label,
                tone=Tone.OK if service.result == Result.DONE else Tone.WARN,
            ),
        )
        for service in services
    ]
    return [event for _day, event in sorted(happened, key=lambda pair: pair[0])]


def _title(step: Any, *, is_first: bool) -> Text:
    """A case is opened once by a report, and again by whoever takes it over."""
    if step.act != Act.OPEN:
        return Stage(step.to_stage).label
    return pgettext("case", "Report received") if is_first else pgettext("handing over", "Taken over")


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One field that two people wrote: what stands, and what was written second."""

    key: UUID
    label: Text
    both: list[Row]


def clash_rows(case: Case, clashes: Iterable[Any]) -> list[ClashRow]:
    rows = []
    for clash in clashes:
        stands = plain(clash.party or case, clash.field)
        second = clash.offered.open() if clash.offered else None
        label = FIELD_WORDS.get(clash.field, clash.field)
        both = [Row(_("What stands"), str(stands or "–")), Row(_("Written second"), str(second or "–"))]
        rows.append(ClashRow(clash.pk, label, both))
    return rows
