"""Reads of grants, and the actor they make."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import FilteredRelation, QuerySet

from simpul.access import rules
from simpul.access.models import Grant
from simpul.access.roles import ROLES, resolved
from simpul.kernel.actor import Actor, Member, ResolvedGrant
from simpul.kernel.errors import NotFound
from simpul.people.models import Person
from simpul.people.queries import today


@dataclass(frozen=True, slots=True)
class Resolution:
    """An actor, and the roles they hold but may not use before a second factor."""

    actor: Member
    waiting: frozenset[str]


def resolve(user_id: UUID, *, now: datetime, second_factor: bool) -> Resolution:
    """The actor behind an account at this moment, in one query. Without a person they hold nothing."""
    held = FilteredRelation("grants", condition=rules.standing(today(now), "grants__"))
    columns = ("pk", "held__role", "held__organisation_id", "held__area_code")
    rows = list(Person.objects.filter(user_id=user_id).annotate(held=held).order_by("held__pk").values_list(*columns))
    grants = [
        ResolvedGrant(role, organisation, area or None, resolved(role, node=organisation is None))
        for _person, role, organisation, area in rows
        if role in ROLES
    ]
    waiting = [] if second_factor else [g for g in grants if ROLES[g.role].second_factor]
    actor = Member(
        user_id=user_id,
        person_id=rows[0][0] if rows else None,
        grants=tuple(g for g in grants if g not in waiting),
        second_factor=second_factor,
    )
    return Resolution(actor, frozenset(g.role for g in waiting))


def actor_for(user_id: UUID, *, now: datetime, second_factor: bool) -> Member:
    """The grants that hold today; those that need a second factor only with `second_factor`."""
    return resolve(user_id, now=now, second_factor=second_factor).actor


def missing_second_factor(user_id: UUID, *, now: datetime) -> frozenset[str]:
    """The roles of this account that wait for a second factor."""
    return resolve(user_id, now=now, second_factor=False).waiting


def grants_for(actor: Actor, *, now: datetime) -> QuerySet[Grant]:
    """Grants the actor may read that hold today or have yet to begin, by organisation and role."""
    rows = Grant.objects.filter(rules.current(today(now)), rules.visible_to(actor))
    return rows.select_related("person", "organisation").order_by("organisation__sort_key", "role", "person__sort_key")


def grant_for(actor: Actor, grant_id: UUID) -> Grant:
    """NotFound for one out of sight, or no longer what is known."""
    rows = Grant.objects.filter(rules.visible_to(actor), superseded_at=None, pk=grant_id)
    found = rows.select_related("person", "organisation").first()
    if found is None:
        raise NotFound("access.grant", grant_id)
    return found
