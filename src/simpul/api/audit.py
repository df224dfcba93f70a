"""The record of acts, for who may read all of it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Instant
from simpul.audit.models import Act, ActorKind
from simpul.audit.queries import acts_for
from simpul.audit.rules import reads_all
from simpul.kernel.errors import Denied

router = Router(tags=["audit"])
READ: Final = ("audit:read",)


class ActsSought(Cut):
    act: str = Field("", max_length=80, description=prose("A whole name, or a context and a full stop."))
    record: UUID | None = Field(None, description=prose("The record it was done to."))
    person: UUID | None = Field(None, description=prose("Who did it."))
    since: Instant | None = None
    until: Instant | None = Field(None, description=prose("Before this instant."))


class ActLine(Shape):
    """One act: ids and codes, never words about people."""

    number: int
    at: datetime
    actor: ActorKind
    purpose: str = Field(description=prose("What the platform did it for, or by which token a person did."))
    user: UUID | None
    person: UUID | None
    act: str = Field(examples=["organisations.change_profile"])
    record_kind: str
    record: UUID | None
    details: dict[str, Any]
    is_sealed: bool


@router.get(
    "/audit",
    **told(
        prose("Read the record of acts"), prose("The newest first."), response=Page[ActLine], scopes=READ,
        needs_token=True,
    ),
)  # fmt: skip
def list_acts(request: Call, sought: Query[ActsSought]) -> Page[ActLine]:
    if not reads_all(request.actor):
        raise Denied("audit.read")
    rows = acts_for(
        request.actor, act=sought.act, ref_id=sought.record, person_id=sought.person, since=sought.since,
        until=sought.until,
    )  # fmt: skip
    return page_of(request, rows, sought, lambda found: [_line(row) for row in found], newest_first=True)


def _line(row: Act) -> ActLine:
    return ActLine(
        number=row.pk, at=row.at, actor=ActorKind(row.actor_kind), purpose=row.purpose, user=row.user_id,
        person=row.person_id, act=row.act, record_kind=row.ref_kind, record=row.ref_id, details=row.details,
        is_sealed=row.batch_id is not None,
    )  # fmt: skip
