"""Who reads and answers what people ask about their own data.

The group that keeps their data does; where somebody asks for a child, the supervisor of the organisation above answers.
For whoever a case is hidden from, a request about it does not exist either.
"""

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.cases.models import Exclusion, Party, RightsRequest
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import SATISFY, Level
from simpul.cases.rules.sight import EVERYTHING, NOTHING
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.rules.reach import accompanied_by
from simpul.records.models import known_at, true_on

KIND: Final = "cases.rightsrequest"


def is_all_of(party: Party) -> bool:
    """Whether the case is about this person alone: then what they ask is about the whole of it. Whoever reported, or
    is one of several, disposes of their own data and not of the others'.
    """
    others = Party.objects.filter(case=party.case_id, role=PartyRole.VICTIM, erased_at=None).exclude(pk=party.pk)
    return party.role == PartyRole.VICTIM and not others.exists()


def requests_visible_to(actor: Actor) -> Q:
    if isinstance(actor, System):
        return EVERYTHING
    return (_at_group(actor) | _brought_above(actor)) & _not_hidden_from(actor.person_id)


def answered_by(actor: Actor) -> Q:
    """Those whose answer is the actor's: a request for a child is never the group's own."""
    if isinstance(actor, System):
        return EVERYTHING
    return (_at_group(actor) & Q(level=Level.GROUP) | _brought_above(actor)) & _not_hidden_from(actor.person_id)


def require_answering(actor: Actor, request: RightsRequest) -> None:
    """NotFound out of sight, as for one that never was; Denied where it is another's to answer."""
    rows = RightsRequest.objects.filter(pk=request.pk)
    if rows.filter(answered_by(actor)).exists():
        return
    if not rows.filter(requests_visible_to(actor)).exists():
        raise NotFound(KIND, request.pk)
    raise Denied(SATISFY, request.ref)


def require_sight(actor: Actor, request: RightsRequest) -> None:
    if not RightsRequest.objects.filter(requests_visible_to(actor), pk=request.pk).exists():
        raise NotFound(KIND, request.pk)


def require_refusing(actor: Actor, request: RightsRequest, *, on: date) -> None:
    """As answering; where nobody accompanies the group, its coordinator may still say no, and nothing else."""
    if supporters_of(request.owner_organisation, on=on).exists():
        require_answering(actor, request)
    else:
        require_sight(actor, request)


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


def _at_group(actor: Actor) -> Q:
    entries = actor.scope(SATISFY).entries
    own = [e.organisation_id for e in entries if e.reach is Reach.OWN and e.organisation_id and e.area_code is None]
    return Q(owner_organisation__in=own)


def _brought_above(actor: Actor) -> Q:
    offices = actor.scope(SATISFY).organisations(Reach.ACCOMPANIED)
    if not offices:
        return NOTHING
    return Q(level=Level.SUPERVISOR) & accompanied_by(offices, "owner_organisation__")


def _not_hidden_from(person_id: UUID | None) -> Q:
    if person_id is None:
        return NOTHING
    kept_from = Exclusion.objects.filter(case=OuterRef("case"), person=person_id, lifted_at=None)
    return ~Q(Exists(kept_from))
