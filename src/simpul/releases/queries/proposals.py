"""What is proposed, for whoever proposes and approves. Never a count that would stay hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.releases.content import read_content
from simpul.releases.lines import cells_on, read_line
from simpul.releases.models import Approval, Proposal, Release
from simpul.releases.models.proposals import State
from simpul.releases.months import cadence_of, days_of
from simpul.releases.queries.books import declared_keys
from simpul.releases.queries.published import Asked, Cell
from simpul.releases.rules import check_may_follow
from simpul.releases.tables import TABLES

PROPOSAL = "releases.proposal"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one release of a proposal declares and hides. `below`: below the threshold; `beyond`: hidden to protect
    those. `value_share`: the part of all that was counted which `beyond` holds, in percent.
    """

    audience: str
    period: str
    declared: int
    published: int
    below: int
    beyond: int
    value_share: Decimal

    @property
    def blank(self) -> int:
        return self.declared - self.published


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's, with why."""

    person: UUID
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as its people see it. `digest` is what they approve; `costs` is empty until it is computed."""

    id: UUID
    period: str
    state: State
    done: int
    total: int
    refusal: str
    digest: str
    proposed_by: UUID | None
    proposed_at: datetime
    computed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: UUID | None
    reason: str
    changed: int
    gone: int
    costs: tuple[Cost, ...]
    approvals: tuple[Agreement, ...]


def proposals_for(actor: Actor) -> list[ProposalRow]:
    """Every proposal, the latest first. Denied for who neither proposes nor approves."""
    check_may_follow(actor)
    return [_told(row) for row in _rows().order_by("-proposed_at", "-id")]


def standing_for(month: str) -> ProposalRow | None:
    """The one that stands for a month: neither refused nor withdrawn."""
    row = _rows().filter(month=month, refused_at=None, withdrawn_at=None).first()
    return _told(row) if row is not None else None


def proposal_for(actor: Actor, proposal_id: UUID) -> ProposalRow:
    """Denied, NotFound."""
    return _told(proposal_row(actor, proposal_id))


def proposal_row(actor: Actor, proposal_id: UUID) -> Proposal:
    """The record itself, for the services. Denied, NotFound."""
    check_may_follow(actor)
    found = _rows().filter(pk=proposal_id).first()
    if found is None:
        raise NotFound(PROPOSAL, proposal_id)
    return found


def state_of(proposal: Proposal, approvals: int, *, published: bool) -> State:
    if published:
        return State.PUBLISHED
    if proposal.withdrawn_at is not None:
        return State.WITHDRAWN
    if proposal.refused_at is not None:
        return State.REFUSED
    if proposal.computed_at is None:
        return State.COMPUTING
    return State.APPROVED if approvals else State.READY


def _rows() -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("batch").defer("content", "batch__data")
    bare = Release.objects.only("proposal")
    return rows.prefetch_related("approvals", Prefetch("releases", bare))


def _told(row: Proposal) -> ProposalRow:
    given: list[Approval] = list(row.approvals.all())
    held = row.batch.held.open() if row.batch is not None else {"changed": 0, "gone": 0}
    costs = row.costs.open() if row.costs is not None else []
    return ProposalRow(
        id=row.pk,
        period=row.month,
        state=state_of(row, len(given), published=bool(row.releases.all())),
        done=row.done,
        total=row.total,
        refusal=row.refusal or "",
        digest=row.digest or "",
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        computed_at=row.computed_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        reason=row.reason or "",
        changed=held["changed"],
        gone=held["gone"],
        costs=tuple(_cost(one) for one in costs),
        approvals=tuple(Agreement(one.person, one.approved_at, one.reason) for one in given),
    )


def _cost(told: dict[str, object]) -> Cost:
    numbers = {name: int(str(told[name])) for name in ("declared", "published", "below", "beyond")}
    share = Decimal(str(told["value_share"]))
    return Cost(str(told["audience"]), str(told["period"]), value_share=share, **numbers)


def preview_for(
    actor: Actor,
    proposal_id: UUID,
    table: str,
    *,
    within: str = "",
    type: str | None = None,  # noqa: A002 - as the column is called
    sex: str | None = None,
    age: str | None = None,
) -> Iterator[Cell]:
    """The cells of a table as a proposal would publish them, in order of period, place, type, sex, age; `count` None
    where it would be blank. None at all for a table that is not due. Denied, NotFound.
    """
    check_may_follow(actor)
    row = Proposal.objects.select_related("batch").filter(pk=proposal_id, content__isnull=False).first()
    if row is None or row.batch is None or row.content is None or table not in TABLES:
        raise NotFound(PROPOSAL, proposal_id)
    asked = Asked(None, within, None, type, sex, age)
    for line in read_content(row.content.open()).lines:
        read = read_line(line.line)
        if read["tier"] != TABLES[table].audience or cadence_of(read["period"]) is not TABLES[table].cadence:
            continue
        told = {(c.area, c.type, c.sex, c.age): c.count for c in cells_on(read) if c.table.key == table}
        first, end = days_of(read["period"])
        for key in declared_keys(TABLES[table], row.batch.book_id, within):
            if asked.has(key):
                yield Cell(None, None, table, *key, read["period"], first, end, told[key])
