"""How organisations are tied: all ties of one on a day, as its page draws them, and what lies between two."""

from collections.abc import Sequence
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.networks import Moment
from simpul.api.organisations.programmes import OnDay
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, FirstDayAfter, OrganisationRef, on_day
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.relations import (
    FARTHEST,
    MOST_TIES,
    CommonNetwork,
    common_networks,
    levels_from,
    shortest_way,
    stops_of,
    ties_through,
)

router = Router(tags=["networks"])


class TiesSought(Moment):
    levels: int | None = Field(None, ge=1, le=20, description=prose("Down through so many levels; all otherwise."))
    limit: int = Field(MOST_TIES, ge=1, le=MOST_TIES, description=prose("How many ties at most."))


class OtherSought(OnDay):
    to: UUID = Field(description=prose("The other organisation."), examples=["0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d"])


class MembershipTie(Shape):
    """One role of a member in a network, by the keys of both."""

    id: UUID
    member: UUID
    network: UUID
    role: MembershipRole
    valid_from: Day | None
    valid_until: FirstDayAfter
    is_confirmed: bool = Field(description=prose("The member itself agreed."))
    is_counted: bool = Field(description=prose("The role makes it a member, to be counted."))


class TiedOrganisation(OrganisationRef):
    """An end of a tie, and where it stands."""

    kind: str = Field(description=prose("A code of the vocabulary kind."), examples=["KL.1"])
    level: int | None = Field(
        description=prose(
            "0: the one asked about; -1: a network it is in, -2: one above that; 1: in it directly, 2: through one "
            "network between; by the shortest way. Null where what leads there was cut off."
        ),
        examples=[1],
    )


class TiesFull(Shape):
    """The relation graph of an organisation or a network: its ends once each, and the ties between them."""

    on: Day
    organisations: list[TiedOrganisation]
    ties: list[MembershipTie]
    cut_at: int | None = Field(
        description=prose("Null: these are all. Otherwise there are more ties than so many, and these are the first."),
        examples=[None],
    )


class DistanceStep(Shape):
    """A step of the way: by which tie one comes to whom."""

    tie: MembershipTie
    to: OrganisationRef


class CommonNetworkLine(Shape):
    """A network both are in."""

    network: OrganisationRef
    first_depth: int = Field(description=prose("Of the first in it: 1 is directly."), examples=[1])
    second_depth: int = Field(description=prose("Of the second in it: 1 is directly."), examples=[2])


class DistanceFull(Shape):
    """What lies between two organisations on a day."""

    on: Day
    first: OrganisationRef
    second: OrganisationRef
    steps: int | None = Field(
        description=prose("How many ties apart, by the shortest way; null where they are farther than `farthest`."),
        examples=[2],
    )
    farthest: int = Field(description=prose("How many steps are looked for."), examples=[FARTHEST])
    way: list[DistanceStep] = Field(description=prose("From the first to the second; empty where there is none."))
    common_networks: list[CommonNetworkLine] = Field(description=prose("Those both are in, the nearest first."))


@router.get(
    "/organisations/{uuid:organisation_id}/ties",
    **told(
        prose("The relation graph of an organisation or a network"),
        prose(
            "Up through all its networks, down through its members, in every role, on the day of your choice. The "
            "ties are in the order of the members' names."
        ),
        response=TiesFull,
    ),
)
def read_ties(request: Call, organisation_id: UUID, sought: Query[TiesSought]) -> TiesFull:
    centre, day = organisation_for(request.actor, organisation_id), on_day(sought.on)
    found = ties_through(request.actor, centre, on=day, levels=sought.levels, as_of=sought.as_of, most=sought.limit)
    return TiesFull(
        on=day, organisations=_ends(centre, found.rows), ties=[_tie(row) for row in found.rows],
        cut_at=len(found.rows) if found.is_cut else None,
    )  # fmt: skip


@router.get(
    "/organisations/{uuid:organisation_id}/distance",
    **told(
        prose("How far two organisations are apart"),
        prose("The shortest way from one to the other through members and networks, and the networks both are in."),
        response=DistanceFull,
    ),
)
def read_distance(request: Call, organisation_id: UUID, sought: Query[OtherSought]) -> DistanceFull:
    first, second = (organisation_for(request.actor, key) for key in (organisation_id, sought.to))
    day = on_day(sought.on)
    way = shortest_way(request.actor, first, second, on=day)
    return DistanceFull(
        on=day, first=OrganisationRef.of(first), second=OrganisationRef.of(second), farthest=FARTHEST,
        steps=None if way is None else len(way),
        way=[DistanceStep(tie=_tie(tie), to=OrganisationRef.of(there)) for tie, there in stops_of(first, way or ())],
        common_networks=[_common(row) for row in common_networks(request.actor, first, second, on=day)],
    )  # fmt: skip


def _ends(centre: Organisation, ties: Sequence[Membership]) -> list[TiedOrganisation]:
    """By level, the widest network first, and by name."""
    known = {centre.pk: centre} | {end.pk: end for tie in ties for end in (tie.member, tie.network)}
    levels = levels_from(centre, ties)
    placed = sorted(known.values(), key=lambda one: (levels.get(one.pk, len(known)), one.sort_key, one.pk))
    return [TiedOrganisation(id=one.pk, name=one.name, kind=one.kind, level=levels.get(one.pk)) for one in placed]


def _tie(row: Membership) -> MembershipTie:
    return MembershipTie(
        id=row.pk, member=row.member_id, network=row.network_id, role=MembershipRole(row.role),
        valid_from=row.valid_from, valid_until=row.valid_until, is_confirmed=row.is_confirmed,
        is_counted=row.is_counted,
    )  # fmt: skip


def _common(row: CommonNetwork) -> CommonNetworkLine:
    return CommonNetworkLine(
        network=OrganisationRef.of(row.network), first_depth=row.first_depth, second_depth=row.second_depth
    )
