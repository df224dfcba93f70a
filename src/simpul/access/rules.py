"""Who may read and give which roles. A role is given by a role: the table of `access.roles` says which, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, Value, When

from simpul.access.models import Grant
from simpul.access.roles import ROLES, Place
from simpul.kernel.actor import Actor, Member, Reach, ResolvedGrant, Scope, ScopeEntry, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import own_organisations, within
from simpul.people.models import Person
from simpul.people.rules import require_at
from simpul.records.models import known_at, true_on

READ, MANAGE, ENROL, RECOVER, CONFIRM, DEVICES, TOKENS = (
    "grant.read",
    "grant.manage",
    "account.enrol",
    "account.recover",
    "account.confirm_recovery",
    "account.see_devices",
    "token.manage",
)


@dataclass(frozen=True, slots=True)
class Post:
    """Where a role is held: an organisation (None: the whole node), within an area ("" everywhere)."""

    organisation: Organisation | None
    area_code: str = ""


def standing(on: date, prefix: str = "") -> Q:
    """Grants as known now that hold on the day."""
    return known_at(None, prefix) & true_on(on, prefix)


def current(on: date, prefix: str = "") -> Q:
    """Grants as known now that hold on the day or have yet to begin."""
    ends = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": on})
    return known_at(None, prefix) & ends


def visible_to(actor: Actor) -> Q:
    """Grants the actor may read: their own, and those at organisations that "grant.read" reaches."""
    own = Q(person_id=actor.person_id) if actor.person_id and actor.allows(READ) else Q(pk__in=())
    return own | within(actor.scope(READ), "organisation__")


def require_may_ask(actor: Actor, organisation: Organisation) -> None:
    """Denied unless the actor is of the organisation, or may read its grants: they may know who else sees it."""
    if organisation.pk not in own_organisations(actor) or not actor.allows(READ):
        require_at(actor, READ, organisation)


def may_appoint(actor: Actor, role: str, post: Post, *, on: date) -> bool:
    """Whether the actor may give `role` at `post`, whoever it is for."""
    return role in appointable(actor, post, on=on)


def may_end(actor: Actor, grant: Grant) -> bool:
    """Whether the actor may end somebody's grant: one they could give, were nobody holding it."""
    post = Post(grant.organisation, grant.area_code)
    return isinstance(actor, System) or grant.role in _given_by(actor, post) | _firsts(actor)


def appointable(actor: Actor, post: Post, *, on: date) -> frozenset[str]:
    """The roles the actor may give at `post` on the day."""
    place = Place.ORGANISATION if post.organisation else Place.NODE
    fitting = {code for code, role in ROLES.items() if place in role.places}
    if isinstance(actor, System):
        return frozenset(fitting)
    return frozenset(fitting & (_given_by(actor, post) | (_firsts(actor) - _held(post, on))))


def _usable(actor: Actor) -> tuple[ResolvedGrant, ...]:
    """The grants by which the actor may give roles: none through a token that may not."""
    return actor.grants if isinstance(actor, Member) and actor.allows(MANAGE) else ()


def appointable_within(actor: Actor, organisation: Organisation, *, on: date) -> frozenset[str]:
    """The roles the actor may give there, over all of it or over the areas that their own grants are for."""
    areas = {"", *(g.area_code or "" for g in _usable(actor))}
    return frozenset().union(*(appointable(actor, Post(organisation, area), on=on) for area in areas))


def gives_at_node(actor: Actor) -> bool:
    """Whether the actor gives roles for the whole node at all. No query."""
    far = [ROLES[g.role] for g in _usable(actor) if g.organisation_id is None and g.role in ROLES]
    return any(Reach.NODE in role.appoints.values() or role.first for role in far)


def _given_by(actor: Actor, post: Post) -> set[str]:
    """Roles that one of the actor's own gives here by the table."""
    grants = _usable(actor)
    givable: set[str] = set()
    for reach in Reach:
        givers = [g for g in grants if _gives(g, reach) and _covers(g.area_code, post.area_code)]
        if givers and _reaches(givers, reach, post.organisation):
            givable.update(role for g in givers for role, far in ROLES[g.role].appoints.items() if far is reach)
    return givable


def _gives(grant: ResolvedGrant, reach: Reach) -> bool:
    return grant.role in ROLES and reach in ROLES[grant.role].appoints.values()


def _reaches(givers: list[ResolvedGrant], reach: Reach, organisation: Organisation | None) -> bool:
    scope = Scope(tuple(ScopeEntry(g.organisation_id, g.area_code, reach) for g in givers), reach is Reach.NODE)
    if scope.everywhere:
        return True
    return organisation is not None and Organisation.objects.filter(within(scope), pk=organisation.pk).exists()


def _firsts(actor: Actor) -> set[str]:
    """Roles that the actor may give where nobody holds them."""
    grants = _usable(actor)
    return {r for g in grants if g.role in ROLES and g.organisation_id is None for r in ROLES[g.role].first}


def _held(post: Post, on: date) -> set[str]:
    """Roles that somebody holds at the place on the day or later."""
    return set(Grant.objects.filter(current(on), organisation=post.organisation).values_list("role", flat=True))


def _covers(granted: str | None, asked: str) -> bool:
    """Nobody gives a role over more ground than their own grant covers."""
    return granted is None or asked == granted or asked.startswith(f"{granted}.")


def answered(actor: Actor, permissions: Iterable[str], person: Person, *, on: date) -> frozenset[str]:
    """Which of the permissions reach where a person works: what is done to an account is done to all of its roles.

    One has to reach a place where they hold a role, and each place where they hold one that needs a second factor: else
    two people of a village group could open an account that is also a secretariat's. One query.
    """
    asked = {f"reached_{number}": permission for number, permission in enumerate(permissions)}
    flags = {
        name: Case(When(within(actor.scope(permission), "organisation__"), then=Value(True)), default=Value(False))
        for name, permission in asked.items()
    }
    held = list(Grant.objects.filter(current(on), person=person).annotate(**flags).values("role", *asked))
    guarded = [row for row in held if row["role"] in ROLES and ROLES[row["role"]].second_factor]
    return frozenset(
        permission
        for name, permission in asked.items()
        if any(row[name] for row in held) and all(row[name] for row in guarded)
    )


def answers(actor: Actor, permission: str, person: Person, *, on: date) -> bool:
    """`answered` of one permission."""
    return bool(answered(actor, [permission], person, on=on))


def require_answers(actor: Actor, permission: str, person: Person, *, on: date) -> None:
    """Denied unless the person has an account and the permission reaches where they work, as `answers` says."""
    if person.user_id is None or not answers(actor, permission, person, on=on):
        raise Denied(permission, person.ref)
