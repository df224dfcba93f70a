"""Referrals as the group sees them, and as the office does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from simpul.cases.models import Case, Referral, ReferralLink, ReferralRecipient, ReferralStep
from simpul.cases.referral_life import LIVE_STAGES
from simpul.cases.referral_secrets import Bearer, token_digests
from simpul.cases.rules.referrals import KIND, at_office_of, authorise_answering, link_of, referrals_visible_to
from simpul.cases.rules.sight import require_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound

_WITH = ("case__area", "case__owner_organisation", "party", "service_point", "organisation")


def referrals_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Referral]:
    """The newest first. NotFound where the case is out of sight."""
    require_sight(actor, case, now=now)
    return case.referrals.select_related("service_point").order_by("-id")


def open_referrals_for(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Those that have not ended, of all cases the actor sees."""
    rows = Referral.objects.filter(referrals_visible_to(actor, now=now), ended_at=None)
    return rows.select_related("case", "service_point").order_by("-id")


def referral_for(actor: Actor, referral_id: UUID, *, now: datetime) -> Referral:
    """For the group. NotFound for one out of sight, as for one that does not exist."""
    rows = Referral.objects.filter(referrals_visible_to(actor, now=now), pk=referral_id)
    found = rows.select_related(*_WITH).first()
    if found is None:
        raise NotFound(KIND, referral_id)
    return found


def letters_for_office(actor: Actor) -> QuerySet[Referral]:
    """What is with the actor's own office, the longest waiting first."""
    rows = Referral.objects.filter(at_office_of(actor), stage__in=LIVE_STAGES)
    return rows.select_related("case__owner_organisation", "service_point").order_by("sent_at", "id")


def letter_for_office(actor: Actor, referral_id: UUID) -> Referral:
    rows = Referral.objects.filter(at_office_of(actor), pk=referral_id)
    found = rows.select_related("case__owner_organisation", "service_point").first()
    if found is None:
        raise NotFound(KIND, referral_id)
    return found


def letter_by_link(bearer: Bearer, *, now: datetime) -> Referral:
    """What the device that opened the link may see. NotFound once it closed, whatever closed it."""
    return link_of(bearer, now=now).referral


@dataclass(frozen=True, slots=True)
class Said:
    """One step, as it is shown to both sides."""

    step: ReferralStep
    words: str


def history_of(actor: Actor, referral: Referral, *, now: datetime) -> list[Said]:
    """All that happened, for the group, oldest first."""
    require_sight(actor, referral.case, now=now)
    return _said(referral.steps.select_related("by").order_by("id"))


def office_history_of(actor: Actor, referral: Referral, *, now: datetime, bearer: Bearer | None = None) -> list[Said]:
    """What was said between the two, for the office: not who of the group did it."""
    authorise_answering(actor, referral, bearer, now=now)
    return _said(referral.steps.order_by("id"))


def _said(steps: QuerySet[ReferralStep]) -> list[Said]:
    return [Said(step, step.words.open() if step.words is not None else "") for step in steps]


def recipients_of(actor: Actor, referral: Referral, *, now: datetime) -> QuerySet[ReferralRecipient]:
    """Each way it was sent, with what became of it."""
    require_sight(actor, referral.case, now=now)
    return referral.recipients.select_related("link", "user").order_by("id")


def valid_link_of(actor: Actor, referral: Referral, *, now: datetime) -> ReferralLink | None:
    require_sight(actor, referral.case, now=now)
    return referral.links.filter(revoked_at=None).first()


def link_by_token(actor: Actor, referral: Referral, token: str, *, now: datetime) -> ReferralLink:
    """The valid link of this referral that has this token: for printing what was just issued. NotFound for another."""
    require_sight(actor, referral.case, now=now)
    found = referral.links.filter(revoked_at=None, token_digest__in=token_digests(token)).first()
    if found is None:
        raise NotFound("cases.referrallink")
    return found
