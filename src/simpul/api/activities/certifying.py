"""Certificates: who earns one, giving them out, correcting and withdrawing them; whether one is valid.

Papers with names: who gives them out keeps the event and receives its people, so a token needs both scopes.
"""

from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from ninja import Query
from pydantic import Field

from simpul.activities.kinds import Visibility
from simpul.activities.models import Certificate, CertificateRule, Event, Measure, Validity
from simpul.activities.queries.certificates import KIND, certificate_for, roll_of, verdict_on
from simpul.activities.queries.events import event_for
from simpul.activities.rules.outcomes import require_issuer
from simpul.activities.services.certificates import (
    LONGEST_NAME,
    MOST_MINUTES,
    issue_certificates,
    reissue_certificate,
    set_certificate_rule,
    withdraw_certificate,
)
from simpul.api.activities.promising import router
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, OrganisationRef, Sent, Words, words
from simpul.kernel.errors import NotFound

BOTH: Final[dict[str, Any]] = {"scopes": ("events:write", "attendance:write"), "needs_token": True}
_WHOLE: Final = prose("For who keeps the event and receives its people: with both scopes.")


class RuleSent(Sent):
    measure: Measure
    least: int = Field(ge=1, le=MOST_MINUTES, description=prose("So many sessions or minutes."))
    signer: str = Field(max_length=LONGEST_NAME)
    signer_position: str = Field("", max_length=120)


class RuleShape(Shape):
    measure: Measure
    least: int
    signer: str
    signer_position: str


class CertificateRoll(Shape):
    """How far it has come, in people."""

    rule: RuleShape | None = Field(description=prose("Null: nobody said yet who earns one."))
    came: int
    earning: int
    issued: int
    waiting: int = Field(description=prose("They earn one, and can have it now."))
    unprintable: int = Field(description=prose("They earn one, with a name whose letters can't be printed."))


class CertificateLine(Shape):
    id: UUID
    event: UUID
    participant: UUID
    number: str = Field(examples=["012/SERT/VI/2025"])
    code: str = Field(description=prose("In its QR code: it opens whether it is valid, and no name."))
    name: str = Field(description=prose("As it is printed; empty once they were forgotten."))
    issued_on: Day
    validity: Validity
    withdrawn_reason: str
    replaces: UUID | None


class Issued(Shape):
    issued: int = Field(description=prose("How many this call gave out, a hundred at most."))
    waiting: int = Field(description=prose("How many are left: ask again until it is 0."))


class RightName(Sent):
    name: str = Field(max_length=LONGEST_NAME)


class WithdrawnFor(Sent):
    reason: str = Field(max_length=200)


class VerdictLine(Shape):
    """What a code tells everybody: no name. The rest is empty where the event or its host is not shown to everybody."""

    validity: Validity
    number: str
    issued_on: Day
    event: Words | None
    organisation: OrganisationRef | None


@router.get(
    "/events/{uuid:event_id}/certificate-rule",
    **told(prose("Who earns a certificate, and how many have one"), _WHOLE, response=CertificateRoll, **BOTH),
)
def read_certificate_rule(request: Call, event_id: UUID) -> CertificateRoll:
    return _roll(request, event_for(request.actor, event_id))


@router.put(
    "/events/{uuid:event_id}/certificate-rule",
    **told(prose("Say who earns a certificate"), _WHOLE, response=CertificateRoll, **BOTH),
)
def replace_certificate_rule(request: Call, event_id: UUID, sent: RuleSent) -> CertificateRoll:
    event = event_for(request.actor, event_id)
    set_certificate_rule(request.actor, event, **dict(sent), now=timezone.now())
    return _roll(request, event)


@router.post(
    "/events/{uuid:event_id}/certificates",
    **told(
        prose("Give out certificates"), prose("A hundred at a time; again it goes on, and nobody has two."),
        response=Issued, **BOTH,
    ),
)  # fmt: skip
def create_certificates(request: Call, event_id: UUID) -> Issued:
    event = event_for(request.actor, event_id)
    made = issue_certificates(request.actor, event, now=timezone.now())
    return Issued(issued=made, waiting=roll_of(request.actor, event).waiting)


@router.get(
    "/events/{uuid:event_id}/certificates",
    **told(prose("Certificates of an event"), _WHOLE, response=Page[CertificateLine], **BOTH),
)
def list_certificates(request: Call, event_id: UUID, cut: Query[Cut]) -> Page[CertificateLine]:
    event = event_for(request.actor, event_id)
    require_issuer(request.actor, event)
    rows = Certificate.objects.filter(event=event).select_related("event")
    return page_of(request, rows, cut, lambda found: [_line(row) for row in found])


@router.post(
    "/certificates/{uuid:certificate_id}/reissue",
    **told(
        prose("Correct the name"), prose("A new certificate; the one before is not valid any more."),
        response=CertificateLine, **BOTH,
    ),
)  # fmt: skip
def reissue_issued(request: Call, certificate_id: UUID, sent: RightName) -> CertificateLine:
    row = certificate_for(request.actor, certificate_id)
    return _line(reissue_certificate(request.actor, row, name=sent.name, now=timezone.now()))


@router.post(
    "/certificates/{uuid:certificate_id}/withdraw",
    **told(prose("Withdraw a certificate"), prose("Its code says so."), response=CertificateLine, **BOTH),
)
def withdraw_issued(request: Call, certificate_id: UUID, sent: WithdrawnFor) -> CertificateLine:
    row = certificate_for(request.actor, certificate_id)
    return _line(withdraw_certificate(request.actor, row, reason=sent.reason, now=timezone.now()))


@router.get(
    "/verdicts/{str:certificate_code}",
    **told(
        prose("Is a certificate valid?"), prose("By the code printed on it; nobody is named."), response=VerdictLine
    ),
)
def read_verdict(request: Call, certificate_code: str) -> VerdictLine:
    del request  # the same for everybody
    row = verdict_on(certificate_code).certificate
    if row is None:
        raise NotFound(KIND)
    host = None if row.event.owner_organisation.in_safety_mode else row.event.owner_organisation
    is_shown = host is not None and row.event.visibility == Visibility.PUBLIC
    return VerdictLine(
        validity=row.validity, number=row.number, issued_on=row.issued_on,
        event=words(row.event.title) if is_shown else None, organisation=OrganisationRef.of(host) if host else None,
    )  # fmt: skip


def _roll(call: Call, event: Event) -> CertificateRoll:
    found = roll_of(call.actor, event)
    rule = _rule(found.rule) if found.rule else None
    return CertificateRoll(
        rule=rule, came=len(found.holders), earning=found.earning, issued=found.issued, waiting=found.waiting,
        unprintable=found.unprintable,
    )  # fmt: skip


def _rule(row: CertificateRule) -> RuleShape:
    return RuleShape(
        measure=Measure(row.measure), least=row.least, signer=row.signer.open(), signer_position=row.signer_position
    )


def _line(row: Certificate) -> CertificateLine:
    return CertificateLine(
        id=row.pk, event=row.event_id, participant=row.participant_id, number=row.number, code=row.code,
        name=row.name.open() if row.name else "", issued_on=row.issued_on, validity=row.validity,
        withdrawn_reason=row.withdrawn_reason, replaces=row.replaces_id,
    )  # fmt: skip
