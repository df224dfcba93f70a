"""What people ask about their own data: received, identity checked in person, answered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.above import leave_above
from simpul.cases.case_locks import held_request
from simpul.cases.consent_kinds import Capacity
from simpul.cases.erasing import forget
from simpul.cases.models import Consent, Party, QueueEntry, RightsRequest
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import CLOCKS, Answer, Ground, Proof, Refusal, RequestKind, first_level
from simpul.cases.rules.rights import (
    is_all_of,
    known_to,
    locked,
    require_answering,
    require_receiving,
    require_refusing,
    require_sight,
    unanswered,
)
from simpul.cases.services.consents import take_back
from simpul.cases.services.keeping import let_go, let_go_of, stop_using
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import start_clock, stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation


def receive_request(
    actor: Actor,
    organisation: Organisation,
    *,
    kind: str,
    capacity: str,
    applicant: str,
    now: datetime,
    asked_at: datetime | None = None,
    words: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> RightsRequest:
    """Somebody asked. The clock runs from then, whether there is a file or not. The same `id` twice is one request.

    Denied("case.record"); Invalid("kind" | "capacity" | "applicant" | "words" | "asked_at"); Conflict("id_taken").
    """
    require_receiving(actor, organisation)
    row = RightsRequest(
        id=id or uuid7(), owner_organisation=organisation, kind=kind, capacity=capacity,
        applicant=squeeze(applicant) or None, words=words.strip() or None, asked_at=asked_at or now,
        level=first_level(capacity), recorded_at=now, recorded_by_id=actor.person_id,
    )  # fmt: skip
    _check(row, applicant, words, now)
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if taken := RightsRequest.objects.filter(pk=row.pk).first():
            return _same(taken, row)
        row.save(force_insert=True)
        start_clock(actor, CLOCKS[kind], row.ref, organisation, area_code=None, starts_at=row.asked_at, now=now)
        audit.record(actor, "cases.receive_request", row.ref, details={"kind": kind, "capacity": capacity})
    return row


def check_identity(actor: Actor, request: RightsRequest, *, proof: str, now: datetime) -> None:
    """They stood before us and showed who they are. Again, the first check stands.

    NotFound; Invalid("proof"); Conflict("answered").
    """
    with transaction.atomic():
        row = locked(request)
        require_sight(actor, row)
        if proof not in Proof.values:
            raise Invalid("proof", "proof", message=_("Choose how they showed who they are."))
        row = unanswered(row)
        if not row.proof:
            row.proof, row.checked_at, row.checked_by_id = proof, now, actor.person_id
            row.save(update_fields=["proof", "checked_at", "checked_by"])
            audit.record(actor, "cases.check_identity", row.ref, details={"proof": proof})


def read_request(actor: Actor, request: RightsRequest) -> None:
    """Who asks and in which words is looked at: NotFound out of sight, else it is in the record of acts."""
    require_sight(actor, request)
    audit.record(actor, "cases.read_request", request.ref)


def grant_request(actor: Actor, request: RightsRequest, *, now: datetime) -> RightsRequest:
    """Do as asked, and stop the clock. Twice is once. What is corrected, is corrected before; what is read, after.

    NotFound, Denied("case.satisfy_rights"). Conflict("identity") before they showed who they are, "no_file" where none
    was found, "mandatory_refusal" for whoever is accused in it, or for a parent where a parent is the danger,
    "legal_hold" for what a legal process needs, "answered" once refused.
    """
    with transaction.atomic():
        row = held_request(request)
        require_answering(actor, row, now=now)
        known = known_to(actor, row.pk, now=now)
        if known.answer == Answer.GIVEN:
            return known
        row = unanswered(row)
        found = _grantable(known)
        _answer(actor, row, Answer.GIVEN, now)
        audit.record(actor, "cases.grant_request", row.ref, details={"kind": row.kind})
        if isinstance(found, Party):
            _do(actor, row, found, now)
        else:
            _do_for_listed(actor, found, row.kind, now)
    return RightsRequest.objects.get(pk=row.pk)


def refuse_request(
    actor: Actor, request: RightsRequest, *, ground: str, now: datetime, reason: str = ""
) -> RightsRequest:
    """There is nothing that we can give: one answer, whether no file was found or it may not be told. Twice is once.

    `ground` and `reason` stay inside; where it endangers somebody, words are asked for. NotFound,
    Denied("case.satisfy_rights"); Invalid("ground" | "reason"); Conflict("answered") once granted.
    """
    words = squeeze(reason)
    with transaction.atomic():
        row = held_request(request)
        require_refusing(actor, row, now=now)
        if ground not in Refusal.values:
            raise Invalid("ground", "ground", message=_("Choose why."))
        if len(words) > 1000 or (not words and ground == Refusal.ENDANGERS):
            raise Invalid("reason", "reason", message=_("Write in a few words why."))
        known = known_to(actor, row.pk, now=now)
        if known.answer == Answer.NOTHING:
            return known
        row = unanswered(row)
        row.refusal, row.reason = ground, words or None
        _answer(actor, row, Answer.NOTHING, now)
        audit.record(actor, "cases.refuse_request", row.ref)  # never why: the record of acts is read by others
    return row


def _check(row: RightsRequest, applicant: str, words: str, now: datetime) -> None:
    if row.kind not in RequestKind.values:
        raise Invalid("kind", "kind", message=_("Choose what they ask for."))
    if row.capacity not in Capacity.values:
        raise Invalid("capacity", "capacity", message=_("Choose one of the answers in the list."))
    if row.applicant is None or len(applicant) > 160:
        raise Invalid("applicant", "applicant", message=_("Write who asks."))
    if len(words) > 4000:
        raise Invalid("words", "words", message=_("Write this shorter."))
    if row.asked_at > now:
        raise Invalid("asked_at", "asked_at", message=_("It can't have been asked in the future."))


def _same(taken: RightsRequest, row: RightsRequest) -> RightsRequest:
    if (taken.owner_organisation_id, taken.kind) != (row.owner_organisation_id, row.kind):
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return taken


def _grantable(row: RightsRequest) -> Party | QueueEntry:
    """The person it is done for."""
    if not row.proof:
        raise Conflict("identity", message=_("First let them show, in person, who they are."))
    if row.entry is not None:
        return row.entry
    if row.party is None or row.case is None:
        raise Conflict("no_file", message=_("No file was found. Answer that there is no data that we can give."))
    from_the_danger = row.case.guardian_conflict and row.capacity == Capacity.PARENT
    if row.party.role == PartyRole.ALLEGED or from_the_danger:
        message = _("This would put somebody in danger. Answer that there is no data that we can give.")
        raise Conflict("mandatory_refusal", message=message)
    return row.party


def _answer(actor: Actor, row: RightsRequest, answer: Answer, now: datetime) -> None:
    row.answer, row.answered_at, row.answered_by_id = answer, now, actor.person_id
    row.save(update_fields=["answer", "refusal", "reason", "answered_at", "answered_by"])
    if clock := running_clock(row.ref, CLOCKS[row.kind]):
        # One word for all of them: a clock must not tell a refusal from a file that never was.
        stop_clock(actor, clock, decision="answered", now=now)
    leave_above(row, now=now)


def _do(actor: Actor, row: RightsRequest, party: Party, now: datetime) -> None:
    """To the whole case where it is about them alone, else to what is theirs: the others in it are helped on."""
    if row.kind in (RequestKind.RESTRICTION, RequestKind.OBJECTION):
        stop_using(actor, party.case, reason=None, request=row, party=None if is_all_of(party) else party, now=now)
    elif row.kind == RequestKind.ERASURE and is_all_of(party):
        let_go(actor, party.case, ground=Ground.ASKED, now=now)
    elif row.kind == RequestKind.ERASURE:
        let_go_of(actor, party)
    elif row.kind == RequestKind.WITHDRAWAL:
        for consent in Consent.objects.filter(party=party, withdrawal=None).order_by("pk"):
            take_back(actor, consent, capacity=row.capacity, withdrawn_by=_who(row), now=now)


def _who(row: RightsRequest) -> str | None:
    return row.applicant.open() if row.applicant and row.capacity != Capacity.SELF else None


def _do_for_listed(actor: Actor, entry: QueueEntry, kind: str, now: datetime) -> None:
    """Read and corrected it is on the list itself."""
    row = QueueEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if kind in (RequestKind.ERASURE, RequestKind.WITHDRAWAL) and forget(row):
        audit.record(actor, "cases.forget_listed", row.ticket.ref, details={"entry": row.pk})
    if kind in (RequestKind.RESTRICTION, RequestKind.OBJECTION) and row.restricted_at is None:
        row.restricted_at = now
        row.save(update_fields=["restricted_at"])
        audit.record(actor, "cases.restrict_listed", row.ticket.ref, details={"entry": row.pk})
