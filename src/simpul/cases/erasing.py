"""The end of a case: all that was kept of its people goes; what counts need of it stays, without anybody in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from simpul.access.models import EmergencyOpening
from simpul.audit.erasers import eraser
from simpul.audit.services import note_erasures
from simpul.cases.case_locks import hold_within
from simpul.cases.export_reach import reach_exports
from simpul.cases.models import (
    Case,
    CaseTombstone,
    Complaint,
    ComplaintDraft,
    Party,
    QueueEntry,
    Referral,
    RightsRequest,
)
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import Ground, age_band, lowest_of
from simpul.deadlines.models import Clock
from simpul.documents.erasing import destroy
from simpul.documents.models import Document, RemovalReason
from simpul.interop.models import ImportRow
from simpul.kernel.refs import RecordRef

_TELLING: Final = (
    "name", "alias", "phone", "address", "nik", "family_card", "bpjs", "birth_date", "likeness", "safe_contact",
)  # fmt: skip


def family_of(case: Case) -> list[Case]:
    """The case, and all that are marked as the same matter: what is erased of one, is erased of each."""
    root = case
    while root.duplicate_of is not None:
        root = root.duplicate_of
    return list(_with_duplicates(root))


def wipe(case: Case, ground: str) -> bool:
    """Whether it was still there. In the caller's transaction; a restored backup is wiped again by it.

    Its people, words, consents, history, looks, clashes, services, plan and referrals go with it; so do the complaint
    it came from, with receipts, conversation and repetitions, its files, clocks, and what was asked about it.
    """
    row = Case.objects.select_for_update(of=("self",)).select_related("area").filter(pk=case.pk).first()
    if row is None:
        return False
    for twin in row.duplicates.order_by("pk"):
        wipe(twin, ground)
    complaints = complaints_of(row)
    hold_within([row], complaints)
    refs = [row.ref, *(complaint.ref for complaint in complaints), *_refs_within(row)]
    _bury(row, ground)
    reach_all(refs)
    _empty_answered(row.rights_requests.all())
    for complaint in complaints:
        ComplaintDraft.objects.filter(complaint=complaint.pk).delete()
        complaint.delete()
    note_erasures(row.ref, *(RecordRef("cases.complaint", ref.uuid) for ref in refs if ref.kind == "cases.complaint"))
    row.delete()
    return True


def wipe_person(party: Party) -> bool:
    """Whether there was anything. What tells who they are goes, with their consents, needs, referrals and whatever was
    asked about them; of a victim the counts stay, as of any case that was erased. In the caller's transaction.

    The story of the case, notes on services and the steps' reasons are of the others too: a person reads and corrects
    them.
    """
    row = Party.objects.select_for_update(of=("self",)).select_related("case__area").filter(pk=party.pk).first()
    if row is None or row.erased_at is not None:
        return False
    hold_within([row.case], complaints_of(row.case) if row.role == PartyRole.REPORTER else ())
    reach_all([row.ref, *(RecordRef("cases.referral", pk) for pk in row.referrals.values_list("pk", flat=True))])
    _empty_answered(row.rights_requests.all())
    if row.role == PartyRole.REPORTER:
        _forget_reporter(row.case)
    note_erasures(row.ref)
    if row.role == PartyRole.VICTIM:
        _empty(row)
    else:
        row.delete()
    return True


def _empty(row: Party) -> None:
    """A victim without anybody in it: sex, types, disability and the band of the age are what counts need."""
    age = row.age_on(row.case.received_on)
    theirs = (
        row.referrals,
        row.transfer_grounds,
        row.legal_bases,
        row.consents,
        row.assents,
        row.needs,
        row.appointments,
    )
    for rows in (*theirs, row.documents_needed, row.tags, row.clashes, row.restrictions):
        rows.all().delete()
    for service in row.services.filter(note__isnull=False):
        service.note = None
        service.save(update_fields=["note"])
    for field in _TELLING:
        setattr(row, field, None)
    row.age_stated, row.age_stated_on = lowest_of(age), None if age is None else row.case.received_on
    row.relation, row.education, row.merged, row.erased_at = "", "", {}, Now()
    row.save()


def _forget_reporter(case: Case) -> None:
    """How they may be reached, and the receipts with which they came back."""
    for complaint in complaints_of(case):
        complaint.contact = None
        complaint.save(update_fields=["contact"])
        complaint.secrets.all().delete()


def _empty_answered(requests: QuerySet[RightsRequest]) -> None:
    """Whoever still waits for an answer is told that there is nothing; and a request that lost its words before it was
    answered would tell whoever does not see the case that there was one.
    """
    empty_requests(requests.exclude(answer=""))


def empty_requests(requests: Iterable[RightsRequest]) -> None:
    for request in requests:
        request.applicant = request.words = request.reason = None
        request.save(update_fields=["applicant", "words", "reason"])


def _with_duplicates(case: Case) -> Iterator[Case]:
    yield case
    for twin in case.duplicates.order_by("pk"):
        yield from _with_duplicates(twin)


def complaints_of(case: Case) -> list[Complaint]:
    """What it came from, what was said to repeat that, and what disagreed with its decision."""
    found: dict[UUID, Complaint] = {}
    wanted = Q(pk=case.complaint_id) | Q(decision__case_id=case.pk)
    while rows := list(Complaint.objects.filter(wanted).exclude(pk__in=found)):
        found |= {row.pk: row for row in rows}
        wanted = Q(decision__same_as__in=rows) | Q(appeal_of__in=rows)
    return list(found.values())


def _refs_within(case: Case) -> list[RecordRef]:
    parties = Party.objects.filter(case=case).values_list("pk", flat=True)
    referrals = Referral.objects.filter(case=case).values_list("pk", flat=True)
    transfers = case.transfers.values_list("pk", flat=True)
    kinds = (("cases.party", parties), ("cases.referral", referrals), ("cases.transfer", transfers))
    return [RecordRef(kind, pk) for kind, keys in kinds for pk in keys]


def _bury(case: Case, ground: str) -> None:
    victims = case.parties.filter(role=PartyRole.VICTIM).order_by("pk").prefetch_related("types")
    CaseTombstone.objects.get_or_create(
        pk=case.pk,
        defaults={
            "owner_organisation_id": case.owner_organisation_id,
            "area_id": case.area_id,
            "branch": case.branch,
            "stage": case.stage,
            "outcome": case.outcome,
            "received_on": case.received_on,
            "closed_on": case.closed_on,
            "erased_at": Now(),
            "ground": ground,
            "victims": [_counted(victim, case) for victim in victims],
        },
    )


def _counted(victim: Party, case: Case) -> dict[str, Any]:
    return {
        "types": sorted(row.code for row in victim.types.all()),
        "sex": victim.sex,
        "age_band": age_band(victim.age_on(case.received_on)),
        "disability": victim.disability,
    }


def reach_all(refs: Sequence[RecordRef]) -> None:
    """What is kept by reference alone: no foreign key takes it along."""
    for reach in REACHERS:
        reach(refs)


def _empty_around(refs: Sequence[RecordRef]) -> None:
    for ref in refs:
        for document in Document.objects.filter(subject_kind=ref.kind, subject_id=ref.uuid, removed_at=None):
            destroy(document, RemovalReason.ERASED, Now())
        Clock.objects.filter(about_kind=ref.kind, about_id=ref.uuid).delete()
        for opening in EmergencyOpening.objects.filter(ref_kind=ref.kind, ref_id=ref.uuid):
            opening.reason = ""
            opening.save(update_fields=["reason"])
        ImportRow.objects.filter(made=str(ref)).update(undo={}, twins=[], faults=[])


def forget(entry: QueueEntry) -> bool:
    """Whether a name was still there. Name and NIK of somebody on a list go; their papers count on, as nobody's."""
    if entry.name is None:
        return False
    entry.name = entry.nik = None
    entry.save()
    empty_requests(entry.rights_requests.all())
    note_erasures(entry.ref)
    return True


@eraser("cases.queueentry")
def forget_again(ids: Sequence[UUID]) -> int:
    return sum(forget(entry) for entry in QueueEntry.objects.filter(pk__in=ids).order_by("pk"))


# Whoever keeps something of a case by its reference alone adds how it is emptied; called within the transaction, with
# the references of the case or person, of their complaints and of their referrals.
Reacher = Callable[[Sequence[RecordRef]], None]
REACHERS: Final[list[Reacher]] = [_empty_around, reach_exports]


@eraser("cases.party")
def wipe_person_again(ids: Sequence[UUID]) -> int:
    """The same for one of several people of a case."""
    return sum(wipe_person(party) for party in Party.objects.filter(pk__in=ids).order_by("pk"))


@eraser("cases.case")
def wipe_again(ids: Sequence[UUID]) -> int:
    """Those erased after a backup was taken, in what was restored from it."""
    return sum(wipe(case, Ground.AGAIN) for case in Case.objects.filter(pk__in=ids).order_by("pk"))
