"""Reads of grants, and the actor they make."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from simpul.access import rules
from simpul.access.models import Grant
from simpul.access.roles import ROLES, reach_at, resolved, roles_with
from simpul.accounts.models import Device, Enrolment, Recovery, User
from simpul.kernel.actor import Actor, Member, Reach, ResolvedGrant
from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold_words
from simpul.organisations.models import Accompaniment, Membership, Node, Organisation, UnitPlacement
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.rules.organisations import own_organisations, within
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.people.rules import READ as PERSON_READ
from simpul.records.models import known_at, true_on

MOST_VOLUNTEERS: Final = 200  # of one organisation; more are found by searching under people


@dataclass(frozen=True, slots=True)
class Resolution:
    """An actor, the roles they hold but may not use before a second factor, and what was asked beside them."""

    actor: Member
    waiting: frozenset[str]
    beside: Mapping[str, Any] = field(default_factory=dict)


def may_open() -> bool:
    """Whether this Simpul is nobody's yet: no node, no account."""
    return not Node.objects.exists() and not User.objects.exists()


def resolve(
    user_id: UUID, *, now: datetime, second_factor: bool, beside: Mapping[str, Combinable] | None = None
) -> Resolution:
    """The actor behind an account at this moment, in one query. Without a person they hold nothing.

    `beside`: further columns over `Person` that the asker needs on every page anyhow, and that shall cost no query.
    """
    held = FilteredRelation("grants", condition=rules.standing(today(now), "grants__"))
    more = dict(beside or {})
    columns = ("pk", "held__role", "held__organisation_id", "held__area_code", *more)
    people = Person.objects.filter(user_id=user_id).annotate(held=held, **more)
    rows = list(people.order_by("held__pk").values_list(*columns))
    grants = [
        ResolvedGrant(role, organisation, area or None, resolved(role, node=organisation is None))
        for _person, role, organisation, area, *_more in rows
        if role in ROLES
    ]
    waiting = [] if second_factor else [g for g in grants if ROLES[g.role].second_factor]
    actor = Member(
        user_id=user_id,
        person_id=rows[0][0] if rows else None,
        grants=tuple(g for g in grants if g not in waiting),
        second_factor=second_factor,
    )
    asked = dict(zip(more, rows[0][4:], strict=True)) if rows else {}
    return Resolution(actor, frozenset(g.role for g in waiting), asked)


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


def organisations_for(actor: Actor, permission: str, *, search: str = "") -> QuerySet[Organisation]:
    """Organisations that the permission reaches, by name; with `search`, those whose name holds it."""
    rows = Organisation.objects.filter(within(actor.scope(permission))).order_by("sort_key", "pk")
    folded = fold_words(search)
    return rows.filter(sort_key__contains=folded) if folded else rows


def organisation_for(actor: Actor, permission: str, organisation_id: UUID) -> Organisation:
    """One that the permission reaches. NotFound for any other."""
    found = organisations_for(actor, permission).filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("organisations.organisation", organisation_id)
    return found


def recoveries_for(actor: Actor, *, now: datetime) -> QuerySet[Recovery]:
    """Recoveries under way of people whose work the actor's right to open or confirm one reaches, oldest first."""
    reached = within(actor.scope(rules.RECOVER), "organisation__") | within(
        actor.scope(rules.CONFIRM), "organisation__"
    )
    held = Grant.objects.filter(rules.current(today(now)), reached, person__user=OuterRef("user"))
    rows = Recovery.objects.filter(Exists(held), used_at=None, expires_at__gt=now)
    return rows.select_related("user__person").order_by("opened_at")


def demo_cast(*, now: datetime) -> list[Grant]:
    """The grant each of the demo's cast plays by, by name: for everybody, in the demo; nothing anywhere else."""
    if not settings.DEMO or settings.PRODUCTION:
        return []
    rows = Grant.objects.filter(rules.standing(today(now)), person__user__is_demo=True, person__user__is_active=True)
    rows = rows.select_related("person__user", "organisation").order_by("person__sort_key", "person_id", "pk")
    return list({row.person_id: row for row in reversed(rows)}.values())[::-1]


def ending_for(actor: Actor, *, on: date, days: int) -> QuerySet[Grant]:
    """Grants the actor may read, not their own, whose last day is within so many days: the next to end first."""
    rows = Grant.objects.filter(rules.standing(on), rules.visible_to(actor), valid_until__lte=on + timedelta(days=days))
    others = rows.exclude(person=actor.person_id) if actor.person_id else rows
    return others.select_related("person", "organisation").order_by("valid_until", "person__sort_key", "pk")


def coordinators_beside(actor: Actor, *, on: date) -> QuerySet[Grant]:
    """Who coordinates the organisations whose people the actor is of: they may know who leads them (`who_can_see`)."""
    rows = Grant.objects.filter(rules.standing(on), role="coordinator", organisation__in=own_organisations(actor))
    return rows.select_related("person").order_by("person__sort_key", "pk")


class Entry(StrEnum):
    """How far somebody has come in."""

    NO_ACCOUNT = "no_account"
    CODE_OPEN = "code_open"  # a code was shown and still works
    CODE_OVER = "code_over"  # nobody scanned it in time
    IN = "in"


@dataclass(frozen=True, slots=True)
class Volunteer:
    """`code_until`: until when the last code works, or worked."""

    person: Person
    entry: Entry
    code_until: datetime | None


def volunteers_for(actor: Actor, *, now: datetime) -> list[Volunteer]:
    """Those with a role at an organisation whose people the actor may read and enrol, by name; never the actor."""
    reached = within(actor.scope(PERSON_READ), "organisation__") & within(actor.scope(rules.ENROL), "organisation__")
    held = Grant.objects.filter(rules.current(today(now)), reached, person=OuterRef("pk"))
    devices = Device.objects.filter(user=OuterRef("user"), revoked_at=None)
    codes = Enrolment.objects.filter(user=OuterRef("user"), used_at=None).order_by("-expires_at")
    others = ~Q(pk=actor.person_id) if actor.person_id else Q()
    rows = Person.objects.filter(Exists(held), others).select_related("user")
    rows = rows.annotate(trusted=Exists(devices), code_until=Subquery(codes.values("expires_at")[:1]))
    return [_volunteer(person, now) for person in rows.order_by("sort_key", "pk")[:MOST_VOLUNTEERS]]


def _volunteer(person: Person, now: datetime) -> Volunteer:
    code_until: datetime | None = getattr(person, "code_until", None)
    if person.user is None:
        entry = Entry.NO_ACCOUNT
    elif getattr(person, "trusted", False) or person.user.has_usable_password():
        entry = Entry.IN
    else:
        entry = Entry.CODE_OPEN if code_until and code_until > now else Entry.CODE_OVER
    return Volunteer(person, entry, code_until)


@dataclass(frozen=True, slots=True)
class Seer:
    """One person who holds a permission over an organisation, the grant that gives it, and how it reaches there."""

    grant: Grant
    reach: Reach


def who_can_see(actor: Actor, organisation: Organisation, permission: str, *, now: datetime) -> list[Seer]:
    """Everybody who holds `permission` over `organisation` today, nearest first, and why.

    For people of the organisation and who may read its grants; Denied("grant.read") for others. KeyError for a
    permission nobody declared. As many queries as there are levels above the organisation.
    """
    rules.require_may_ask(actor, organisation)
    on = today(now)
    roles = roles_with(permission)
    by_reach: dict[Reach, list[str]] = {}
    for role in roles:
        by_reach.setdefault(ROLES[role].permissions[permission], []).append(role)
    held = Q(organisation=None, role__in=roles)
    for reach, holding in by_reach.items():
        held |= Q(role__in=holding, organisation__in=_reaching(organisation.pk, reach, on))
    rows = Grant.objects.filter(rules.standing(on), held).select_related("person", "organisation")
    seers = [Seer(row, _reach_of(row, permission)) for row in rows if _covers(row, organisation)]
    order = list(Reach)
    return sorted(seers, key=lambda s: (order.index(s.reach), s.grant.role, s.grant.person.sort_key))


def _reach_of(grant: Grant, permission: str) -> Reach:
    reach = reach_at(grant.role, permission, node=grant.organisation_id is None)
    assert reach is not None
    return reach


def _covers(grant: Grant, organisation: Organisation) -> bool:
    seat, area = organisation.seat_id or "", grant.area_code
    return not area or seat == area or seat.startswith(f"{area}.")


def _reaching(organisation_id: UUID, reach: Reach, on: date) -> set[UUID]:
    """The organisations from which a permission of this reach covers the organisation."""
    if reach is Reach.ACCOMPANIED:
        rows = Accompaniment.objects.filter(_holds(on), group=organisation_id)
        return set(rows.values_list("supporter_id", flat=True))
    above = {organisation_id}
    if reach in (Reach.UNITS, Reach.MEMBERS):
        above |= _climb(organisation_id, lambda ids: _parents(ids, on))
    if reach is Reach.MEMBERS:
        above |= _climb(organisation_id, lambda ids: _networks(ids, on))
    return above


def _climb(start: UUID, step: Callable[[set[UUID]], Iterable[UUID]]) -> set[UUID]:
    reached: set[UUID] = set()
    edge = {start}
    while edge:
        edge = set(step(edge)) - reached
        reached |= edge
    return reached


def _parents(ids: set[UUID], on: date) -> Iterable[UUID]:
    return UnitPlacement.objects.filter(_holds(on), organisation__in=ids).values_list("parent_id", flat=True)


def _networks(ids: set[UUID], on: date) -> Iterable[UUID]:
    rows = Membership.objects.filter(_holds(on), member__in=ids, role__in=COUNTED_ROLES, is_confirmed=True)
    return rows.values_list("network_id", flat=True)


def _holds(on: date) -> Q:
    return known_at(None) & true_on(on)
