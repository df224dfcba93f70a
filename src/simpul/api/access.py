"""Who one is here, and who may do what."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.access.models import Grant
from simpul.access.queries import grant_for, grants_for
from simpul.api.callers import Call, require_token
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef

router = Router(tags=["access"])
READ: Final = ("grants:read",)


class Holding(Shape):
    """A permission that the token can use now, and how far it reaches from where its role is held."""

    permission: str = Field(examples=["organisation.edit"])
    role: str
    organisation: UUID | None = Field(description=prose("Null: the whole node."))
    area: str | None = Field(description=prose("Only for what is seated in this area."))
    reach: str = Field(description=prose("own, units, members, accompanied or node."), examples=["own"])


class Me(Shape):
    """The token, and what it can use at this moment."""

    token: UUID
    name: str
    kind: str = Field(description=prose("personal or service."), examples=["personal"])
    organisation: UUID | None = Field(description=prose("The organisation that a service token serves."))
    person: UUID | None = Field(description=prose("Who acts, or answers for it."))
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    holdings: list[Holding]


class GrantLine(Shape):
    """A role that somebody holds or will hold."""

    id: UUID
    person: UUID
    name: str
    role: str = Field(examples=["coordinator"])
    organisation: OrganisationRef | None = Field(description=prose("Null: the whole node."))
    area: str = Field(description=prose("Only in this area; empty: everywhere."))
    valid_from: Day | None
    valid_until: Day | None


@router.get(
    "/me",
    **told(
        prose("Who this token is"), prose("And what it can use now: its scopes, with the rights behind them."),
        response=Me, needs_token=True,
    ),
)  # fmt: skip
def read_me(request: Call) -> Me:
    bearer = require_token(request)
    token = bearer.token
    return Me(
        token=token.pk, name=token.name, kind="service" if bearer.organisation_id else "personal",
        organisation=bearer.organisation_id, person=bearer.actor.person_id, scopes=token.scopes,
        made_at=token.made_at, expires_at=token.expires_at,
        holdings=[
            Holding(
                permission=permission, role=grant.role, organisation=grant.organisation_id, area=grant.area_code,
                reach=reach.value,
            )
            for grant in bearer.actor.grants
            for permission, reach in grant.permissions.items()
            if bearer.actor.allows(permission)
        ],
    )  # fmt: skip


@router.get(
    "/grants",
    **told(
        prose("Who may do what"), prose("Roles held now or from a later day on, as far as you may see them."),
        response=Page[GrantLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_grants(request: Call, cut: Query[Cut]) -> Page[GrantLine]:
    rows = grants_for(request.actor, now=timezone.now())
    return page_of(request, rows, cut, lambda found: [_line(row) for row in found])


@router.get(
    "/grants/{uuid:grant_id}",
    **told(prose("Read a role somebody holds"), response=GrantLine, scopes=READ, needs_token=True),
)
def read_grant(request: Call, grant_id: UUID) -> GrantLine:
    return _line(grant_for(request.actor, grant_id))


def _line(row: Grant) -> GrantLine:
    return GrantLine(
        id=row.pk, person=row.person_id, name=row.person.name, role=row.role,
        organisation=OrganisationRef.of(row.organisation) if row.organisation else None, area=row.area_code,
        valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip
