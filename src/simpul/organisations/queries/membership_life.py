"""How the members of a network stand on a day: active, on leave, inactive; and who found them at work when.

Registered is not active, and neither is a member: a member is counted as at work where it is active in the network on
that day and somebody has found it at work within the year before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.at_work import at_work_since
from simpul.organisations.membership_life import MANAGE, Standing
from simpul.organisations.models import Confirmation, Membership, MembershipDecision, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.rules.organisations import visible_to, within
from simpul.organisations.turns import opened
from simpul.records.models import known_at, true_on

# Who left or was expelled and is a member again begins anew.
_LASTING = (Standing.ON_LEAVE, Standing.INACTIVE)


@dataclass(frozen=True, slots=True)
class StandingCounts:
    """Direct members of a network on a day, each once: `members` is the sum of the next four.

    `awaiting`: entered by the network, not agreed to by the member yet. `at_work`: of the active, those that somebody
    found at work within the year.
    """

    members: int
    active: int
    on_leave: int
    inactive: int
    awaiting: int
    at_work: int


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """`standing` None: it has not agreed yet. `vouched_on`: when it was last found at work, None for never."""

    membership: Membership
    standing: Standing | None
    vouched_on: date | None

    @property
    def member(self) -> Organisation:
        return self.membership.member


def standing_on(member: UUID, network: UUID, day: date) -> Standing:
    """Where the decisions known now leave that pair on that day; without any, active."""
    rows = MembershipDecision.objects.filter(known_at(None), member=member, network=network, effective_on__lte=day)
    last = rows.order_by("-effective_on", "-recorded_at", "-pk").first()
    if last is None or last.standing not in _LASTING or (last.until is not None and last.until <= day):
        return Standing.ACTIVE
    return Standing(last.standing)


def standings_in(actor: Actor, network: Organisation, *, on: date, limit: int = 200) -> list[MemberStanding]:
    """The network's own members in sight, by name, each once. One query."""
    rows = _vouched(_members(actor, network, on), on).select_related("member", "member__seat")
    found: list[Any] = list(rows.order_by("member__sort_key", "member_id", "-is_confirmed", "pk")[: limit * 2])
    each = {row.member_id: row for row in reversed(found)}
    return [_standing(row) for row in reversed(each.values())][:limit]


def standings_of(actor: Actor, member: Organisation, *, on: date) -> dict[UUID, Standing | None]:
    """Network -> how `member` stands in it on that day; None where it has not agreed yet. One query."""
    rows = Membership.objects.filter(
        known_at(None), true_on(on), visible_to(actor, "network__"), member=member, role__in=COUNTED_ROLES
    )
    found: list[Any] = list(_decided(rows, on).order_by("is_confirmed", "pk"))
    return {row.network_id: Standing(row.decided) if row.is_confirmed else None for row in found}


def count_standings(actor: Actor, network: Organisation, *, on: date) -> StandingCounts:
    """Counts what `standings_in` lists. One query."""
    rows: Any = _vouched(_members(actor, network, on), on)
    agreed = {standing: Q(is_confirmed=True, decided=standing) for standing in (Standing.ACTIVE, *_LASTING)}
    recent = Q(vouched_on__gte=at_work_since(on))
    found: dict[str, int] = rows.aggregate(
        members=Count("member", distinct=True),
        active=Count("member", distinct=True, filter=agreed[Standing.ACTIVE]),
        on_leave=Count("member", distinct=True, filter=agreed[Standing.ON_LEAVE]),
        inactive=Count("member", distinct=True, filter=agreed[Standing.INACTIVE]),
        at_work=Count("member", distinct=True, filter=agreed[Standing.ACTIVE] & recent),
    )
    awaiting = found["members"] - found["active"] - found["on_leave"] - found["inactive"]
    return StandingCounts(awaiting=awaiting, **found)


def decisions_about(actor: Actor, membership: Membership) -> list[tuple[MembershipDecision, str]]:
    """What was decided about this pair, the latest first, and why: for the two sides, and nobody else."""
    rows = _decisions_for(actor).filter(known_at(None), member=membership.member, network=membership.network)
    return [(row, opened(row.why)) for row in rows.order_by("-effective_on", "-recorded_at", "-pk")]


def decision_for(actor: Actor, key: UUID) -> MembershipDecision:
    """NotFound for who is of neither side."""
    found = _decisions_for(actor).filter(pk=key).select_related("member", "network").first()
    if found is None:
        raise NotFound("organisations.membershipdecision", key)
    return found


def _decisions_for(actor: Actor) -> QuerySet[MembershipDecision]:
    sides = within(actor.scope(MANAGE), "network__") | within(actor.scope(MANAGE), "member__")
    return MembershipDecision.objects.filter(sides)


def _members(actor: Actor, network: Organisation, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(
        known_at(None), true_on(on), visible_to(actor, "member__"), network=network, role__in=COUNTED_ROLES
    )
    return _decided(rows, on)


def _decided(rows: QuerySet[Membership], on: date) -> QuerySet[Membership]:
    """With `decided`: what the last decision that had taken effect by that day leaves."""
    last = MembershipDecision.objects.filter(
        known_at(None), member=OuterRef("member"), network=OuterRef("network"), effective_on__lte=on
    ).order_by("-effective_on", "-recorded_at", "-pk")
    holds = Q(standing__in=_LASTING) & (Q(until=None) | Q(until__gt=on))
    now = last.annotate(now=Case(When(holds, then="standing"), default=Value(Standing.ACTIVE.value)))
    decided = Subquery(now.values("now")[:1], output_field=CharField())
    annotations: dict[str, Any] = {"decided": Coalesce(decided, Value(Standing.ACTIVE.value))}
    return rows.annotate(**annotations)


def _vouched(rows: QuerySet[Membership], on: date) -> QuerySet[Membership]:
    last = Confirmation.objects.filter(organisation=OuterRef("member"), confirmed_on__lte=on).order_by("-confirmed_on")
    annotations: dict[str, Any] = {"vouched_on": Subquery(last.values("confirmed_on")[:1], output_field=DateField())}
    return rows.annotate(**annotations)


def _standing(row: Any) -> MemberStanding:
    return MemberStanding(row, Standing(row.decided) if row.is_confirmed else None, row.vouched_on)
