"""Who is in which network: memberships of an organisation, members of a network on a day. `memberships` keeps both."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import Q
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.profiles import OrganisationLine, lines
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, Instant, OrganisationRef, on_day
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries.networks import member_organisations, memberships_for, networks_of
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import within

router = Router(tags=["networks"])
WRITE: Final = ("memberships:write",)


class Moment(Shape):
    """On which day it was true, and by when it was known."""

    on: Day | None = Field(None, description=prose("On this day; today in Jakarta where it is left out."))
    as_of: Instant | None = Field(None, description=prose("As it was known then; as it is known now otherwise."))


class MembersSought(Moment, Cut):
    levels: int | None = Field(None, ge=1, le=20, description=prose("Through so many levels; all otherwise."))


class MembershipsSought(Moment, Cut):
    ever: bool = Field(False, description=prose("Of all times, not only of that day."))


class MembershipLine(Shape):
    """One role of one member in one network, for one period."""

    id: UUID
    member: OrganisationRef
    network: OrganisationRef
    role: MembershipRole
    valid_from: Day | None
    valid_until: Day | None = Field(description=prose("The first day it no longer holds."))
    is_confirmed: bool = Field(description=prose("The member itself agreed."))
    is_counted: bool = Field(description=prose("The role makes it a member, to be counted."))
    end_reason: str | None = Field(None, description=prose("For those who keep the list of either side."))
    decided_by: str | None = Field(None, description=prose("For those who keep the list of either side."))


class NetworkLine(Shape):
    """A network above an organisation."""

    network: OrganisationRef
    depth: int = Field(description=prose("1: directly; 2: through one network between; and so on."))


@router.get(
    "/organisations/{uuid:organisation_id}/memberships",
    **told(
        prose("The networks it is in, and in which role"),
        prose("Directly, in every role."),
        response=Page[MembershipLine],
    ),
)
def list_memberships(request: Call, organisation_id: UUID, sought: Query[MembershipsSought]) -> Page[MembershipLine]:
    return _side(request, Q(member=organisation_for(request.actor, organisation_id)), sought)


@router.get(
    "/networks/{uuid:network_id}/memberships",
    **told(
        prose("Who is in it, and in which role"),
        prose("Directly, in every role."),
        response=Page[MembershipLine],
    ),
)
def list_admissions(request: Call, network_id: UUID, sought: Query[MembershipsSought]) -> Page[MembershipLine]:
    return _side(request, Q(network=organisation_for(request.actor, network_id)), sought)


def _side(call: Call, side: Q, sought: MembershipsSought) -> Page[MembershipLine]:
    day = None if sought.ever else on_day(sought.on)
    rows = memberships_for(call.actor, on=day, as_of=sought.as_of).filter(side)
    return page_of(call, rows, sought, lambda found: membership_lines(call, found))


@router.get(
    "/networks/{uuid:network_id}/members",
    **told(
        prose("All members of a network, through the networks in it"),
        prose("Each once, by name, with the day and the depth of your choice."),
        response=Page[OrganisationLine],
    ),
)
def list_members(request: Call, network_id: UUID, sought: Query[MembersSought]) -> Page[OrganisationLine]:
    network = organisation_for(request.actor, network_id)
    rows = member_organisations(
        request.actor, network, on=on_day(sought.on), levels=sought.levels, as_of=sought.as_of
    ).select_related("seat")
    return page_of(request, rows, sought, lines, by=("sort_key", "pk"))


@router.get(
    "/organisations/{uuid:organisation_id}/networks",
    **told(
        prose("The networks above it"),
        prose("Those it is in directly and through others, the nearest first."),
        response=list[NetworkLine],
    ),
)
def list_networks_above(request: Call, organisation_id: UUID, moment: Query[Moment]) -> list[NetworkLine]:
    organisation = organisation_for(request.actor, organisation_id)
    found = networks_of(request.actor, organisation, on=on_day(moment.on), as_of=moment.as_of)
    return [NetworkLine(network=OrganisationRef.of(above.network), depth=above.depth) for above in found]


def membership_lines(call: Call, rows: Sequence[Membership]) -> list[MembershipLine]:
    """At most one query, for which of them the reader keeps."""
    kept = _kept(call, rows)
    return [
        MembershipLine(
            id=row.pk, member=OrganisationRef.of(row.member), network=OrganisationRef.of(row.network),
            role=MembershipRole(row.role), valid_from=row.valid_from, valid_until=row.valid_until,
            is_confirmed=row.is_confirmed, is_counted=row.is_counted,
            end_reason=row.end_reason if kept & {row.member_id, row.network_id} else None,
            decided_by=row.decided_by if kept & {row.member_id, row.network_id} else None,
        )
        for row in rows
    ]  # fmt: skip


def _kept(call: Call, rows: Sequence[Membership]) -> set[UUID]:
    """The organisations at either end whose list this reader keeps."""
    scope = call.actor.scope("membership.manage")
    if not scope or not rows:
        return set()
    ends = {end for row in rows for end in (row.member_id, row.network_id)}
    return set(Organisation.objects.filter(within(scope), pk__in=ends).values_list("pk", flat=True))
