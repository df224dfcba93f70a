"""Organisations that a grant reaches through the graph of memberships and through accompaniment.

Both are subqueries of the statement they are used in: no list of ids is fetched first, however wide the reach.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import DateField, Q
from django.db.models.expressions import RawSQL

from simpul.organisations.models import Accompaniment, Membership
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.rules.graph import Sql, climbs_to_network, reached_from, today
from simpul.records.models import known_at


def members_of(ids: Collection[UUID], path: str = "", *, on: date | None = None, sees: Sql | None = None) -> Q:
    """Confirmed members of these organisations through any number of levels, on a day (None: today); not they.

    `path` is a relation path ending in "__", `sees` as for `graph.reached_from`.
    """
    if not ids:
        return Q(**{f"{path}pk__in": ()})
    return Q(**{f"{path}pk__in": reached_from(ids, on, sees)})


def is_member_of(ids: Collection[UUID], path: str = "", *, on: date | None = None) -> Q:
    """The same rule as `members_of`, climbed from each organisation: for statements that ask it of few."""
    if not ids:
        return Q(**{f"{path}pk__in": ()})
    return Q(climbs_to_network(f"{path}pk", ids, on))


def accompanied_by(ids: Collection[UUID], path: str = "", *, on: date | None = None) -> Q:
    """The groups that these organisations accompany on a day (None: today), not they themselves."""
    rows = Accompaniment.objects.filter(_holds(on), supporter__in=ids)
    return Q(**{f"{path}pk__in": rows.values("group_id")})


def share_a_network(ids: Collection[UUID], other: UUID) -> bool:
    """Whether today one of these organisations and the other are in one network, or one is the other's network.

    Directly, and only by memberships that the member itself confirmed: being named by a network opens nothing.
    """
    if other in ids:
        return True
    rows = Membership.objects.filter(_holds(None), role__in=COUNTED_ROLES, is_confirmed=True)
    ours = rows.filter(member__in=ids)
    together = Q(member=other) & (Q(network__in=ids) | Q(network__in=ours.values("network_id")))
    return rows.filter(together | Q(network=other, member__in=ids)).exists()


def in_a_network_with(ids: Collection[UUID], path: str = "") -> Q:
    """As `share_a_network`, for lists: those that share a network with one of these organisations today, and they."""
    rows = Membership.objects.filter(_holds(None), role__in=COUNTED_ROLES, is_confirmed=True)
    ours = rows.filter(member__in=ids).values("network_id")
    beside = rows.filter(Q(network__in=ids) | Q(network__in=ours)).values("member_id")
    return Q(**{f"{path}pk__in": ids}) | Q(**{f"{path}pk__in": ours}) | Q(**{f"{path}pk__in": beside})


def _holds(on: date | None) -> Q:
    day = on or RawSQL(today(), [], output_field=DateField())  # noqa: S611 - no parameter in it
    starts = Q(valid_from=None) | Q(valid_from__lte=day)
    ends = Q(valid_until=None) | Q(valid_until__gt=day)
    return starts & ends & known_at(None)
