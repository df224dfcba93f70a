"""How memberships go on: on leave, inactive, back, left, expelled; who decided, and who was found at work."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.memberships import membership_for
from simpul.api.organisations.networks import MembershipLine, membership_lines, router
from simpul.api.organisations.programmes import OnDay
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OwnKey, Sent, on_day
from simpul.organisations.membership_life import MembershipAct, Standing
from simpul.organisations.models import MembershipDecision
from simpul.organisations.queries.membership_life import (
    count_standings,
    decision_for,
    decisions_about,
    standings_in,
)
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.services.membership_life import decide_membership, withdraw_decision
from simpul.organisations.turns import opened

WRITE: Final = ("memberships:write",)


class StandingLine(Shape):
    """A direct member as it stands on a day. Registered is not active, and neither is a member."""

    membership: MembershipLine
    standing: Standing | None = Field(description=prose("Null: the member has not agreed yet."))
    vouched_on: Day | None = Field(description=prose("When somebody last found it at work; null: never."))


class StandingNumbers(Shape):
    """Direct members of a network, each once: `members` is the sum of the next four."""

    members: int
    active: int
    on_leave: int
    inactive: int
    awaiting: int = Field(description=prose("Entered by the network, not agreed to by the member yet."))
    at_work: int = Field(description=prose("Of the active, those found at work within the year."))


class Standings(Shape):
    counts: StandingNumbers
    members: list[StandingLine] = Field(description=prose("By name; 200 at most."))


class NewDecision(Sent):
    """A decision about a membership; the network takes any, the member goes on leave, returns and leaves."""

    id: OwnKey = None
    act: MembershipAct
    effective_on: Day
    why: str = Field("", max_length=1000, description=prose("Only the two sides read it."))
    until: Day | None = Field(None, description=prose("The end of a leave."))
    decided_by: str = Field("", max_length=200, description=prose("The organ that decided, never a private person."))
    decided_on: Day | None = None
    minutes: str = Field("", max_length=200, description=prose("Where the decision can be read."))


class DecisionLine(Shape):
    id: UUID
    act: MembershipAct
    standing: str = Field(description=prose("Where it led."), examples=["on_leave"])
    effective_on: Day
    until: Day | None
    decided_by: str
    decided_on: Day | None
    minutes: str
    why: str


@router.get(
    "/networks/{uuid:network_id}/standings",
    **told(
        prose("How the members of a network stand"), prose("Its direct members, on the day of your choice."),
        response=Standings,
    ),
)  # fmt: skip
def list_standings(request: Call, network_id: UUID, asked: Query[OnDay]) -> Standings:
    network, day = organisation_for(request.actor, network_id), on_day(asked.on)
    counts = count_standings(request.actor, network, on=day)
    found = standings_in(request.actor, network, on=day)
    for one in found:
        one.membership.network = network
    shown = membership_lines(request, [one.membership for one in found])
    return Standings(
        counts=StandingNumbers(**{name: getattr(counts, name) for name in StandingNumbers.model_fields}),
        members=[
            StandingLine(membership=line, standing=one.standing, vouched_on=one.vouched_on)
            for line, one in zip(shown, found, strict=True)
        ],
    )


@router.get(
    "/memberships/{uuid:membership_id}/decisions",
    **told(
        prose("What was decided about a membership"), prose("The latest first; for the two sides."),
        response=list[DecisionLine], scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_decisions(request: Call, membership_id: UUID) -> list[DecisionLine]:
    return [_line(row, why) for row, why in decisions_about(request.actor, membership_for(request, membership_id))]


@router.post(
    "/memberships/{uuid:membership_id}/decisions",
    **told(
        prose("Write a decision about a membership down"),
        prose("Leaving and expulsion end it on that day."),
        response=DecisionLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_decision(request: Call, membership_id: UUID, sent: NewDecision) -> DecisionLine:
    membership = membership_for(request, membership_id)
    row = decide_membership(request.actor, membership, now=timezone.now(), **dict(sent))
    return _line(row, opened(row.why))


@router.post(
    "/decisions/{uuid:decision_id}/withdraw",
    **told(
        prose("Take back a decision that was never taken"), prose("An entry made by mistake."), response=DecisionLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_entered_decision(request: Call, decision_id: UUID) -> DecisionLine:
    row = decision_for(request.actor, decision_id)
    withdraw_decision(request.actor, row, now=timezone.now())
    return _line(row, opened(row.why))


def _line(row: MembershipDecision, why: str) -> DecisionLine:
    return DecisionLine(
        id=row.pk, act=MembershipAct(row.act), standing=row.standing, effective_on=row.effective_on, until=row.until,
        decided_by=row.decided_by, decided_on=row.decided_on, minutes=row.minutes, why=why,
    )  # fmt: skip
