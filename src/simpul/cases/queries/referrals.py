"""Referrals as the group sees them, and as the office does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from simpul.cases.models import Case, Referral, ReferralLink, ReferralRecipient, ReferralStep
from simpul.cases.referral_life import LIVE_STAGES, UNANSWERED_STAGES
from simpul.cases.referral_secrets import Bearer, token_digests
from simpul.cases.rules.referrals import KIND, at_office_of, link_of, referrals_visible_to
from simpul.cases.rules.sight import require_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date

__all__ = [
    "Referral",
    "ReferralRecipient",
    "Said",
    "history_of",
    "letter_by_link",
    "letter_for_office",
    "letters_for_office",
    "link_by_token",
    "lost_consent",
    "open_referrals_for",
    "recipients_of",
    "referral_for",
    "referrals_of",
    "unanswered_for",
    "unanswered_letters",
    "valid_link_of",
]

_OFFICE_WITH = ("case__area", "case__owner_organisation", "service_point")
_STEPS_AND_WHO = Prefetch("steps", ReferralStep.objects.select_related("by"))
_RECIPIENTS = Prefetch("recipients", ReferralRecipient.objects.select_related("link"))
_WITH = (
    "case__area",
    "case__owner_organisation",
    "party",
    "service_point",
    "organisation",
    "legal_basis__consent__withdrawal",
)


def referrals_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Referral]:
    """The newest first; none where the case is out of sight."""
    return case.referrals.filter(referrals_visible_to(actor, now=now)).select_related("service_point").order_by("-id")


def open_referrals_for(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Those that have not ended, of all cases the actor sees."""
    rows = Referral.objects.filter(referrals_visible_to(actor, now=now), ended_at=None)
    return rows.select_related("case", "service_point").order_by("-id")


def unanswered_for(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Of those the ones an office was sent and has not said yes or no to, the newest first."""
    return open_referrals_for(actor, now=now).filter(stage__in=UNANSWERED_STAGES)


def referral_for(actor: Actor, referral_id: UUID, *, now: datetime) -> Referral:
    """For the group. NotFound for one out of sight, as for one that does not exist."""
    rows = Referral.objects.filter(referrals_visible_to(actor, now=now), pk=referral_id).select_related(*_WITH)
    found = rows.prefetch_related(_STEPS_AND_WHO, _RECIPIENTS).first()
    if found is None:
        raise NotFound(KIND, referral_id)
    return found


def letters_for_office(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """What is with the actor's own office, the longest waiting first."""
    rows = Referral.objects.filter(at_office_of(actor, now=now), stage__in=LIVE_STAGES)
    return rows.select_related("case__owner_organisation", "service_point").order_by("sent_at", "id")


def unanswered_letters(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Of those the ones the office has not said yes or no to."""
    return letters_for_office(actor, now=now).filter(stage__in=UNANSWERED_STAGES)


def letter_for_office(actor: Actor, referral_id: UUID, *, now: datetime) -> Referral:
    """One of them, with what was said, and not by whom of the group. NotFound as `referral_for`."""
    rows = Referral.objects.filter(at_office_of(actor, now=now), pk=referral_id)
    found = rows.select_related(*_OFFICE_WITH).prefetch_related("steps").first()
    if found is None:
        raise NotFound(KIND, referral_id)
    return found


def letter_by_link(bearer: Bearer, *, now: datetime) -> Referral:
    """What the device that opened the link may see. NotFound once it closed, whatever closed it."""
    rows = Referral.objects.filter(pk=link_of(bearer, now=now).referral_id)
    return rows.select_related(*_OFFICE_WITH).prefetch_related("steps").get()


@dataclass(frozen=True, slots=True)
class Said:
    """One step, as it is shown to both sides."""

    step: ReferralStep
    words: str


def history_of(referral: Referral) -> list[Said]:
    """All that happened, oldest first, of a referral that one of the functions above gave: no query of its own."""
    steps = sorted(referral.steps.all(), key=lambda step: step.pk)
    return [Said(step, step.words.open() if step.words is not None else "") for step in steps]


def lost_consent(referral: Referral, *, now: datetime) -> str:
    """Why an open referral can't be seen at the office any more: "withdrawn", "expired", or nothing. Of a referral that
    `referral_for` gave: no query of its own.
    """
    consent = referral.legal_basis.consent if referral.legal_basis else None
    if consent is None or referral.ended_at is not None:
        return ""
    if hasattr(consent, "withdrawal"):
        return "withdrawn"
    return "" if consent.expires_on > local_date(now, Zone.WIT) else "expired"


def recipients_of(referral: Referral) -> list[ReferralRecipient]:
    """Each way it was sent, of a referral that `referral_for` gave: no query of its own."""
    return sorted(referral.recipients.all(), key=lambda row: row.pk)


def valid_link_of(referral: Referral) -> ReferralLink | None:
    """The link that can still be opened, as `recipients_of`."""
    links = [row.link for row in recipients_of(referral) if row.link is not None]
    return next((link for link in links if link.revoked_at is None), None)


def link_by_token(actor: Actor, referral: Referral, token: str, *, now: datetime) -> ReferralLink:
    """The valid link of this referral that has this token: for printing what was just issued. NotFound for another."""
    require_sight(actor, referral.case, now=now)
    found = referral.links.filter(revoked_at=None, token_digest__in=token_digests(token)).first()
    if found is None:
        raise NotFound("cases.referrallink")
    return found
