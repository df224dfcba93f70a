"""One case, the people in it, and who sees it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.models import Assignment, Case, CaseStep, Escalation, Exclusion, FieldClash, Opening, Party, PartyTag
from simpul.cases.models.sight import AssignedRole
from simpul.cases.rules.people import parties_visible_to, tags_visible_to
from simpul.cases.rules.sight import (
    KIND,
    SUPERVISE,
    authorise_coordinating,
    authorise_recording,
    in_sight,
    lifted_by,
    require_naming,
    require_sight,
    visible_to,
)
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Accompaniment, Organisation
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.records.models import known_at, true_on

Part = AssignedRole  # by this name pages speak of it

# What pages are given: they hold cases and people, and never reach for the tables.
__all__ = [
    "Case",
    "Party",
    "assignments_of",
    "case_for",
    "cases_for",
    "clashes_of",
    "escalations_of",
    "exclusions_lifted_by",
    "exclusions_of",
    "helpers_of",
    "hideable_from",
    "openings_of",
    "parties_of",
    "party_for",
    "steps_of",
    "supporters_of",
    "tags_of",
]


def cases_for(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases the actor sees, in no order."""
    return Case.objects.filter(visible_to(actor, now=now))


def case_for(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """NotFound for one out of sight, as for one that does not exist."""
    case = cases_for(actor, now=now).select_related("area", "owner_organisation").filter(pk=case_id).first()
    if case is None:
        raise NotFound(KIND, case_id)
    return case


def parties_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Party]:
    """Those the actor may see, whom it is about first, with types and tags."""
    rows = Party.objects.filter(parties_visible_to(actor, now=now), case=case)
    return rows.prefetch_related("types", _tags(actor)).order_by("recorded_at", "id")


def party_for(actor: Actor, party_id: UUID, *, now: datetime) -> Party:
    """NotFound for one out of sight."""
    rows = Party.objects.filter(parties_visible_to(actor, now=now), pk=party_id)
    party = rows.select_related("case__area", "case__owner_organisation").first()
    if party is None:
        raise NotFound("cases.party", party_id)
    return party


def tags_of(actor: Actor, party: Party) -> list[str]:
    """Codes of what applies to somebody `party_for` gave, without what is kept from the actor."""
    return list(party.tags.filter(tags_visible_to(actor)).order_by("code").values_list("code", flat=True))


def _tags(actor: Actor) -> Prefetch:  # type: ignore[type-arg]
    return Prefetch("tags", queryset=PartyTag.objects.filter(tags_visible_to(actor)))


def steps_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[CaseStep]:
    """What happened, oldest first; nothing where the case is out of sight."""
    return CaseStep.objects.filter(in_sight(actor, case, now=now)).select_related("by").order_by("id")


def assignments_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Assignment]:
    """Who helps in it or coordinates it now: see `AssignedRole`."""
    require_sight(actor, case, now=now)
    return case.assignments.filter(ended_at=None).select_related("person").order_by("id")


def exclusions_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Exclusion]:
    """From whom it is hidden now. Denied("case.record")."""
    authorise_recording(actor, case, now=now)
    return case.exclusions.filter(lifted_at=None).select_related("person").order_by("id")


def escalations_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Escalation]:
    """To whom it was brought and still is."""
    require_sight(actor, case, now=now)
    return case.escalations.filter(ended_at=None).select_related("to_organisation").order_by("id")


def openings_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Opening]:
    """Who looked at it, the newest first. Denied("case.coordinate")."""
    authorise_coordinating(actor, case, now=now)
    return case.openings.select_related("person").order_by("-id")


def clashes_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[FieldClash]:
    """Fields two people wrote at once, to be decided. Denied("case.coordinate")."""
    authorise_coordinating(actor, case, now=now)
    return case.clashes.filter(settled_at=None).select_related("party", "offered_by").order_by("id")


def helpers_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Person]:
    """Who may be assigned: those who keep cases at its organisation today and from whom it isn't hidden, by name.

    Denied("case.record"), NotFound.
    """
    authorise_recording(actor, case, now=now)
    grants = Grant.objects.filter(
        standing(today(now)),
        person=OuterRef("pk"),
        organisation=case.owner_organisation_id,
        role__in={*roles_with(RECORD), *roles_with(COORDINATE)},
    )
    hidden = case.exclusions.filter(lifted_at=None).values("person_id")
    return Person.objects.filter(Exists(grants)).exclude(pk__in=hidden).order_by("sort_key", "id")


def coordinators_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Person]:
    """Who may be named to coordinate it: those who coordinate at its organisation today and from whom it isn't hidden,
    by name. NotFound; Denied("case.coordinate").
    """
    require_naming(actor, case, now=now)
    grants = Grant.objects.filter(
        standing(today(now)),
        person=OuterRef("pk"),
        organisation=case.owner_organisation_id,
        role__in=roles_with(COORDINATE),
    )
    hidden = case.exclusions.filter(lifted_at=None).values("person_id")
    return Person.objects.filter(Exists(grants)).exclude(pk__in=hidden).order_by("sort_key", "id")


def hideable_from(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Person]:
    """From whom it may be hidden on a page: who keeps cases at its organisation, and the supervisors above it, but
    oneself and those it is hidden from already; by name. Denied("case.record"), NotFound.
    """
    above = supporters_of(actor, case, now=now)
    held = Q(organisation=case.owner_organisation_id, role__in={*roles_with(RECORD), *roles_with(COORDINATE)})
    held |= Q(organisation__in=above.values("pk"), role__in=roles_with(SUPERVISE))
    grants = Grant.objects.filter(standing(today(now)), held, person=OuterRef("pk"))
    hidden = case.exclusions.filter(lifted_at=None).values("person_id")
    rows = Person.objects.filter(Exists(grants)).exclude(pk__in=hidden).exclude(pk__in=[actor.person_id])
    return rows.order_by("sort_key", "id")


def exclusions_lifted_by(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Exclusion]:
    """Those that the actor may lift. NotFound."""
    return exclusions_of(actor, case, now=now).filter(lifted_by(actor, case, now=now))


def supporters_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Organisation]:
    """To whom it may be brought: those who accompany the group today."""
    authorise_recording(actor, case, now=now)
    rows = Accompaniment.objects.filter(known_at(None), true_on(today(now)), group=case.owner_organisation_id)
    return Organisation.objects.filter(pk__in=rows.values("supporter_id")).order_by("sort_key", "id")
