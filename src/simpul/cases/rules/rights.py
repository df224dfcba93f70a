"""Who reads and answers what people ask about their own data.

The group that keeps their data does; where a parent or guardian asks for a child, the supervisor of the organisation
above answers. For whoever does not see the case, a request about it is one for which no file was found: the same
request, the same page, the same answer. That it vanished, or changed, would tell them of the case.
"""

from copy import copy
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Exclusion, Party, RightsRequest
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import FOR_A_CHILD, SATISFY, Answer, Level, first_level
from simpul.cases.rules.sight import EVERYTHING, NOTHING, may, visible_to
from simpul.cases.rules.sight import require_sight as require_case
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import Conflict, Denied, NotFound
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.rules.reach import accompanied_by
from simpul.people.queries import today
from simpul.records.models import known_at, true_on

KIND: Final = "cases.rightsrequest"


def is_all_of(party: Party) -> bool:
    """Whether the case is about this person alone: then what they ask is about the whole of it. Whoever reported, or
    is one of several, disposes of their own data and not of the others'.
    """
    others = Party.objects.filter(case=party.case_id, role=PartyRole.VICTIM, erased_at=None).exclude(pk=party.pk)
    return party.role == PartyRole.VICTIM and not others.exists()


def requests_visible_to(actor: Actor) -> Q:
    """Whatever was found about them: this asks for no case."""
    if isinstance(actor, System):
        return EVERYTHING
    return Q(owner_organisation__in=_answering_at(actor)) | _brought_above(actor)


def known_rows(actor: Actor, *, now: datetime) -> QuerySet[RightsRequest]:
    """The requests in sight; `in_sight` is whether the case of each is too, or was for whoever answered for a child.
    Each is told by `as_known` alone.
    """
    seen = Case.objects.filter(visible_to(actor, now=now), pk=OuterRef("case"))
    kept_from = Exclusion.objects.filter(case=OuterRef("case"), person=actor.person_id, lifted_at=None)
    answered = Q(level=Level.SUPERVISOR, answered_by=actor.person_id, answered_at__isnull=False) & ~Q(Exists(kept_from))
    rows = RightsRequest.objects.filter(requests_visible_to(actor))
    return rows.annotate(in_sight=Q(Exists(seen)) | answered)


def as_known(actor: Actor, row: RightsRequest) -> RightsRequest:
    """A row of `known_rows` as the actor may know it, to be read and never saved.

    Where the case is out of sight, or gone for whoever is not the one who answered: as if no file had been found. Then
    an answer is the one for no file, and who asked, who answered and why is shown for neither.
    """
    own = actor.person_id is not None and row.answered_by_id == actor.person_id
    found = row.entry_id is not None or getattr(row, "in_sight", False) or (own and row.case_id is None)
    if found or isinstance(actor, System):
        return row
    seen = copy(row)
    seen.case = seen.party = seen.found_at = seen.found_by = None
    seen.level = first_level(row.capacity)
    if row.answer:
        seen.answer = Answer.NOTHING
    if row.answer and not own:
        seen.refusal, seen.reason, seen.answered_by, seen.applicant, seen.words = "", None, None, None, None
    return seen


def known_to(actor: Actor, key: UUID, *, now: datetime) -> RightsRequest:
    """One request as the actor may know it. NotFound out of sight, as for one that never was."""
    rows = known_rows(actor, now=now).filter(pk=key)
    found = rows.select_related("owner_organisation", "case__area", "party", "found_by", "checked_by", "answered_by")
    row = found.first()
    if row is None:
        raise NotFound(KIND, key)
    return as_known(actor, row)


def may_answer(actor: Actor, row: RightsRequest) -> bool:
    """Of a row of `known_to`: whether doing as asked is the actor's. For a child it is never the group's own."""
    if isinstance(actor, System):
        return True
    if row.level == Level.GROUP:
        return row.owner_organisation_id in _answering_at(actor)
    return RightsRequest.objects.filter(_brought_above(actor), pk=row.pk).exists()


def may_refuse(actor: Actor, row: RightsRequest, *, on: date) -> bool:
    """Of a row of `known_to`: whether saying that there is nothing to give is the actor's.

    The group says so too where nobody asks for a child of whom it found a file, and where nobody accompanies it: so it
    is never told by who said no whether there is one.
    """
    if may_answer(actor, row):
        return True
    if row.owner_organisation_id not in _answering_at(actor):
        return False
    found = row.case_id is not None or row.entry_id is not None
    return not found or not supporters_of(row.owner_organisation, on=on).exists()


def require_answering(actor: Actor, request: RightsRequest, *, now: datetime) -> None:
    """NotFound out of sight, as for one that never was; Denied where it is another's to answer."""
    if not may_answer(actor, known_to(actor, request.pk, now=now)):
        raise Denied(SATISFY, request.ref)


def require_refusing(actor: Actor, request: RightsRequest, *, now: datetime) -> None:
    """As answering, for saying that there is nothing that we can give."""
    if not may_refuse(actor, known_to(actor, request.pk, now=now), on=today(now)):
        raise Denied(SATISFY, request.ref)


def require_sight(actor: Actor, request: RightsRequest) -> None:
    if not RightsRequest.objects.filter(requests_visible_to(actor), pk=request.pk).exists():
        raise NotFound(KIND, request.pk)


def locked(request: RightsRequest) -> RightsRequest:
    """The row as it is now, ours until the transaction ends. All of it: what of it the actor knows is `known_to`."""
    return RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def unanswered(request: RightsRequest) -> RightsRequest:
    """The same. Conflict("answered")."""
    row = locked(request)
    if row.answer:
        raise Conflict("answered", message=_("This was answered already. Whoever disagrees asks again."))
    return row


def disposes_of(actor: Actor, case: Case) -> bool:
    """Whether the actor may have the use of this case stopped: its group, or the supervisor while a request about a
    child in it waits for their answer.
    """
    if may(actor, (SATISFY,), case):
        return True
    brought = RightsRequest.objects.filter(_brought_above(actor), case=case, level=Level.SUPERVISOR)
    return brought.filter(answer="").exists()


def require_disposing(actor: Actor, case: Case, *, now: datetime) -> None:
    """NotFound where the case is out of sight; Denied("case.satisfy_rights")."""
    require_case(actor, case, now=now)
    if not disposes_of(actor, case):
        raise Denied(SATISFY, case.ref)


def supporters_of(organisation: Organisation, *, on: date) -> QuerySet[Organisation]:
    """Who accompanies the group on a day."""
    rows = Accompaniment.objects.filter(known_at(None), true_on(on), group=organisation)
    return Organisation.objects.filter(pk__in=rows.values("supporter_id"))


def receiving_at(actor: Actor) -> frozenset[UUID]:
    """Whoever assists people at a group writes down what they ask: nobody is sent away to come back."""
    held = [entry for name in (RECORD, COORDINATE, SATISFY) for entry in actor.scope(name).entries]
    return frozenset(entry.organisation_id for entry in held if entry.reach is Reach.OWN and entry.organisation_id)


def require_receiving(actor: Actor, organisation: Organisation) -> None:
    if organisation.pk not in receiving_at(actor) and not isinstance(actor, System):
        raise Denied(RECORD, organisation.ref)


def require_counter(actor: Actor) -> None:
    """Denied("case.satisfy_rights") for whoever neither writes down nor answers what people ask."""
    if not receiving_at(actor) and not actor.may(SATISFY):
        raise Denied(SATISFY)


def _answering_at(actor: Actor) -> list[UUID]:
    entries = actor.scope(SATISFY).entries
    return [e.organisation_id for e in entries if e.reach is Reach.OWN and e.organisation_id and e.area_code is None]


def _brought_above(actor: Actor) -> Q:
    """By who asks, whatever was found: else a request that comes or goes would tell of a file."""
    offices = actor.scope(SATISFY).organisations(Reach.ACCOMPANIED)
    if not offices:
        return NOTHING
    return Q(capacity__in=FOR_A_CHILD) & accompanied_by(offices, "owner_organisation__")
