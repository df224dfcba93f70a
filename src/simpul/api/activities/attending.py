"""Registering for an event, and noting who came."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.activities.details import Details
from simpul.activities.kinds import AgeBand, Disability, How, Publishing, Stakeholder
from simpul.activities.models import Registration
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.queries.attendance import tally_for
from simpul.activities.queries.events import event_for, session_for
from simpul.activities.queries.invitations import letter_by_code
from simpul.activities.queries.registrations import place_in_line, registration_by_receipt
from simpul.activities.services.attendance import Heads, check_in, count_heads, walk_in
from simpul.activities.services.claiming import renew_door_digest
from simpul.activities.services.registrations import accept_offer, register, withdraw
from simpul.activities.states import SeatState
from simpul.api.activities.events import router
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.applications import organisation_or_none
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Instant, OwnKey, Sent
from simpul.kernel.errors import NotFound
from simpul.people.codes import Sex

WRITE: Final = ("attendance:write",)


class Somebody(Sent):
    """A name, and as much as the event asks; what it does not ask is dropped."""

    name: str = Field(max_length=160)
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=254)
    organisation: UUID | None = None
    organisation_name: str = Field("", max_length=160)
    stakeholder: Stakeholder | None = None
    area: AreaCode | None = None
    sex: Sex = Sex.UNKNOWN
    age_band: AgeBand = AgeBand.NOT_SAID
    disability: Disability = Disability.NOT_SAID
    needs: str = Field("", max_length=300)
    publishing: Publishing = Field(Publishing.NOTHING, description=prose("What they let be published of them."))
    may_contact: bool = Field(False, description=prose("They agreed to be written to about this event."))
    answers: dict[str, str | float | list[str] | None] | None = Field(
        None, max_length=40, description=prose("To the organiser's own questions: id of the question, answer.")
    )

    def details(self, call: Call) -> Details:
        return Details(
            name=self.name, phone=self.phone, email=self.email,
            organisation=organisation_or_none(call, self.organisation), organisation_name=self.organisation_name,
            stakeholder=self.stakeholder or "", area=area_named("area", self.area), sex=self.sex,
            age_band=self.age_band, disability=self.disability, needs=self.needs, publishing=self.publishing,
            may_contact=self.may_contact, answers=self.answers,
        )  # fmt: skip


class NewRegistration(Somebody):
    receipt: str = Field(
        "", max_length=40, description=prose("One drawn before: sent again, nobody registers twice. Empty: a new one.")
    )
    code: str = Field("", max_length=40, description=prose("Of seats that are kept for a group."))
    letter: str = Field("", max_length=40, description=prose("The code of an invitation by name."))


class HeldReceipt(Sent):
    """The receipt, in the body alone: an address is written down in too many places."""

    receipt: str = Field(max_length=40, examples=["K7MX-92QF-4HTC-7WDZ"])


class RegistrationLine(Shape):
    """Whether there is a seat. `pass_code` is what the QR code holds: shown at the door, it opens nothing."""

    id: UUID
    event: UUID
    state: SeatState
    place_in_line: int
    offered_until: datetime | None
    receipt: str
    pass_code: str


class NewCheckIn(Sent):
    id: OwnKey = None
    pass_code: str = Field(max_length=20, examples=["7KM2P-QX4TA"])
    how: How = How.QR
    arrived_at: Instant | None = Field(None, description=prose("When it was noted without a connection."))
    door: str = Field("", max_length=40)


class NewWalkIn(Somebody):
    id: OwnKey = None
    arrived_at: Instant | None = None
    door: str = Field("", max_length=40)


class CheckInLine(Shape):
    """`is_new`: this was the first note of it."""

    id: UUID
    is_new: bool
    arrived_at: datetime | None


class HeadLine(Sent):
    number: int = Field(ge=1, le=10_000)
    sex: Sex = Sex.UNKNOWN
    age_band: AgeBand = AgeBand.NOT_SAID
    disability: Disability = Disability.NOT_SAID
    stakeholder: Stakeholder | None = None
    area: AreaCode | None = None


class HeadCounts(Sent):
    rows: list[HeadLine] = Field(max_length=200)


class TallyLine(Shape):
    """People of one event, each once. Each dimension sums to `people`; an empty code is not known."""

    people: int
    registered: int
    came_unannounced: int
    by: dict[str, dict[str, int]]


@router.post(
    "/events/{uuid:event_id}/registrations",
    **told(
        prose("Register somebody"),
        prose("From a form of your own. A seat, or a place in the line where none is free."),
        response=RegistrationLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_registration(request: Call, event_id: UUID, sent: NewRegistration) -> RegistrationLine:
    receipt = sent.receipt or new_receipt()
    event = letter_by_code(sent.letter).event if sent.letter else event_for(request.actor, event_id)
    if event.pk != event_id:
        raise NotFound("activities.event", event_id)
    row = register(
        request.actor, event, receipt=receipt, details=sent.details(request),
        code=sent.code, letter=sent.letter, now=timezone.now(),
    )  # fmt: skip
    return _registration(row, receipt)


@router.post(
    "/registrations/read",
    **told(prose("How a registration stands"), prose("For who holds its receipt."), response=RegistrationLine),
)
def read_registration(request: Call, sent: HeldReceipt) -> RegistrationLine:
    row = registration_by_receipt(sent.receipt)
    renew_door_digest(request.actor, row, receipt=sent.receipt, now=timezone.now())
    return _registration(row, sent.receipt)


@router.post(
    "/registrations/accept",
    **told(prose("Take the seat that became free"), prose("For who holds the receipt."), response=RegistrationLine),
)
def accept_seat(request: Call, sent: HeldReceipt) -> RegistrationLine:
    row = registration_by_receipt(sent.receipt)
    return _registration(accept_offer(request.actor, row, receipt=sent.receipt, now=timezone.now()), sent.receipt)


@router.post(
    "/registrations/withdraw",
    **told(prose("Withdraw a registration"), prose("For who holds the receipt."), response=RegistrationLine),
)
def withdraw_from_event(request: Call, sent: HeldReceipt) -> RegistrationLine:
    row = registration_by_receipt(sent.receipt)
    return _registration(withdraw(request.actor, row, receipt=sent.receipt, now=timezone.now()), sent.receipt)


@router.post(
    "/sessions/{uuid:session_id}/check-ins",
    **told(
        prose("Note that somebody came"), prose("By the code they show. Noted twice, it counts once."),
        response=CheckInLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_check_in(request: Call, session_id: UUID, sent: NewCheckIn) -> CheckInLine:
    done = check_in(
        request.actor, session_for(request.actor, session_id), shown=sent.pass_code, how=sent.how,
        arrived_at=sent.arrived_at, door=sent.door, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return CheckInLine(id=done.attendance.pk, is_new=done.is_new, arrived_at=done.attendance.arrived_at)


@router.post(
    "/sessions/{uuid:session_id}/walk-ins",
    **told(
        prose("Note somebody who came unannounced"), response=CheckInLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_walk_in(request: Call, session_id: UUID, sent: NewWalkIn) -> CheckInLine:
    done = walk_in(
        request.actor, session_for(request.actor, session_id), details=sent.details(request), id=sent.id,
        arrived_at=sent.arrived_at, door=sent.door, now=timezone.now(),
    )  # fmt: skip
    return CheckInLine(id=done.attendance.pk, is_new=done.is_new, arrived_at=done.attendance.arrived_at)


@router.put(
    "/sessions/{uuid:session_id}/heads",
    **told(
        prose("Count heads at a session"), prose("Where nobody is named. What was counted before is replaced."),
        response=TallyLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def replace_heads(request: Call, session_id: UUID, sent: HeadCounts) -> TallyLine:
    session = session_for(request.actor, session_id)
    rows = [
        Heads(
            row.number, sex=row.sex, age_band=row.age_band, disability=row.disability,
            stakeholder=row.stakeholder or "", area=area_named("area", row.area),
        )
        for row in sent.rows
    ]  # fmt: skip
    count_heads(request.actor, session, rows=rows, now=timezone.now())
    return _tally(request, session.event_id)


@router.get(
    "/events/{uuid:event_id}/attendance",
    **told(
        prose("How many came"), prose("By sex, age, disability, stakeholder and area; for who receives them."),
        response=TallyLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def read_attendance(request: Call, event_id: UUID) -> TallyLine:
    return _tally(request, event_id)


def _tally(call: Call, event_id: UUID) -> TallyLine:
    found = tally_for(call.actor, event_for(call.actor, event_id))
    return TallyLine(
        people=found.people, registered=found.registered, came_unannounced=found.came_unannounced, by=found.by
    )


def _registration(row: Registration, receipt: str) -> RegistrationLine:
    return RegistrationLine(
        id=row.pk, event=row.event_id, state=row.state, place_in_line=place_in_line(row),
        offered_until=row.offered_until, receipt=receipt, pass_code=pass_of(receipt),
    )  # fmt: skip
