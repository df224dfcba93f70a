"""A row's values as the report they tell, and what of it can't be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from simpul.cases import particulars
from simpul.cases.consent_kinds import AGGREGATE, RECORD, Capacity, Language, Manner
from simpul.cases.intake import LONGEST_NARRATIVE
from simpul.cases.relations import Relation
from simpul.cases.services.importing import Assisted, Report, SpokenConsent
from simpul.interop.recipes import Fault, Values
from simpul.kernel.errors import Invalid
from simpul.kernel.time import PartialDate, Precision, Zone, local_date
from simpul.territory.models import Area

HELD: Final = timedelta(days=365)  # a consent, where nobody said until when
_MAJORITY: Final = 18
_OF_PERSON: Final = {
    "name": "name", "alias": "alias", "sex": "sex", "age": "age_stated", "birth_date": "birth_date", "nik": "nik",
    "family_card": "family_card", "bpjs": "bpjs", "phone": "phone", "address": "address", "disability": "disability",
    "education": "education",
}  # fmt: skip
_COLUMNS: Final = {field: column for column, field in _OF_PERSON.items()}
_CONTACT: Final = {
    "safe_to_call": "safe_to_call", "call_hours": "hours", "may_leave_message": "may_leave_message",
    "contact_via": "via",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells once its village is known."""

    values: Values
    area: Area

    @property
    def received_at(self) -> datetime:
        """Of a day alone its beginning: a clock then begins too early rather than too late."""
        received: datetime | date = self.values["received"]
        if isinstance(received, datetime):
            return received
        return datetime(received.year, received.month, received.day, tzinfo=Zone(self.area.zone).info).astimezone(UTC)

    @property
    def received_on(self) -> date:
        return local_date(self.received_at, Zone(self.area.zone))

    @property
    def happened(self) -> tuple[date | None, bool]:
        """The day, and whether it is about then."""
        found: PartialDate | None = self.values.get("happened")
        return (found.day, found.precision is not Precision.DAY) if found else (None, False)

    def report(self) -> Report:
        happened_on, approximately = self.happened
        return Report(
            area=self.area,
            channel=self.values["channel"],
            relation=self.values["relation"],
            received_at=self.received_at,
            person=self.person(),
            narrative=str(self.values.get("narrative") or ""),
            happened_on=happened_on,
            happened_approximately=approximately,
            settings=self.values.get("settings") or (),
            guardian_conflict=bool(self.values.get("guardian_conflict")),
            reporter=self._reporter(),
        )

    def person(self) -> Assisted:
        return Assisted(
            number=number_of(self.values),
            types=self.values["types"],
            particulars=self.particulars(),
            consent=self._consent(),
            tags=self.values.get("tags") or (),
        )

    def particulars(self) -> dict[str, object]:
        values = self.values
        told = {field: values[name] for name, field in _OF_PERSON.items() if values.get(name) not in (None, "")}
        contact = {field: values[name] for name, field in _CONTACT.items() if values.get(name) not in (None, "")}
        return {**told, **({"safe_contact": contact} if contact else {})}

    def _reporter(self) -> Mapping[str, object]:
        """Nobody where the person reported themself."""
        if self.values["relation"] == Relation.SELF:
            return {}
        told = {"name": self.values.get("reporter_name"), "phone": self.values.get("reporter_phone")}
        found = {field: words for field, words in told.items() if words}
        return {**found, "relation": self.values["relation"]} if found else {}

    def _consent(self) -> SpokenConsent:
        values = self.values
        return SpokenConsent(
            capacity=capacity_of(values),
            purposes=[RECORD, *([AGGREGATE] if values.get("consent_counting") else [])],
            language=values.get("consent_language") or Language.INDONESIAN,
            manner=_manner(values),
            given_at=self.received_at,
            expires_on=values.get("consent_until") or self.received_on + HELD,
            given_by=_given_by(values),
            witness=_witness(values),
            sheet_number=_kept_on(values),
        )

    def faults(self, now: datetime) -> Iterator[Fault]:
        """What the services would refuse, said before anything is written."""
        yield from self._times(now)
        yield from self._person()
        yield from self._agreement(now)
        if len(str(self.values.get("narrative") or "")) > LONGEST_NARRATIVE:
            yield Fault("narrative", "narrative", _("Shorten the story to 10,000 characters."))

    def _times(self, now: datetime) -> Iterator[Fault]:
        if self.received_at > now:
            yield Fault("received", "received_at", _("A report can't come in the future."))
        happened_on, _approximately = self.happened
        if happened_on and happened_on > self.received_on:
            yield Fault("happened", "happened_on", _("It can't have happened after it was reported."))

    def _person(self) -> Iterator[Fault]:
        for field, value in self.particulars().items():
            try:
                particulars.clean({field: value}, on=self.received_on)
            except Invalid as wrong:
                yield Fault(_COLUMNS.get(field, "contact_via"), wrong.code, str(wrong.message))
        for column, field in (("reporter_name", "name"), ("reporter_phone", "phone")):
            if len(str(self.values.get(column) or "")) > particulars.LONGEST[field]:
                yield Fault(column, "too_long", _("Write this shorter."))

    def _agreement(self, now: datetime) -> Iterator[Fault]:
        values = self.values
        capacity, until = capacity_of(values), values.get("consent_until")
        if capacity == Capacity.SELF and self._is_child(now):
            message = _("For a child a parent or guardian agrees. Write who did, and their name.")
            yield Fault("consent_by", "child", message)
        if capacity != Capacity.SELF and not _given_by(values):
            yield Fault("consent_name", "given_by", _("Write who agreed for the person."))
        if capacity == Capacity.PARENT and values.get("guardian_conflict"):
            message = _("A parent is part of the danger here: no parent is asked. Call the UPTD PPA.")
            yield Fault("consent_by", "guardian_conflict", message)
        if _manner(values) == Manner.SPOKEN and not _witness(values):
            message = _("Write who was there when the person agreed, or the number of the paper sheet.")
            yield Fault("witness", "witness", message)
        if _manner(values) == Manner.SHEET and not values.get("sheet_number"):
            yield Fault("sheet_number", "sheet_number", _("Write the number of the paper sheet."))
        if until and until <= self.received_on:
            yield Fault("consent_until", "expires_on", _("Choose a day after the consent was given."))

    def _is_child(self, now: datetime) -> bool:
        born, age, today = self.values.get("birth_date"), self.values.get("age"), local_date(now, Zone(self.area.zone))
        if born is not None:
            return _years(born, today) < _MAJORITY
        return age is not None and int(age) + _years(self.received_on, today) < _MAJORITY


def number_of(values: Values) -> str:
    """Of the person within the report."""
    return str(values.get("person") or "1")


def capacity_of(values: Values) -> str:
    return str(values.get("consent_by") or Capacity.SELF)


def birth_year_of(told: Told) -> int | None:
    born: date | None = told.values.get("birth_date")
    age: Any = told.values.get("age")
    if born is not None:
        return born.year
    return told.received_on.year - int(age) if age is not None else None


def _given_by(values: Values) -> str:
    """A parent who reported is the parent who was asked, where nobody wrote their name twice."""
    if values.get("consent_name"):
        return str(values["consent_name"])[:160]
    same = capacity_of(values) == Capacity.PARENT and values.get("relation") == Relation.PARENT
    return str(values.get("reporter_name") or "") if same else ""


def _kept_on(values: Values) -> str:
    """What was signed or said on the telephone that wrote it down is kept there, not in the file."""
    kept = "KoboCollect" if _manner(values) in (Manner.SIGNATURE, Manner.AUDIO) else ""
    return str(values.get("sheet_number") or kept)[:30]


def _manner(values: Values) -> str:
    if values.get("consent_manner"):
        return str(values["consent_manner"])
    return Manner.SHEET if values.get("sheet_number") else Manner.SPOKEN


def _witness(values: Values) -> str:
    return str(values.get("witness") or values.get("written_by") or "")[:160]


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
