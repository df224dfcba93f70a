"""The people of a case: adding, correcting, and what it is about for each."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases import particulars
from simpul.cases.case_locks import processing_in, recording_in
from simpul.cases.dues import run_police_clock
from simpul.cases.intake import assign_opener, check_types
from simpul.cases.kinds import branch_of, is_protected
from simpul.cases.life import note_counted, today_of
from simpul.cases.merging import Merged, merge, put
from simpul.cases.models import Case, Party, PartyTag, PartyType
from simpul.cases.relations import PartyRole
from simpul.cases.rules.people import may_name_the_accused, may_tag, require_of_case
from simpul.cases.rules.sight import may
from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7


def add_party(
    actor: Actor,
    case: Case,
    *,
    role: str,
    details: Mapping[str, object],
    now: datetime,
    types: Collection[str] = (),
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Party:
    """Somebody else in the case. Another victim brings what it is about for them; nobody else has types.

    The same `id` twice is the same person, unchanged. Denied("case.record"), Denied("case.coordinate") for the accused;
    Invalid("role" | "types" and those of the particulars); Conflict("id_taken").
    """
    with transaction.atomic():
        held = processing_in(actor, case.pk, now=now)
        if role not in PartyRole.values:
            raise Invalid("role", "role", message=_("Choose which part this person plays."))
        if role == PartyRole.ALLEGED and not may_name_the_accused(actor, held):
            raise Denied(COORDINATE, case.ref)
        codes = check_types(types) if role == PartyRole.VICTIM else []
        party = Party(id=id or uuid7(), case=held, role=role, recorded_at=now)
        particulars.apply(party, particulars.clean(details, on=today_of(held, now)))
        if taken := Party.objects.filter(pk=party.pk).first():
            return _same(taken, party)
        party.save(force_insert=True)
        PartyType.objects.bulk_create(PartyType(party=party, code=code) for code in codes)
        if codes:
            note_counted(_guard(actor, held, now), now=now)
        audit.record(actor, "cases.add_party", case.ref, details={"party": party.pk, "role": role})
    return party


def correct_party(
    actor: Actor, party: Party, changes: Mapping[str, object], *, seen: int, now: datetime
) -> Merged[Party]:
    """`changes` are particulars; `seen` is the version that was read. What somebody else wrote since then stands, and
    the value given here is kept beside it for the coordinator: see `Merged.clashing`.

    Denied("case.record"); NotFound for the accused where the actor coordinates no case here; Invalid.
    """
    with transaction.atomic():
        held = recording_in(actor, party.case_id, now=now)
        require_of_case(actor, party, held)
        cleaned = particulars.clean(changes, on=today_of(held, now))
        merged = merge(actor, party, cleaned, seen=seen, now=now)
        row = merged.row
        if merged.written:
            likeness = particulars.likeness_for(row)
            if likeness != (row.likeness.open() if row.likeness else None):
                row = put(row, {"likeness": likeness})
            note_counted(held, now=now)
        if merged.written or merged.clashing:
            audit.record(
                actor,
                "cases.correct_party",
                party.case.ref,
                details={"party": party.pk, "fields": merged.written, "clashing": merged.clashing},
            )
    return Merged(row, merged.written, merged.clashing)


def change_types(actor: Actor, party: Party, *, types: Collection[str], now: datetime) -> Case:
    """What the case is about for this victim: exactly `types`. Whether it is need-to-know follows, in the same moment.

    Making a protected case one of social protection shows it to the whole group, so the coordinator alone may:
    Denied("case.coordinate"). A companion who makes one protected is assigned to it. Invalid("types" | "not_a_victim").
    """
    with transaction.atomic():
        case = recording_in(actor, party.case_id, now=now)
        if party.role != PartyRole.VICTIM:
            raise Invalid("not_a_victim", "types", message=_("Only what happened to the person assisted has a type."))
        codes = check_types(types)
        before = set(party.types.values_list("code", flat=True))
        if before == set(codes):
            return case
        party.types.exclude(code__in=codes).delete()
        PartyType.objects.bulk_create(PartyType(party=party, code=code) for code in codes if code not in before)
        case = _guard(actor, case, now)
        note_counted(case, now=now)
        audit.record(actor, "cases.change_types", case.ref, details={"party": party.pk, "protected": case.protected})
    return case


def tag_party(actor: Actor, party: Party, *, tags: Collection[str], now: datetime) -> None:
    """Exactly these vulnerabilities, of those the actor sees: what is kept from them stays as it is.

    Denied("case.record"); Invalid("tags"), also for a tag that is not theirs to note.
    """
    with transaction.atomic():
        case = recording_in(actor, party.case_id, now=now)
        require_of_case(actor, party, case)
        codes, theirs = set(tags), may_tag(actor, case)
        if codes - theirs:
            raise Invalid("tags", "tags", message=_("Choose one of the answers in the list."))
        before = set(party.tags.filter(code__in=theirs).values_list("code", flat=True))
        if before == codes:
            return
        party.tags.filter(code__in=theirs - codes).delete()
        PartyTag.objects.bulk_create(PartyTag(party=party, code=code) for code in sorted(codes - before))
        audit.record(actor, "cases.tag_party", case.ref, details={"party": party.pk})


def _same(taken: Party, party: Party) -> Party:
    if (taken.case_id, taken.role) != (party.case_id, party.role):
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return taken


def _guard(actor: Actor, case: Case, now: datetime) -> Case:
    """The branch and the protection that the types ask for now. The case is locked by the caller."""
    codes = list(PartyType.objects.filter(party__case=case).values_list("code", flat=True))
    protected = is_protected(codes)
    run_police_clock(actor, case, now=now)
    if protected == case.protected:
        return case
    if case.protected and not may(actor, (COORDINATE,), case):
        raise Denied(COORDINATE, case.ref)
    if protected:
        assign_opener(actor, case, now=now)
    return put(case, {"protected": protected, "branch": branch_of(codes)})
