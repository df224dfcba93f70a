"""Who is in which network: memberships of an organisation, members of a network on a day, and keeping both true."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call, require_token
from simpul.api.describing import told
from simpul.api.organisations.profiles import OrganisationLine, lines
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, Instant, OrganisationRef, Sent, on_day
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import EndReason, MembershipRole
from simpul.organisations.queries.networks import member_organisations, memberships_for, networks_of
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import within
from simpul.organisations.services.memberships import (
    admit_member,
    confirm_membership,
    end_membership,
    withdraw_membership,
)

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


class Admission(Sent):
    """A member taken in."""

    id: UUID | None = Field(None, description=prose("Your own key for it: sent again, nothing is made twice."))
    network: UUID
    member: UUID
    role: MembershipRole = MembershipRole.MEMBER
    valid_from: Day | None = None
    valid_until: Day | None = None
    has_readiness_statement: bool = False
    readiness_note: str = Field("", max_length=200)
    decided_by: str = Field("", max_length=200, description=prose("The organ that decided, never a private person."))


class Ending(Sent):
    """The end of a membership."""

    valid_until: Day = Field(description=prose("The first day it no longer holds."))
    reason: EndReason


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


@router.get("/memberships/{uuid:membership_id}", **told(prose("Read a membership"), response=MembershipLine))
def read_membership(request: Call, membership_id: UUID) -> MembershipLine:
    return membership_lines(request, [_membership(request, membership_id)])[0]


@router.post(
    "/memberships",
    **told(
        prose("Admit a member"),
        prose("The member confirms it, unless the token may also speak for the member."),
        response=MembershipLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_membership(request: Call, sent: Admission) -> MembershipLine:
    require_token(request)
    row = admit_member(
        request.actor, organisation_for(request.actor, sent.network),
        member=organisation_for(request.actor, sent.member), role=sent.role, valid_from=sent.valid_from,
        valid_until=sent.valid_until, has_readiness_statement=sent.has_readiness_statement,
        readiness_note=sent.readiness_note, decided_by=sent.decided_by, membership_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/confirm",
    **told(
        prose("Confirm that you are a member"),
        prose("Done by the member. The answer may carry a new id: every change appends a row."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def confirm(request: Call, membership_id: UUID) -> MembershipLine:
    require_token(request)
    row = confirm_membership(request.actor, _membership(request, membership_id), now=timezone.now())
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/end",
    **told(
        prose("End a membership"),
        prose("By the network or by the member. What was stays on record."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def end(request: Call, membership_id: UUID, sent: Ending) -> MembershipLine:
    require_token(request)
    row = end_membership(
        request.actor, _membership(request, membership_id), valid_until=sent.valid_until, reason=sent.reason,
        now=timezone.now(),
    )  # fmt: skip
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/withdraw",
    **told(
        prose("Take back an entry made by mistake"),
        prose("It was never true. As of yesterday it is still known."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw(request: Call, membership_id: UUID) -> MembershipLine:
    require_token(request)
    row = _membership(request, membership_id)
    withdraw_membership(request.actor, row, now=timezone.now())
    return membership_lines(request, [row])[0]


def _membership(call: Call, membership_id: UUID) -> Membership:
    """As known now. NotFound for one with an end out of sight, and for one that was superseded."""
    found = memberships_for(call.actor).filter(pk=membership_id).first()
    if found is None:
        raise NotFound("organisations.membership", membership_id)
    return found


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
