"""Trained, declared ready, network formed: how far the members of a network came."""

from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.programmes import OnDay
from simpul.api.prose import prose
from simpul.api.secretariat.announcements import WRITE, router
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, Sent, on_day
from simpul.organisations.models import ReadinessRecord
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.readiness import count_ways, stage_record_for, ways_in
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.secretariat import MANAGE, ReadinessStage
from simpul.organisations.services.readiness import reach_stage, withdraw_stage


class StageLine(Shape):
    """A stage that somebody reached."""

    id: UUID
    stage: ReadinessStage
    reached_on: Day
    evidence: str = Field(description=prose("Where this can be seen."))
    formed: OrganisationRef | None = Field(description=prose("The network that was formed, of the last stage."))


class WayLine(Shape):
    organisation: OrganisationRef
    stages: list[StageLine] = Field(description=prose("In their order."))


class Readiness(Shape):
    counts: dict[str, int] = Field(description=prose("Stage to how many have reached it."))
    ways: list[WayLine]


class NewStage(Sent):
    organisation: UUID
    stage: ReadinessStage
    reached_on: Day
    evidence: str = Field(max_length=300, description=prose("Where this can be seen."))
    formed: UUID | None = Field(None, description=prose("The network that was formed, of the last stage."))


@router.get(
    "/networks/{uuid:network_id}/readiness",
    **told(
        prose("How ready the members are"), prose("Whom the network has seen reach a stage by that day."),
        response=Readiness, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_readiness(request: Call, network_id: UUID, asked: Query[OnDay]) -> Readiness:
    network = organisation_for(request.actor, network_id)
    authorise(request.actor, MANAGE, network)
    ways = ways_in(request.actor, network, on=on_day(asked.on))
    return Readiness(
        counts={stage.value: n for stage, n in count_ways(ways).items()},
        ways=[
            WayLine(organisation=OrganisationRef.of(way.organisation), stages=[_line(row) for row in way.records])
            for way in ways
        ],
    )


@router.post(
    "/networks/{uuid:network_id}/readiness",
    **told(prose("Say that a member reached a stage"), response=StageLine, status=201, scopes=WRITE, needs_token=True),
)
def create_stage(request: Call, network_id: UUID, sent: NewStage) -> StageLine:
    network = organisation_for(request.actor, network_id)
    formed = organisation_for(request.actor, sent.formed) if sent.formed else None
    row = reach_stage(
        request.actor, network, organisation=organisation_for(request.actor, sent.organisation), stage=sent.stage,
        reached_on=sent.reached_on, evidence=sent.evidence, formed=formed, now=timezone.now(),
    )  # fmt: skip
    return _line(row)


@router.post(
    "/readiness/{uuid:stage_id}/withdraw",
    **told(
        prose("Take a stage back"), prose("An entry made by mistake; the last stage first."), response=StageLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_reached_stage(request: Call, stage_id: UUID) -> StageLine:
    row = stage_record_for(request.actor, stage_id)
    withdraw_stage(request.actor, row, now=timezone.now())
    return _line(row)


def _line(row: ReadinessRecord) -> StageLine:
    return StageLine(
        id=row.pk, stage=ReadinessStage(row.stage), reached_on=row.reached_on, evidence=row.evidence,
        formed=OrganisationRef.of(row.formed) if row.formed else None,
    )  # fmt: skip
