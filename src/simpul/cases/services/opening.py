"""Opening a case: five things on the first screen, and never without a report."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases import particulars
from simpul.cases.channels import Channel
from simpul.cases.dues import run_helping_clock, run_police_clock
from simpul.cases.intake import assign_opener, check_narrative, check_types
from simpul.cases.kinds import Branch, branch_of, is_protected
from simpul.cases.life import write_step
from simpul.cases.models import Case, Exclusion, Party, PartyType
from simpul.cases.numbers import next_code
from simpul.cases.relations import PartyRole, Relation
from simpul.cases.rules.sight import require_opening, visible_to
from simpul.cases.stages import Act, Stage
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.territory.models import Area


def open_case(
    actor: Actor,
    organisation: Organisation,
    *,
    area: Area,
    branch: str,
    types: Collection[str],
    victim: Mapping[str, object],
    narrative: str,
    channel: str,
    relation: str,
    now: datetime,
    received_at: datetime | None = None,
    happened_on: date | None = None,
    happened_approximately: bool = False,
    settings: Collection[str] = (),
    guardian_conflict: bool = False,
    complaint_id: UUID | None = None,
    hide_from: Collection[Person] = (),
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Case:
    """Where, which branch, of what kind, who, what: and by which channel and from whom the report came (R12).

    `victim` holds particulars of the person (particulars.FIELDS), none of them required. A companion who opens a case
    is assigned to it; those it is hidden from never see it, not for a moment. The same `id` twice is the same case,
    unchanged. `received_at` is when the report came, now where not told. Denied("case.record"); Invalid("types" |
    "branch" | "channel" | "relation" | "received_at" | "happened_on" | "narrative" and those of the particulars);
    Conflict("id_taken").
    """
    require_opening(actor, organisation, area.code)
    received_at = received_at or now
    received_on = local_date(received_at, area.zone)
    codes = check_types(types)
    _check_report(branch, codes, channel, relation)
    _check_times(received_at, happened_on, received_on, now)
    cleaned = particulars.clean(victim, on=received_on)
    case = Case(
        id=id or uuid7(), owner_organisation=organisation, area=area, branch=branch, protected=is_protected(codes),
        channel=channel, relation=relation, complaint_id=complaint_id, received_at=received_at,
        received_on=received_on, happened_on=happened_on, happened_approximately=happened_approximately,
        settings=sorted(settings), guardian_conflict=guardian_conflict, narrative=check_narrative(narrative),
        opened_by_id=actor.person_id, recorded_at=now,
    )  # fmt: skip
    with transaction.atomic():
        if found := _opened_before(actor, case, now):
            return found
        party = Party(case=case, role=PartyRole.VICTIM, recorded_at=now)
        particulars.apply(party, cleaned)
        return _write(actor, case, party, codes, hide_from, now=now)


def _write(
    actor: Actor, case: Case, victim: Party, codes: Collection[str], hide_from: Collection[Person], *, now: datetime
) -> Case:
    case.code = next_code(case.owner_organisation, case.received_on.year)
    if found := _opened_before(actor, case, now):  # while we waited for the number
        return found
    case.save(force_insert=True)
    victim.save(force_insert=True)
    PartyType.objects.bulk_create(PartyType(party=victim, code=code) for code in codes)
    assign_opener(actor, case, now=now)
    for person in hide_from:
        if person.pk == actor.person_id:
            raise Invalid("oneself", "hide_from", message=_("You can't hide a case from yourself."))
        Exclusion.objects.create(case=case, person=person, made_at=now, made_by_id=actor.person_id)
    opened = write_step(actor, case, Act.OPEN, Stage.RECEIVED, now=now)
    run_police_clock(actor, opened, now=now)
    run_helping_clock(actor, opened, now=now)
    details = {"organisation": str(case.owner_organisation_id), "hidden_from": [str(p.pk) for p in hide_from]}
    audit.record(actor, "cases.open_case", case.ref, details=details)
    return opened


def _check_report(branch: str, codes: Collection[str], channel: str, relation: str) -> None:
    if branch not in Branch.values or branch != branch_of(codes):
        message = _("Violence and child marriage belong to the violence branch, everything else to social protection.")
        raise Invalid("branch", "branch", message=message)
    if channel not in Channel.values:
        raise Invalid("channel", "channel", message=_("Choose how the report reached you."))
    if relation not in Relation.values:
        raise Invalid("relation", "relation", message=_("Choose who reported, seen from the person assisted."))


def _check_times(received_at: datetime, happened_on: date | None, received_on: date, now: datetime) -> None:
    if received_at > now:
        raise Invalid("received_at", "received_at", message=_("A report can't come in the future."))
    if happened_on and happened_on > received_on:
        raise Invalid("happened_on", "happened_on", message=_("It can't have happened after it was reported."))


def _opened_before(actor: Actor, case: Case, now: datetime) -> Case | None:
    """What a repeated request made. Conflict("id_taken") for an id that stands for something else, seen or not."""
    taken = Case.objects.filter(pk=case.pk).first()
    if taken is None:
        return None
    seen = Case.objects.filter(visible_to(actor, now=now), pk=case.pk).exists()
    if not seen or (taken.owner_organisation_id, taken.area_id) != (case.owner_organisation_id, case.area_id):
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return taken
