"""The network's reports: progress, problems, proposed solutions, and the figures of their last day."""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.activities.clusters import Cluster
from simpul.activities.models import SituationReport
from simpul.activities.queries.responses import response_for
from simpul.activities.queries.situation import figures_of, report_for, reports_of
from simpul.activities.services.situation import Said, edit_report, publish_report, write_report
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.responses.reading import router
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OwnKey, Sent

WRITE: Final = ("responses:write",)


class SituationPart(Shape):
    """What is said of one cluster, or (null) of all together."""

    cluster: Cluster | None = None
    progress: str = Field("", max_length=3000)
    problems: str = Field("", max_length=3000)
    proposals: str = Field("", max_length=3000)


class SituationLine(Shape):
    id: UUID
    response: UUID
    number: int
    author: str
    valid_from: Day | None
    valid_until: Day | None = Field(description=prose("The first day after its period."))
    published: bool


class SituationFull(SituationLine):
    """With its words and figures. Published figures never change. Its ETag names the version you change."""

    lead_words: str
    sections: list[SituationPart]
    figures: dict[str, Any]


class NewSituation(Sent):
    id: OwnKey = None
    valid_from: Day
    valid_until: Day = Field(description=prose("The first day after its period."))
    author: str = Field(max_length=120)
    lead_words: str = Field("", max_length=2000)
    sections: list[SituationPart] = Field(default_factory=list, max_length=20)


class SituationChange(Sent):
    """Only the fields that are sent."""

    valid_from: Day | None = None
    valid_until: Day | None = None
    author: str = Field("", max_length=120)
    lead_words: str = Field("", max_length=2000)
    sections: list[SituationPart] = Field(default_factory=list, max_length=20)


@router.get(
    "/responses/{uuid:response_id}/reports", **told(prose("List a response's reports"), response=Page[SituationLine])
)
def list_response_reports(request: Call, response_id: UUID, cut: Query[Cut]) -> Page[SituationLine]:
    rows = reports_of(request.actor, response_for(request.actor, response_id))
    return page_of(request, rows, cut, lambda found: [_line(row) for row in found])


@router.get("/response-reports/{uuid:report_id}", **told(prose("Read a report"), response=SituationFull, scopes=WRITE))
def read_response_report(request: Call, report_id: UUID) -> SituationFull:
    return _full(request, report_for(request.actor, report_id))


@router.post(
    "/responses/{uuid:response_id}/reports",
    **told(prose("Write a report"), response=SituationFull, status=201, scopes=WRITE, needs_token=True),
)
def create_response_report(request: Call, response_id: UUID, sent: NewSituation) -> SituationFull:
    row = write_report(
        request.actor, response_for(request.actor, response_id), valid_from=sent.valid_from,
        valid_until=sent.valid_until, author=sent.author, lead_words=sent.lead_words, sections=_said(sent.sections),
        report_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_response_report", args=[row.pk])
    return _full(request, report_for(request.actor, row.pk))


@router.patch(
    "/response-reports/{uuid:report_id}",
    **told(
        prose("Change a report"), prose("While it is a draft; only the fields that are sent."), response=SituationFull,
        scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def change_response_report(request: Call, report_id: UUID, sent: SituationChange) -> SituationFull:
    version, row = seen_version(request), report_for(request.actor, report_id)
    changes = {name: getattr(sent, name) for name in sent.model_fields_set if name != "sections"}
    changes = {name: value for name, value in changes.items() if value is not None}
    sections = _said(sent.sections) if "sections" in sent.model_fields_set else None
    edit_report(request.actor, row, changes, sections=sections, seen=version, now=timezone.now())
    return _full(request, report_for(request.actor, report_id))


@router.post(
    "/response-reports/{uuid:report_id}/publish",
    **told(
        prose("Publish a report"), prose("Its figures are frozen."), response=SituationFull, scopes=WRITE,
        needs_token=True, versioned=True,
    ),
)  # fmt: skip
def publish_response_report(request: Call, report_id: UUID) -> SituationFull:
    version, row = seen_version(request), report_for(request.actor, report_id)
    publish_report(request.actor, row, seen=version, now=timezone.now())
    return _full(request, report_for(request.actor, report_id))


def _said(sections: list[SituationPart]) -> dict[str, Said]:
    return {s.cluster.value if s.cluster else "": Said(s.progress, s.problems, s.proposals) for s in sections}


def _line(row: SituationReport) -> SituationLine:
    return SituationLine(
        id=row.pk, response=row.response_id, number=row.number, author=row.author, valid_from=row.valid_from,
        valid_until=row.valid_until, published=row.published_at is not None,
    )  # fmt: skip


def _full(call: Call, row: SituationReport) -> SituationFull:
    call.version = row.version
    sections = [
        SituationPart(
            cluster=Cluster(s.cluster) if s.cluster else None, progress=s.progress, problems=s.problems,
            proposals=s.proposals,
        )
        for s in row.sections.order_by("cluster")
    ]  # fmt: skip
    figures = figures_of(row, now=timezone.now()).as_json()
    return SituationFull(**_line(row).model_dump(), lead_words=row.lead_words, sections=sections, figures=figures)
