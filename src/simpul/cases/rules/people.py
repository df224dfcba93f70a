"""Which people of a case an actor sees: the accused, only who coordinates."""

from datetime import date, datetime

from django.db.models import Q

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.models import Case, Exclusion, Party
from simpul.cases.relations import PartyRole
from simpul.cases.rules.sight import EVERYTHING, covered, in_sight, may, of_visible
from simpul.cases.stages import COORDINATE, RECORD
from simpul.cases.vulnerabilities import RESTRICTED, Vulnerability
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import NotFound
from simpul.people.models import Person


def parties_visible_to(actor: Actor, *, now: datetime) -> Q:
    """People of the cases the actor sees, but the accused (R11): these the coordinator alone."""
    if isinstance(actor, System):
        return EVERYTHING
    return of_visible(actor, now=now) & _but_the_accused(actor)


def people_in_sight(actor: Actor, case: Case, *, now: datetime) -> Q:
    """The same of one case."""
    return in_sight(actor, case, now=now) & (EVERYTHING if isinstance(actor, System) else _but_the_accused(actor))


def _but_the_accused(actor: Actor) -> Q:
    return ~Q(role=PartyRole.ALLEGED) | covered(actor.scope(COORDINATE), "case__")


def may_name_the_accused(actor: Actor, case: Case) -> bool:
    return may(actor, (COORDINATE,), case)


def could_assist(person: Person, case: Case, *, on: date, permissions: tuple[str, ...] = (RECORD, COORDINATE)) -> bool:
    """Whether the person keeps cases at its organisation (or holds what is named instead) and isn't one it is hidden
    from.
    """
    grants = Grant.objects.filter(standing(on), person=person, organisation=case.owner_organisation_id)
    held = grants.filter(role__in={role for permission in permissions for role in roles_with(permission)})
    area_codes = set(held.values_list("area_code", flat=True))
    here = any(not code or f"{case.area_id}.".startswith(f"{code}.") for code in area_codes)
    return here and not Exclusion.objects.filter(case=case, person=person, lifted_at=None).exists()


def tags_visible_to(actor: Actor) -> Q:
    """What applies to the people of a case the actor sees already; what is restricted, the coordinator alone."""
    return (
        EVERYTHING
        if isinstance(actor, System)
        else ~Q(code__in=RESTRICTED) | covered(actor.scope(COORDINATE), "party__case__")
    )


def may_tag(actor: Actor, case: Case) -> frozenset[str]:
    """The tags the actor may note in the case."""
    kept = frozenset() if may(actor, (COORDINATE,), case) else RESTRICTED
    return frozenset(Vulnerability.values) - kept


def require_of_case(actor: Actor, party: Party, case: Case) -> None:
    """NotFound for the accused where the actor does not coordinate the case, as its row is now."""
    if party.role == PartyRole.ALLEGED and not may_name_the_accused(actor, case):
        raise NotFound("cases.party", party.pk)
