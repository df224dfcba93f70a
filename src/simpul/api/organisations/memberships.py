"""Keeping memberships true: admitting, agreeing, correcting, ending, taking back."""

from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.organisations.networks import MembershipLine, membership_lines, router
from simpul.api.organisations.profiles import area_named
from simpul.api.prose import prose
from simpul.api.shapes import AreaCode, Day, FirstDayAfter, OwnKey, Sent
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Membership
from simpul.organisations.models.memberships import EndReason, MembershipRole
from simpul.organisations.queries.networks import memberships_for
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.services.memberships import (
    admit_member,
    confirm_membership,
    correct_membership,
    end_membership,
    register_member,
    withdraw_membership,
)

WRITE: Final = ("memberships:write",)


class Admission(Sent):
    """A member taken in."""

    id: OwnKey = None
    network: UUID
    member: UUID
    role: MembershipRole = MembershipRole.MEMBER
    valid_from: Day | None = None
    valid_until: Day | None = None
    has_readiness_statement: bool = False
    readiness_note: str = Field("", max_length=200)
    decided_by: str = Field("", max_length=200, description=prose("The organ that decided, never a private person."))


class Ending(Sent):
    """The end of a membership."""

    valid_until: Day = Field(description=prose("The first day it no longer holds."))
    reason: EndReason


class NewMember(Sent):
    """An organisation that is in no directory yet, and its membership."""

    id: OwnKey = None
    kind: str = Field(max_length=40, description=prose("A code of the vocabulary kind."), examples=["OT.T"])
    name: str = Field(max_length=200, examples=["Komunitas Baca Contoh"])
    acronym: str = Field("", max_length=40)
    seat: AreaCode | None = None
    role: MembershipRole = MembershipRole.MEMBER
    valid_from: Day | None = None


class Correction(Sent):
    """The fields that were wrong; those that are not sent stay as they are."""

    role: MembershipRole = MembershipRole.MEMBER
    valid_from: Day | None = None
    valid_until: FirstDayAfter = None
    end_reason: EndReason = EndReason.LEFT
    has_readiness_statement: bool = False
    readiness_note: str = Field("", max_length=200)
    decided_by: str = Field("", max_length=200, description=prose("The organ that decided, never a private person."))


@router.get("/memberships/{uuid:membership_id}", **told(prose("Read a membership"), response=MembershipLine))
def read_membership(request: Call, membership_id: UUID) -> MembershipLine:
    return membership_lines(request, [membership_for(request, membership_id)])[0]


@router.post(
    "/memberships",
    **told(
        prose("Admit a member"),
        prose("The member confirms it, unless the token may also speak for the member."),
        response=MembershipLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_membership(request: Call, sent: Admission) -> MembershipLine:
    row = admit_member(
        request.actor, organisation_for(request.actor, sent.network),
        member=organisation_for(request.actor, sent.member), role=sent.role, valid_from=sent.valid_from,
        valid_until=sent.valid_until, has_readiness_statement=sent.has_readiness_statement,
        readiness_note=sent.readiness_note, decided_by=sent.decided_by, membership_id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/confirm",
    **told(
        prose("Confirm that you are a member"),
        prose("Done by the member. The answer may carry a new id: every change appends a row."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def confirm(request: Call, membership_id: UUID) -> MembershipLine:
    row = confirm_membership(request.actor, membership_for(request, membership_id), now=timezone.now())
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/end",
    **told(
        prose("End a membership"),
        prose("By the network or by the member. What was stays on record."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def end(request: Call, membership_id: UUID, sent: Ending) -> MembershipLine:
    row = end_membership(
        request.actor, membership_for(request, membership_id), valid_until=sent.valid_until, reason=sent.reason,
        now=timezone.now(),
    )  # fmt: skip
    return membership_lines(request, [row])[0]


@router.post(
    "/memberships/{uuid:membership_id}/withdraw",
    **told(
        prose("Take back an entry made by mistake"),
        prose("It was never true. As of yesterday it is still known."),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw(request: Call, membership_id: UUID) -> MembershipLine:
    row = membership_for(request, membership_id)
    withdraw_membership(request.actor, row, now=timezone.now())
    return membership_lines(request, [row])[0]


@router.post(
    "/networks/{uuid:network_id}/members",
    **told(
        prose("Register an organisation as a member"),
        prose("One that nobody has entered yet. It is a member at once, and the network may keep its entry."),
        response=MembershipLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_member(request: Call, network_id: UUID, sent: NewMember) -> MembershipLine:
    network = organisation_for(request.actor, network_id)
    row = register_member(
        request.actor, network, kind=sent.kind, name=sent.name, acronym=sent.acronym,
        seat=area_named("seat", sent.seat), role=sent.role, valid_from=sent.valid_from, organisation_id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    return membership_lines(request, [row])[0]


@router.patch(
    "/memberships/{uuid:membership_id}",
    **told(
        prose("Correct a membership"),
        prose(
            "Only the fields that are sent. The answer carries a new id: every change appends a row, and the member "
            "confirms another role or period anew."
        ),
        response=MembershipLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def change_membership(request: Call, membership_id: UUID, sent: Correction) -> MembershipLine:
    changes: dict[str, Any] = {name: getattr(sent, name) for name in sent.model_fields_set}
    row = correct_membership(request.actor, membership_for(request, membership_id), changes, now=timezone.now())
    return membership_lines(request, [row])[0]


def membership_for(call: Call, membership_id: UUID) -> Membership:
    """As known now. NotFound for one with an end out of sight, and for one that was superseded."""
    found = memberships_for(call.actor).filter(pk=membership_id).first()
    if found is None:
        raise NotFound("organisations.membership", membership_id)
    return found
