"""Applications for membership, as the network reads, verifies and decides them."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaRef, Day, OrganisationRef, Sent
from simpul.organisations.admission import OPEN, Act, ApplicationState, Check
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.queries.applications import (
    alike_to,
    application_for,
    applications_for,
    checks_of,
    steps_of,
)
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.services.acceptance import accept_application
from simpul.organisations.services.applications import (
    check_application,
    move_application,
    refuse_application,
)
from simpul.organisations.turns import opened

router = Router(tags=["applications"])
WRITE: Final = ("applications:write",)
Move = Literal["begin", "ask", "verify", "review", "dismiss"]


class ApplicationsSought(Cut):
    open: bool = Field(True, description=prose("Those that wait; otherwise all."))


class ApplicationLine(Shape):
    """An application in the queue of a network."""

    id: UUID
    network: UUID
    kind: OrganisationKind
    name: str
    acronym: str
    seat: AreaRef | None
    state: ApplicationState
    received_at: datetime
    since: datetime = Field(description=prose("The instant of the last step."))


class StepLine(Shape):
    """One step. `words` were written to or by the applicant."""

    number: int
    act: Act
    state: ApplicationState
    words: str
    decided_by: str
    decided_on: Day | None
    minutes: str
    membership: UUID | None
    recorded_at: datetime


class ContactLine(Shape):
    name: str
    position: str
    phone: str
    email: str


class ApplicationFull(ApplicationLine):
    does: str
    hopes: str
    applicant: UUID | None
    contact: ContactLine | None = Field(description=prose("Null once it was forgotten."))
    checks: dict[str, bool] = Field(description=prose("Points of the list to what was found."))
    steps: list[StepLine]
    alike: list[OrganisationRef] = Field(description=prose("Entries of the directory that may be the same."))


class Found(Sent):
    """Points of the list to whether they are so."""

    checks: dict[Check, bool]


class Step(Sent):
    act: Move
    words: str = Field("", max_length=2000, description=prose("The applicant reads this."))


class Decided(Sent):
    """Which organ decided, and when."""

    decided_by: str = Field(max_length=200, description=prose("The organ that decided, never a private person."))
    decided_on: Day
    words: str = Field("", max_length=2000, description=prose("The applicant reads this."))
    minutes: str = Field("", max_length=200, description=prose("Where the decision can be read."))


class Accepted(Decided):
    member: UUID | None = Field(None, description=prose("The organisation that this is; null: it is registered."))
    valid_from: Day | None = None


@router.get(
    "/networks/{uuid:network_id}/applications",
    **told(
        prose("The queue of applications"), prose("The oldest first, for who decides them; nobody's for others."),
        response=Page[ApplicationLine], scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def list_applications(request: Call, network_id: UUID, sought: Query[ApplicationsSought]) -> Page[ApplicationLine]:
    rows = applications_for(request.actor).filter(network=organisation_for(request.actor, network_id))
    rows = rows.filter(Q(state__in=OPEN)) if sought.open else rows
    rows = rows.select_related("seat")
    return page_of(request, rows, sought, lambda found: [_line(row) for row in found], by=("received_at", "pk"))


@router.get(
    "/applications/{uuid:application_id}",
    **told(
        prose("Read an application"), prose("With its contact, what was checked, and every step."),
        response=ApplicationFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def read_application(request: Call, application_id: UUID) -> ApplicationFull:
    return _full(request, application_id)


@router.post(
    "/applications/{uuid:application_id}/checks",
    **told(
        prose("Note what was found"), prose("Points of the list; the last word on a point holds."),
        response=ApplicationFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def check_points(request: Call, application_id: UUID, sent: Found) -> ApplicationFull:
    row = application_for(request.actor, application_id)
    check_application(request.actor, row, {item.value: met for item, met in sent.checks.items()}, now=timezone.now())
    return _full(request, application_id)


@router.post(
    "/applications/{uuid:application_id}/steps",
    **told(
        prose("Take an application a step further"), prose("Begin, ask, verify, take back to verify, set aside."),
        response=ApplicationFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def step_application(request: Call, application_id: UUID, sent: Step) -> ApplicationFull:
    row = application_for(request.actor, application_id)
    move_application(request.actor, row, act=sent.act, words=sent.words, now=timezone.now())
    return _full(request, application_id)


@router.post(
    "/applications/{uuid:application_id}/accept",
    **told(
        prose("Accept an application"), prose("The applicant becomes a member in the same moment."),
        response=ApplicationFull, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def accept_applicant(request: Call, application_id: UUID, sent: Accepted) -> ApplicationFull:
    row, given = application_for(request.actor, application_id), sent.model_dump(exclude={"member"})
    member = organisation_or_none(request, sent.member)
    accept_application(request.actor, row, member=member, now=timezone.now(), **given)
    return _full(request, application_id)


@router.post(
    "/applications/{uuid:application_id}/refuse",
    **told(
        prose("Refuse an application"), prose("The applicant reads why."), response=ApplicationFull, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def refuse_applicant(request: Call, application_id: UUID, sent: Decided) -> ApplicationFull:
    row = application_for(request.actor, application_id)
    refuse_application(request.actor, row, now=timezone.now(), **dict(sent))
    return _full(request, application_id)


def organisation_or_none(call: Call, key: UUID | None) -> Organisation | None:
    return organisation_for(call.actor, key) if key else None


def _line(row: MembershipApplication) -> ApplicationLine:
    return ApplicationLine(
        id=row.pk, network=row.network_id, kind=OrganisationKind(row.kind), name=row.name, acronym=row.acronym,
        seat=AreaRef.of(row.seat), state=ApplicationState(row.state), received_at=row.received_at, since=row.since,
    )  # fmt: skip


def _full(call: Call, application_id: UUID) -> ApplicationFull:
    row = application_for(call.actor, application_id)
    return ApplicationFull(
        **_line(row).model_dump(), does=row.does, hopes=row.hopes, applicant=row.applicant_id, contact=_contact(row),
        checks=dict(checks_of(row)), steps=step_lines(row),
        alike=[OrganisationRef.of(one) for one in alike_to(call.actor, row).organisations],
    )  # fmt: skip


def _contact(row: MembershipApplication) -> ContactLine | None:
    if row.forgotten_at:
        return None
    return ContactLine(
        name=opened(row.contact_name), position=opened(row.contact_position), phone=opened(row.contact_phone),
        email=opened(row.contact_email),
    )  # fmt: skip


def step_lines(row: MembershipApplication) -> list[StepLine]:
    return [
        StepLine(
            number=step.number, act=Act(step.act), state=ApplicationState(step.state), words=said,
            decided_by=step.decided_by, decided_on=step.decided_on, minutes=step.minutes,
            membership=step.membership_id, recorded_at=step.recorded_at,
        )
        for step, said in steps_of(row)
    ]  # fmt: skip
