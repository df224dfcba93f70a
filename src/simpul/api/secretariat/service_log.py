"""The service log: written down, counted by kind, and who has had nothing for a year."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.secretariat.announcements import WRITE, router
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, OwnKey, Sent, on_day
from simpul.kernel.errors import Invalid
from simpul.organisations.models import ServiceRecord
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.service_records import count_services, service_for, services_for, unserved
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.secretariat import MANAGE, ServiceKind, ServiceOutcome
from simpul.organisations.services.service_records import log_service, withdraw_service


class Span(Shape):
    """From a day up to the day before another; this year where both are left out."""

    since: Day | None = None
    until: Day | None = Field(None, description=prose("The first day that is no longer of it."))


class ServicesSought(Span, Cut):
    pass


class ServiceLine(Shape):
    """What was done for whom."""

    id: UUID
    kind: ServiceKind
    served_on: Day
    outcome: ServiceOutcome
    summary: str
    for_all: bool = Field(description=prose("For all members at once."))
    members: list[OrganisationRef]


class KindLine(Shape):
    """How often in the span, and for how many members by name; `for_all` of the times were for everybody."""

    kind: ServiceKind
    times: int
    members: int
    for_all: int


class ServiceCounts(Shape):
    kinds: list[KindLine]
    unserved: list[OrganisationRef] = Field(description=prose("Members whom nothing names within the last year."))


class NewService(Sent):
    id: OwnKey = None
    kind: ServiceKind
    served_on: Day
    outcome: ServiceOutcome
    members: list[UUID] = Field([], max_length=200, description=prose("Empty: for all members at once."))
    summary: str = Field("", max_length=300, description=prose("In a sentence; no names of people."))


@router.get(
    "/networks/{uuid:network_id}/services",
    **told(
        prose("The service log"), prose("The latest first, for who keeps the network."), response=Page[ServiceLine],
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_services(request: Call, network_id: UUID, sought: Query[ServicesSought]) -> Page[ServiceLine]:
    network = organisation_for(request.actor, network_id)
    authorise(request.actor, MANAGE, network)
    since, until = _span(sought)
    rows = services_for(request.actor, network, since=since, until=until)
    by = ("served_on", "pk")
    return page_of(request, rows, sought, lambda found: [_line(row) for row in found], by=by, newest_first=True)


@router.get(
    "/networks/{uuid:network_id}/service-counts",
    **told(
        prose("The service log, counted"), prose("Every kind, those without any too; and who was left out."),
        response=ServiceCounts, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def read_service_counts(request: Call, network_id: UUID, sought: Query[Span]) -> ServiceCounts:
    network = organisation_for(request.actor, network_id)
    authorise(request.actor, MANAGE, network)
    since, until = _span(sought)
    counts = count_services(request.actor, network, since=since, until=until)
    left_out = unserved(request.actor, network, on=on_day(None))
    return ServiceCounts(
        kinds=[KindLine(kind=c.kind, times=c.times, members=c.members, for_all=c.for_all) for c in counts],
        unserved=[OrganisationRef.of(row) for row in left_out],
    )


@router.post(
    "/networks/{uuid:network_id}/services",
    **told(prose("Write a service down"), response=ServiceLine, status=201, scopes=WRITE, needs_token=True),
)
def create_service(request: Call, network_id: UUID, sent: NewService) -> ServiceLine:
    network = organisation_for(request.actor, network_id)
    members = [organisation_for(request.actor, key) for key in dict.fromkeys(sent.members)]
    row = log_service(
        request.actor, network, kind=sent.kind, served_on=sent.served_on, outcome=sent.outcome, members=members,
        summary=sent.summary, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return _line(row)


@router.post(
    "/services/{uuid:service_id}/withdraw",
    **told(
        prose("Take a service out of the log"), prose("An entry made by mistake."), response=ServiceLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_logged_service(request: Call, service_id: UUID) -> ServiceLine:
    row = service_for(request.actor, service_id)
    withdraw_service(request.actor, row, now=timezone.now())
    return _line(row)


def _span(sought: Span) -> tuple[date, date]:
    this_year = on_day(None).year
    since, until = sought.since or date(this_year, 1, 1), sought.until or date(this_year + 1, 1, 1)
    if until <= since:
        raise Invalid("period_reversed", "until")
    return since, until


def _line(row: ServiceRecord) -> ServiceLine:
    return ServiceLine(
        id=row.pk, kind=ServiceKind(row.kind), served_on=row.served_on, outcome=ServiceOutcome(row.outcome),
        summary=row.summary, for_all=row.for_all,
        members=[OrganisationRef.of(served.organisation) for served in row.served.all()],
    )  # fmt: skip
