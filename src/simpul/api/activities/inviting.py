"""Who is asked to come, and what they are asked; seats kept for groups; minutes of an online meeting; reminders."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.activities.kinds import AnswerKind
from simpul.activities.models import EventQuestion, Invitation, SeatReservation
from simpul.activities.queries.events import event_for
from simpul.activities.queries.invitations import invitations_for, kept_invitation, letter_by_code
from simpul.activities.rules.events import require_manager
from simpul.activities.services.invitations import decline, invite, remind_unanswered
from simpul.activities.services.letters import decline_letter, invite_person, renew_letter, withdraw_invitation
from simpul.activities.services.questions import add_question, remove_question
from simpul.activities.services.seats import release_seats, reserve_seats
from simpul.api.activities.attending import HeldReceipt
from simpul.api.activities.events import router
from simpul.api.activities.programme import WRITING, MadeLine
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Instant, OrganisationRef, OwnKey, Sent, Words, needed_words
from simpul.kernel.errors import NotFound
from simpul.organisations.queries.profiles import organisation_for

RECEIVING: Final[dict[str, Any]] = {"scopes": ("attendance:write",), "needs_token": True}


class InvitationLine(Shape):
    """To an organisation, or to somebody by name. `comes` is null while nobody answered."""

    id: UUID
    organisation: OrganisationRef | None
    name: str
    office: str
    invited_at: datetime
    reminded_at: datetime | None
    comes: bool | None


class InvitedOrganisations(Sent):
    organisations: list[UUID] = Field(max_length=200)


class HowMany(Shape):
    number: int


class NewLetter(Sent):
    id: OwnKey = None
    name: str = Field(max_length=160)
    office: str = Field("", max_length=120)
    reach: str = Field("", max_length=200, description=prose("How you reach them; nobody is written to."))


class LetterLine(Shape):
    """The code is told this once: with it they answer without an account."""

    id: UUID
    code: str


class NewKeptSeats(Sent):
    organisation: UUID
    seats: int = Field(ge=1, le=10_000)
    until: Instant | None = Field(None, description=prose("Then what is left of them is anybody's."))


class NewQuestion(Sent):
    id: OwnKey = None
    kind: AnswerKind
    label: Words
    choices: list[str] = Field([], max_length=30)
    is_required: bool = False


@router.get(
    "/events/{uuid:event_id}/invitations",
    **told(prose("Who was asked to come"), response=Page[InvitationLine], **WRITING),
)
def list_invitations(request: Call, event_id: UUID, cut: Query[Cut]) -> Page[InvitationLine]:
    rows = invitations_for(request.actor, event_for(request.actor, event_id))
    return page_of(request, rows, cut, lambda found: [_line(row) for row in found], by=("invited_at", "pk"))


def _line(row: Invitation) -> InvitationLine:
    comes = True if getattr(row, "is_registered", False) else (False if row.declined_at else None)
    return InvitationLine(
        id=row.pk, organisation=OrganisationRef.of(row.organisation) if row.organisation else None,
        name=str(row.name.open()) if row.name else "", office=row.office, invited_at=row.invited_at,
        reminded_at=row.reminded_at, comes=comes,
    )  # fmt: skip


@router.post(
    "/events/{uuid:event_id}/invitations",
    **told(
        prose("Invite organisations"), prose("Their people are told; one asked before is not asked again."),
        response=HowMany, **WRITING,
    ),
)  # fmt: skip
def invite_organisations(request: Call, event_id: UUID, sent: InvitedOrganisations) -> HowMany:
    asked = [organisation_for(request.actor, key) for key in sent.organisations]
    event = event_for(request.actor, event_id)
    return HowMany(number=invite(request.actor, event, organisations=asked, now=timezone.now()))


@router.post(
    "/events/{uuid:event_id}/invitations/remind",
    **told(prose("Remind who has not answered"), prose("Organisations, once a day."), response=HowMany, **WRITING),
)
def remind_invited(request: Call, event_id: UUID) -> HowMany:
    event = event_for(request.actor, event_id)
    return HowMany(number=remind_unanswered(request.actor, event, now=timezone.now()))


@router.post(
    "/events/{uuid:event_id}/letters",
    **told(prose("Invite somebody by name"), response=LetterLine, status=201, **WRITING),
)
def create_letter(request: Call, event_id: UUID, sent: NewLetter) -> LetterLine:
    row, code = invite_person(request.actor, event_for(request.actor, event_id), **dict(sent), now=timezone.now())
    return LetterLine(id=row.pk, code=code)


@router.post(
    "/invitations/{uuid:invitation_id}/renew",
    **told(
        prose("Ask somebody again"), prose("A new code; the old one opens nothing."), response=LetterLine, **WRITING
    ),
)  # fmt: skip
def renew_invitation(request: Call, invitation_id: UUID) -> LetterLine:
    row = kept_invitation(request.actor, invitation_id)
    return LetterLine(id=row.pk, code=renew_letter(request.actor, row, now=timezone.now()))


@router.delete(
    "/invitations/{uuid:invitation_id}",
    **told(prose("Take an invitation back"), response=None, status=204, **WRITING),
)
def delete_invitation(request: Call, invitation_id: UUID) -> None:
    withdraw_invitation(request.actor, kept_invitation(request.actor, invitation_id), now=timezone.now())


@router.post(
    "/invitations/{uuid:invitation_id}/decline",
    **told(
        prose("Say that nobody comes"), prose("For an organisation that was asked."), response=MadeLine,
        scopes=("events:write", "attendance:write"), needs_token=True,
    ),
)  # fmt: skip
def decline_invitation(request: Call, invitation_id: UUID) -> MadeLine:
    row = Invitation.objects.filter(pk=invitation_id).select_related("event", "organisation").first()
    if row is None:
        raise NotFound("activities.event", invitation_id)
    return MadeLine(id=decline(request.actor, row, now=timezone.now()).pk)


@router.post(
    "/letters/decline",
    **told(prose("Answer a letter: they do not come"), prose("For who holds its code."), response=MadeLine),
)
def decline_by_letter(request: Call, sent: HeldReceipt) -> MadeLine:
    row = letter_by_code(sent.receipt)
    return MadeLine(id=decline_letter(request.actor, row, code=sent.receipt, now=timezone.now()).pk)


@router.post(
    "/events/{uuid:event_id}/kept-seats",
    **told(
        prose("Keep seats for a group"), prose("The code is told this once."), response=LetterLine, status=201,
        **WRITING,
    ),
)  # fmt: skip
def keep_seats(request: Call, event_id: UUID, sent: NewKeptSeats) -> LetterLine:
    group = organisation_for(request.actor, sent.organisation)
    row, code = reserve_seats(
        request.actor, event_for(request.actor, event_id), organisation=group, seats=sent.seats, until=sent.until,
        now=timezone.now(),
    )  # fmt: skip
    return LetterLine(id=row.pk, code=code)


@router.delete(
    "/events/{uuid:event_id}/kept-seats/{uuid:row_id}",
    **told(prose("Give kept seats free"), response=None, status=204, **WRITING),
)
def free_seats(request: Call, event_id: UUID, row_id: UUID) -> None:
    event = event_for(request.actor, event_id)
    require_manager(request.actor, event)
    row = SeatReservation.objects.filter(event=event, pk=row_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.seatreservation", row_id)
    release_seats(request.actor, row, now=timezone.now())


@router.post(
    "/events/{uuid:event_id}/questions",
    **told(prose("Ask something of your own"), response=MadeLine, status=201, **WRITING),
)
def create_question(request: Call, event_id: UUID, sent: NewQuestion) -> MadeLine:
    row = add_question(
        request.actor, event_for(request.actor, event_id), kind=sent.kind, label=needed_words("label", sent.label),
        choices=sent.choices, is_required=sent.is_required, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return MadeLine(id=row.pk)


@router.delete(
    "/events/{uuid:event_id}/questions/{uuid:question_id}",
    **told(prose("Ask something no more"), response=None, status=204, **WRITING),
)
def delete_question(request: Call, event_id: UUID, question_id: UUID) -> None:
    event = event_for(request.actor, event_id)
    require_manager(request.actor, event)
    row = EventQuestion.objects.filter(event=event, pk=question_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.eventquestion", question_id)
    remove_question(request.actor, row, now=timezone.now())
