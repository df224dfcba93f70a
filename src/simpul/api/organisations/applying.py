"""Handing an application in, and how far it has come for who shows its receipt: no account is asked for that."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.access.tidings import tell_of_answer, tell_of_application
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.applications import WRITE, StepLine, organisation_or_none, router, step_lines
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, OrganisationRef, OwnKey, Sent, Words, localized, words
from simpul.organisations.admission import Act, ApplicationState
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import ApplicationCall, MembershipApplication
from simpul.organisations.queries.applications import application_by_receipt, call_of
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.applicants import reply_to_network
from simpul.organisations.services.application_calls import close_applications, open_applications
from simpul.organisations.services.applications import Contact, submit_application


class CallLine(Shape):
    """Whether the network takes applications, and what it asks of a member."""

    is_open: bool
    terms: Words | None
    opened_at: datetime | None


class NewCall(Sent):
    id: OwnKey = None
    terms: Words | None = Field(None, description=prose("What it asks of a member."))


class ContactShape(Sent):
    """Whom to ask. Only the network reads it, and it is deleted half a year after the decision."""

    name: str = Field(max_length=120)
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=254)
    position: str = Field("", max_length=120)


class NewApplication(Sent):
    """What an organisation says of itself that wants to join."""

    receipt: str = Field(
        "", max_length=40, description=prose("One drawn before: sent again, nothing is made twice. Empty: a new one.")
    )
    kind: OrganisationKind
    name: str = Field(max_length=200)
    acronym: str = Field("", max_length=40)
    seat: AreaCode | None = None
    does: str = Field(max_length=1000, description=prose("What it does, for whom; no names of people."))
    hopes: str = Field("", max_length=1000, description=prose("Why it wants to join."))
    contact: ContactShape
    consents: bool = Field(description=prose("The contact agreed to be written to about this."))
    applicant: UUID | None = Field(None, description=prose("The organisation of the directory that it says it is."))


class Handed(Shape):
    """The receipt is told this once: with it, and without an account, the applicant sees how far it has come."""

    id: UUID
    receipt: str = Field(examples=["K7MX-92QF-4HTC-7WDZ"])


class Shown(Sent):
    """The receipt, in the body alone: an address is written down in too many places."""

    receipt: str = Field(max_length=40, examples=["K7MX-92QF-4HTC-7WDZ"])


class Answer(Shown):
    words: str = Field(max_length=2000)


class Progress(Shape):
    """What the applicant may know: not who in the network did what."""

    network: OrganisationRef
    name: str
    state: ApplicationState
    received_at: datetime
    steps: list[StepLine]


@router.get(
    "/networks/{uuid:network_id}/application-call",
    **told(prose("Whether a network takes applications"), response=CallLine),
)
def read_call(request: Call, network_id: UUID) -> CallLine:
    return _call(call_of(organisation_for(request.actor, network_id)))


@router.put(
    "/networks/{uuid:network_id}/application-call",
    **told(
        prose("Take applications"), prose("With what is asked of a member. Other terms begin a new call."),
        response=CallLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def open_call(request: Call, network_id: UUID, sent: NewCall) -> CallLine:
    terms, network = localized("terms", sent.terms), organisation_for(request.actor, network_id)
    return _call(open_applications(request.actor, network, terms=terms, id=sent.id, now=timezone.now()))


@router.post(
    "/networks/{uuid:network_id}/application-call/close",
    **told(
        prose("Take no more applications"), prose("What was sent stays in the queue."), response=CallLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def close_call(request: Call, network_id: UUID) -> CallLine:
    network = organisation_for(request.actor, network_id)
    close_applications(request.actor, network, now=timezone.now())
    return _call(call_of(network))


@router.post(
    "/networks/{uuid:network_id}/applications",
    **told(
        prose("Hand in an application"),
        prose("From a form of your own. Nothing follows from it before somebody has checked."),
        response=Handed, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_application(request: Call, network_id: UUID, sent: NewApplication) -> Handed:
    network, now, receipt = organisation_for(request.actor, network_id), timezone.now(), sent.receipt or new_receipt()
    row = submit_application(
        request.actor, network, receipt=receipt, kind=sent.kind, name=sent.name, acronym=sent.acronym, does=sent.does,
        hopes=sent.hopes, seat=area_named("seat", sent.seat), contact=Contact(**dict(sent.contact)),
        consents=sent.consents, applicant=organisation_or_none(request, sent.applicant), now=now,
    )  # fmt: skip
    tell_of_application(row, now=now)
    return Handed(id=row.pk, receipt=receipt)


@router.post(
    "/receipts/read",
    **told(
        prose("How far an application has come"),
        prose("For who has its receipt, sent in the body and never in an address."),
        response=Progress,
    ),
)  # fmt: skip
def read_receipt(request: Call, sent: Shown) -> Progress:
    return _progress(application_by_receipt(sent.receipt))


@router.post(
    "/receipts/answer",
    **told(prose("Answer what the network asked"), prose("For who has the receipt."), response=Progress),
)
def answer_network(request: Call, sent: Answer) -> Progress:
    row, now = application_by_receipt(sent.receipt), timezone.now()
    step = reply_to_network(request.actor, row, receipt=sent.receipt, act=Act.ANSWER, words=sent.words, now=now)
    tell_of_answer(row, step.number, now=now)
    return _progress(application_by_receipt(sent.receipt))


@router.post(
    "/receipts/withdraw",
    **told(prose("Withdraw an application"), prose("For who has the receipt."), response=Progress),
)
def withdraw_application(request: Call, sent: Shown) -> Progress:
    row = application_by_receipt(sent.receipt)
    reply_to_network(request.actor, row, receipt=sent.receipt, act=Act.WITHDRAW, now=timezone.now())
    return _progress(application_by_receipt(sent.receipt))


def _call(row: ApplicationCall | None) -> CallLine:
    return CallLine(
        is_open=row is not None, terms=words(row.terms) if row else None, opened_at=row.opened_at if row else None
    )


def _progress(row: MembershipApplication) -> Progress:
    return Progress(
        network=OrganisationRef.of(row.network), name=row.name, state=ApplicationState(row.state),
        received_at=row.received_at, steps=step_lines(row),
    )  # fmt: skip
