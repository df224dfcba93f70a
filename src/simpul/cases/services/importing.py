"""Reports that were written down in another tool, entered as cases; and taken back as long as nobody worked on them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import coordinating_in
from simpul.cases.kinds import branch_of
from simpul.cases.models import Case, CountedVictim, Party
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import Ground
from simpul.cases.services.consents import give_consent
from simpul.cases.services.keeping import erase_case
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party, tag_party
from simpul.cases.stages import COORDINATE
from simpul.cases.touching import mark_of
from simpul.deadlines.services.watching import catch_up
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

_FIRST: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenConsent:
    """What the person agreed to when it was written down, as `consents.give_consent` takes it."""

    capacity: str
    purposes: Collection[str]
    language: str
    manner: str
    given_at: datetime
    expires_on: date
    given_by: str = ""
    witness: str = ""
    sheet_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """One person whom the report is about, by `number` within it: particulars, types, tags, and what they agreed to."""

    number: str = _FIRST
    types: Collection[str]
    particulars: Mapping[str, object]
    consent: SpokenConsent
    tags: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one submission tells. Never whom anybody accuses: that is the coordinator's to write, by hand."""

    area: Area
    channel: str
    relation: str
    received_at: datetime
    person: Assisted
    narrative: str = ""
    happened_on: date | None = None
    happened_approximately: bool = False
    settings: Collection[str] = ()
    guardian_conflict: bool = False
    reporter: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """`is_late`: a deadline of it had passed before it came in; nobody was alerted of that."""

    case: Case
    is_late: bool


def enter_report(actor: Actor, organisation: Organisation, report: Report, *, key: UUID, now: datetime) -> Entered:
    """Open the case with the person, their consent and the reporter, all or nothing; the same `key` is the same case.

    Denied("case.coordinate"), and what `open_case`, `give_consent` and `add_party` refuse.
    """
    if not actor.may_at(COORDINATE, organisation.pk, report.area.code):
        raise Denied(COORDINATE, organisation.ref)
    person = report.person
    with transaction.atomic():
        case = open_case(
            actor, organisation, id=key, area=report.area, branch=branch_of(person.types), types=person.types,
            victim=person.particulars, narrative=report.narrative, channel=report.channel, relation=report.relation,
            received_at=report.received_at, happened_on=report.happened_on,
            happened_approximately=report.happened_approximately, settings=report.settings,
            guardian_conflict=report.guardian_conflict, now=now,
        )  # fmt: skip
        first = Party.objects.filter(case=case, role=PartyRole.VICTIM).order_by("recorded_at", "id")[0]
        _agree(actor, first, person, key, now)
        if report.reporter:
            reporter = uuid5(key, "reporter")
            add_party(actor, case, role=PartyRole.REPORTER, details=report.reporter, id=reporter, now=now)
        is_late = catch_up(actor, case.ref, now=now)
        audit.record(actor, "cases.enter_report", case.ref, details={"late": is_late})
    return Entered(case, is_late)


def enter_person(actor: Actor, case: Case, person: Assisted, *, now: datetime) -> Party:
    """Somebody else whom the same report is about; the same `number` is the same person.

    NotFound out of sight, Denied("case.coordinate"), and what `add_party` and `give_consent` refuse.
    """
    with transaction.atomic():
        case = coordinating_in(actor, case.pk, now=now)
        key = uuid5(case.pk, f"victim/{person.number}")
        role, types = PartyRole.VICTIM, person.types
        party = add_party(actor, case, role=role, details=person.particulars, types=types, id=key, now=now)
        _agree(actor, party, person, case.pk, now)
        catch_up(actor, case.ref, now=now)
        audit.record(actor, "cases.enter_person", case.ref, details={"party": party.pk})
    return party


def take_back_case(actor: Actor, case_id: UUID, *, mark: str, now: datetime) -> None:
    """Erase a case that should never have come in, with all that counts of it. `mark` is of the case as it came in.

    One that is gone, or hidden from the actor by now, is none for them: nothing happens. Denied("case.coordinate"),
    Denied("case.satisfy_rights"); Conflict("worked_on") where somebody has done anything in it since,
    Conflict("legal_hold").
    """
    with transaction.atomic():
        try:
            held = coordinating_in(actor, case_id, now=now)
        except NotFound:
            return
        if mark_of(held) != mark:
            message = _("Somebody has worked on this case since. It stays; erase it by hand if it has to go.")
            raise Conflict("worked_on", message=message)
        erase_case(actor, held, ground=Ground.MISTAKE, now=now)
        CountedVictim.objects.filter(case_key=case_id, superseded_at=None).update(superseded_at=now)
        audit.record(actor, "cases.take_back_case", held.ref)


def _agree(actor: Actor, party: Party, person: Assisted, key: UUID, now: datetime) -> None:
    said = person.consent
    give_consent(
        actor, party, id=uuid5(key, f"consent/{person.number}"), capacity=said.capacity, purposes=said.purposes,
        language=said.language, manner=said.manner, given_at=said.given_at, expires_on=said.expires_on,
        given_by=said.given_by, witness=said.witness, sheet_number=said.sheet_number, now=now,
    )  # fmt: skip
    if person.tags:
        tag_party(actor, party, tags=person.tags, now=now)
