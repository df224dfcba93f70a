"""What somebody is in an organisation, corrected and ended; and what they agreed to."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.people import READ, WRITE, AffiliationLine, affiliation_line, router
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, FirstDayAfter, OwnKey, Sent, Words, localized, on_day
from simpul.people.codes import ConsentChannel, Division, Purpose, RoleTitle
from simpul.people.models import ContactConsent
from simpul.people.queries import affiliation_for, consent_for, consents_for, person_for
from simpul.people.services import (
    correct_affiliation,
    end_affiliation,
    record_contact_consent,
    withdraw_contact_consent,
)


class AffiliationFields(Sent):
    """What it should have said, all of it at once."""

    role: RoleTitle
    title: Words | None = None
    division: Division = Division.NONE
    on_board: bool = False
    valid_from: Day | None = None
    valid_until: FirstDayAfter = None


class AffiliationEnd(Sent):
    valid_until: Day = Field(description=prose("The first day it no longer holds."))


class ConsentLine(Shape):
    """What somebody agreed to, and how that can be shown."""

    id: UUID
    purpose: Purpose
    given_on: Day
    channel: ConsentChannel
    withdrawn_at: datetime | None


class NewConsent(Sent):
    id: OwnKey = None
    purpose: Purpose
    given_on: Day
    channel: ConsentChannel


@router.put(
    "/affiliations/{uuid:affiliation_id}",
    **told(
        prose("Correct what somebody is in an organisation"),
        prose("All fields at once; the answer carries a new id."), response=AffiliationLine, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def replace_affiliation(request: Call, affiliation_id: UUID, sent: AffiliationFields) -> AffiliationLine:
    given = {**dict(sent), "title": localized("title", sent.title)}
    row = affiliation_for(request.actor, affiliation_id)
    return affiliation_line(correct_affiliation(request.actor, row, now=timezone.now(), **given))


@router.post(
    "/affiliations/{uuid:affiliation_id}/end",
    **told(
        prose("Somebody stops being something in an organisation"), prose("What was true before stays true."),
        response=AffiliationLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def end_one_affiliation(request: Call, affiliation_id: UUID, sent: AffiliationEnd) -> AffiliationLine:
    row = affiliation_for(request.actor, affiliation_id)
    return affiliation_line(end_affiliation(request.actor, row, valid_until=sent.valid_until, now=timezone.now()))


@router.get(
    "/people/{uuid:person_id}/consents",
    **told(
        prose("What somebody agreed to"), prose("The newest first."), response=list[ConsentLine], scopes=READ,
        needs_token=True,
    ),
)  # fmt: skip
def list_consents(request: Call, person_id: UUID) -> list[ConsentLine]:
    person = person_for(request.actor, person_id, on=on_day(None))
    return [_consent(row) for row in consents_for(request.actor, person, on=on_day(None))]


@router.post(
    "/people/{uuid:person_id}/consents",
    **told(
        prose("Note that somebody agreed"), prose("One that stands for the purpose is given back as it is."),
        response=ConsentLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_consent(request: Call, person_id: UUID, sent: NewConsent) -> ConsentLine:
    person = person_for(request.actor, person_id, on=on_day(None))
    return _consent(record_contact_consent(request.actor, person, now=timezone.now(), **dict(sent)))


@router.post(
    "/consents/{uuid:consent_id}/withdraw",
    **told(
        prose("Somebody no longer agrees"), prose("It ends at once."), response=ConsentLine, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def withdraw_consent(request: Call, consent_id: UUID) -> ConsentLine:
    row = consent_for(request.actor, consent_id, on=on_day(None))
    return _consent(withdraw_contact_consent(request.actor, row, now=timezone.now()))


def _consent(row: ContactConsent) -> ConsentLine:
    return ConsentLine(
        id=row.pk, purpose=Purpose(row.purpose), given_on=row.given_on, channel=ConsentChannel(row.channel),
        withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
