"""The one rule of who sees which cases.

A case of social protection is seen by the companions and coordinators of the group that keeps it. One of violence or
child marriage is seen by the companion it was assigned to, and by the coordinators. A supervisor sees a case that was
brought to their organisation, while it stands. Whoever is on its list of excluded people sees no case at all, whatever
they are: for them it does not exist. No right over the whole node reaches a case.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.access.emergencies import open_now, opened_by
from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.kinds import Branch
from simpul.cases.models import Assignment, Case, Escalation, Exclusion
from simpul.cases.models.sight import AssignedRole
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, Reach, Scope, System
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.people.queries import today

SUPERVISE: Final = "case.supervise"
KIND: Final = "cases.case"
NOTHING: Final = Q(pk__in=())
# Not `Q()`: an empty Q disappears from an OR, and all that was meant to be seen with it.
EVERYTHING: Final = ~NOTHING


def visible_to(actor: Actor, *, now: datetime) -> Q:
    """The cases the actor sees at this instant. `now` is asked for openings in an emergency, which run out."""
    if isinstance(actor, System):
        return EVERYTHING
    if actor.person_id is None:
        return NOTHING
    return ~excluding(actor.person_id) & (
        _kept_by_their_group(actor, actor.person_id)
        | brought_to(actor)
        | (opened_by(actor, KIND, now=now) if not actor.via else NOTHING)
    )


def of_visible(actor: Actor, *, now: datetime, **kept: object) -> Q:
    """What belongs to a case the actor sees, and of which `kept` holds: a condition on `case`.

    Asked of each row. Gathering first all they see takes longer the more cases there are, and SQLite would do so.
    """
    return Q(Exists(Case.objects.filter(visible_to(actor, now=now), pk=OuterRef("case"), **kept)))


def in_sight(actor: Actor, case: Case, *, now: datetime) -> Q:
    """What belongs to this case, and nothing where the actor doesn't see it: a condition on `case`.

    Where the row itself was found by the rule for this actor at this instant, it isn't asked once more.
    """
    if case.found_for == (actor, now):
        return Q(case=case.pk)
    return Q(case__in=Case.objects.filter(visible_to(actor, now=now), pk=case.pk))


def shelves_of(actor: Actor, *, of_village: bool) -> list[Q]:
    """The cases of the groups the actor keeps cases for, in parts that an index has in order: a group's, or a group's
    of one branch; of a village always of one branch.

    Where to look, never who may see: `visible_to` is asked of each too.
    """
    if isinstance(actor, System):
        return [EVERYTHING]
    coordinated = owners(actor, COORDINATE)
    parts = [Q(owner_organisation=one) for one in coordinated]
    if of_village:
        parts = [part & Q(branch=branch) for part in parts for branch in Branch]
    recorded = [one for one in owners(actor, RECORD) if one not in coordinated]
    return parts + [Q(owner_organisation=one, branch=Branch.SOCIAL) for one in recorded]


def singled_out_for(actor: Actor, *, now: datetime) -> "list[QuerySet[Any, Any]]":
    """The keys of cases that come to the actor one by one: assigned to them, brought to them, opened in an emergency.

    Few, and found from the person, however many cases there are. `visible_to` is asked of each too.
    """
    found = [assigned_to(actor), open_now(actor, now).filter(ref_kind=KIND).values("ref_id")]
    return [*found, brought_keys(actor)] if actor.may(SUPERVISE) else found


def brought_keys(actor: Actor) -> "QuerySet[Any, Any]":
    """The keys of cases that were brought to the actor's organisation, whichever of them they still see."""
    offices = actor.scope(SUPERVISE).organisations(Reach.ACCOMPANIED)
    return Escalation.objects.filter(to_organisation__in=offices, ended_at=None).values("case")


def assigned_to(actor: Actor) -> "QuerySet[Any, Any]":
    """The keys of the cases the actor helps in now."""
    return Assignment.objects.filter(person=actor.person_id, ended_at=None).values("case")


def owners(actor: Actor, *permissions: str) -> list[UUID]:
    """The organisations at which one of these is held itself."""
    held = (entry for permission in permissions for entry in actor.scope(permission).entries)
    return sorted({e.organisation_id for e in held if e.organisation_id and e.reach is Reach.OWN})


def excluding(person_id: UUID) -> Q:
    """The cases that don't exist for this person."""
    return Q(Exists(Exclusion.objects.filter(case=OuterRef("pk"), person=person_id, lifted_at=None)))


def _kept_by_their_group(actor: Actor, person_id: UUID) -> Q:
    coordinating = actor.scope(COORDINATE)
    # What is coordinated is seen whole; nothing more is asked of it.
    recording = Scope(tuple(entry for entry in actor.scope(RECORD).entries if entry not in coordinating.entries))
    assigned = Assignment.objects.filter(case=OuterRef("pk"), person=person_id, ended_at=None)
    coordinated, recorded = covered(coordinating), covered(recording)
    return coordinated | (recorded & (Q(protected=False) | Q(Exists(assigned))))


def covered(scope: Scope, path: str = "") -> Q:
    """Cases kept by the very organisations of these grants, within the grants' areas; nothing reaches further.

    `path` is a relation path to the case, ending in "__".
    """
    covered = Q(**{f"{path}pk__in": ()})
    for entry in scope.entries:
        if entry.organisation_id is None or entry.reach is not Reach.OWN:
            continue
        owned = Q(**{f"{path}owner_organisation": entry.organisation_id})
        if entry.area_code:
            owned &= Q(**{f"{path}area__code__within": entry.area_code})
        covered |= owned
    return covered


def brought_to(actor: Actor) -> Q:
    """Cases that were brought to a supervisor and still are."""
    scope = actor.scope(SUPERVISE)
    offices = scope.organisations(Reach.ACCOMPANIED)
    if not offices:
        return NOTHING
    rows = Escalation.objects.filter(case=OuterRef("pk"), to_organisation__in=offices, ended_at=None)
    # Once the group is accompanied by somebody else, what was brought to the former supporter is theirs no more.
    return Q(Exists(rows)) & within(scope, "owner_organisation__")


def require_sight(actor: Actor, case: Case, *, now: datetime) -> None:
    """NotFound, exactly as for a case that does not exist."""
    if not isinstance(actor, System) and not Case.objects.filter(visible_to(actor, now=now), pk=case.pk).exists():
        raise NotFound(KIND, case.pk)


def may(actor: Actor, permissions: Iterable[str], case: Case) -> bool:
    """Whether one of the permissions is held over this case, apart from whether the actor sees it. No query."""
    if isinstance(actor, System):
        return True
    entries = [entry for permission in permissions for entry in actor.scope(permission).entries]
    return any(
        entry.reach is Reach.OWN
        and entry.organisation_id == case.owner_organisation_id
        and (entry.area_code is None or f"{case.area_id}.".startswith(f"{entry.area_code}."))
        for entry in entries
    )


def authorise(actor: Actor, permissions: tuple[str, ...], case: Case, *, now: datetime) -> None:
    """NotFound where the case is out of sight; Denied (the first permission) where none of them is held over it."""
    require_sight(actor, case, now=now)
    if not may(actor, permissions, case):
        raise Denied(permissions[0], case.ref)


def authorise_recording(actor: Actor, case: Case, *, now: datetime) -> None:
    """For what a companion or the coordinator does in a case they see."""
    authorise(actor, (RECORD, COORDINATE), case, now=now)


def authorise_coordinating(actor: Actor, case: Case, *, now: datetime) -> None:
    authorise(actor, (COORDINATE,), case, now=now)


def named_coordinators(case: Case, *, now: datetime) -> set[UUID]:
    """Who was named to coordinate this very case, and still coordinates at its organisation."""
    held = Grant.objects.filter(
        standing(today(now)), person=OuterRef("person"), organisation=case.owner_organisation_id,
        role__in=roles_with(COORDINATE),
    )  # fmt: skip
    named = Assignment.objects.filter(Exists(held), case=case, role=AssignedRole.COORDINATOR, ended_at=None)
    return set(named.values_list("person_id", flat=True))


def may_name_coordinator(actor: Actor, case: Case, *, now: datetime) -> bool:
    """Of a case they see: who was named, any coordinator of the group where nobody was, and the supervisor to whom it
    was brought: so it never stands with nobody who could.
    """
    if isinstance(actor, System):
        return True
    if may(actor, (COORDINATE,), case):
        named = named_coordinators(case, now=now)
        return not named or actor.person_id in named
    return actor.may(SUPERVISE) and Case.objects.filter(brought_to(actor), pk=case.pk).exists()


def require_naming(actor: Actor, case: Case, *, now: datetime) -> None:
    """NotFound out of sight; Denied("case.coordinate")."""
    require_sight(actor, case, now=now)
    if not may_name_coordinator(actor, case, now=now):
        raise Denied(COORDINATE, case.ref)


def lifted_by(actor: Actor, case: Case, *, now: datetime) -> Q:
    """Those of the case's exclusions that the actor may lift: the coordinator who was named for it, any of the group
    where none is, and of what they asked for themself whoever coordinates it. A companion lifts none, so that nobody
    can be pressed to.
    """
    if isinstance(actor, System):
        return EVERYTHING
    if not may(actor, (COORDINATE,), case):
        return NOTHING
    coordinators = named_coordinators(case, now=now)
    if not coordinators or actor.person_id in coordinators:
        return EVERYTHING
    return Q(made_by=actor.person_id)


def require_opening(actor: Actor, organisation: Organisation, area_code: str) -> None:
    """Denied("case.record") for whoever keeps no cases at this organisation, in this area."""
    held = (RECORD, COORDINATE)
    if isinstance(actor, System):
        return
    if not any(_is_held_at(actor, permission, organisation.pk, area_code) for permission in held):
        raise Denied(RECORD, organisation.ref)


def _is_held_at(actor: Actor, permission: str, organisation_id: UUID, area_code: str) -> bool:
    return any(
        entry.reach is Reach.OWN
        and entry.organisation_id == organisation_id
        and (entry.area_code is None or f"{area_code}.".startswith(f"{entry.area_code}."))
        for entry in actor.scope(permission).entries
    )


def require_desk(actor: Actor) -> None:
    """Denied("case.record") for whoever keeps no cases anywhere, and has none brought to them."""
    if not any(actor.may(permission) for permission in (RECORD, COORDINATE, SUPERVISE)):
        raise Denied(RECORD)
