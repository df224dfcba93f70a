"""Who sees a referral: the group that keeps the case, and the office it was sent to while it is with them."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from simpul.cases.models import Exclusion, Referral, ReferralLink, Restriction
from simpul.cases.referral_life import ANSWER, LIVE_STAGES, ReferralStage
from simpul.cases.referral_secrets import Bearer, device_digests
from simpul.cases.rules.sight import EVERYTHING, NOTHING, of_visible
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date

KIND: Final = "cases.referral"
# What the person took back, or what was never sent, is nobody's at the office, whatever else is there.
_NEVER_THEIRS: Final = (ReferralStage.DRAFT, ReferralStage.REVOKED)


def referrals_visible_to(actor: Actor, *, now: datetime) -> Q:
    """Referrals of the cases the actor sees."""
    return EVERYTHING if isinstance(actor, System) else of_visible(actor, now=now)


def consent_stands(now: datetime) -> Q:
    """What rests on no consent, or on one that was not withdrawn and has not run out: nobody has to remember to revoke.
    Nothing of whoever had the use of their data stopped.

    The day ends where it ends first, in the east: it closes two hours early in the west rather than a moment late.
    """
    holds = Q(legal_basis__consent__withdrawal=None, legal_basis__consent__expires_on__gt=local_date(now, Zone.WIT))
    theirs = Q(party=None) | Q(party=OuterRef("party"))
    stopped = Restriction.objects.filter(theirs, case=OuterRef("case"), lifted_at=None)
    return (Q(legal_basis__consent=None) | holds) & ~Q(Exists(stopped))


def at_office_of(actor: Actor, *, now: datetime) -> Q:
    """Referrals the actor's own office was sent, while one of the same case is still with it."""
    if isinstance(actor, System):
        return ~Q(stage__in=_NEVER_THEIRS)
    if actor.person_id is None:
        return NOTHING
    offices = NOTHING
    for entry in actor.scope(ANSWER).entries:
        if entry.organisation_id is None or entry.reach is not Reach.OWN:
            continue
        within = Q(case__area__code__within=entry.area_code) if entry.area_code else EVERYTHING
        offices |= Q(organisation=entry.organisation_id) & within
    kept_from = Exclusion.objects.filter(case=OuterRef("case"), person=actor.person_id, lifted_at=None)
    return offices & _still_with_them(now) & consent_stands(now) & ~Q(Exists(kept_from))


def _still_with_them(now: datetime) -> Q:
    another = Referral.objects.filter(
        consent_stands(now), case=OuterRef("case"), service_point=OuterRef("service_point"), stage__in=LIVE_STAGES
    )
    return Q(stage__in=LIVE_STAGES) | ~Q(stage__in=_NEVER_THEIRS) & Q(Exists(another))


def link_of(bearer: Bearer, *, now: datetime) -> ReferralLink:
    """The link a device has open. NotFound for one that was revoked, locked, closed, bound elsewhere or made up."""
    rows = ReferralLink.objects.filter(
        pk=bearer.link_id,
        device_digest__in=device_digests(bearer.link_id, bearer.secret),
        revoked_at=None,
        locked_at=None,
        open_until__gt=now,
        referral__in=Referral.objects.filter(consent_stands(now), stage__in=LIVE_STAGES),
    )
    found = rows.select_related("referral__case__area", "referral__service_point").first()
    if found is None:
        raise NotFound("cases.referrallink", bearer.link_id)
    return found


def authorise_answering(
    actor: Actor, referral: Referral, bearer: Bearer | None, *, now: datetime
) -> ReferralLink | None:
    """The link through which the office answers, None where it does so by an account. NotFound for anybody else."""
    if bearer is not None:
        link = link_of(bearer, now=now)
        if link.referral_id == referral.pk:
            return link
    elif (
        not isinstance(actor, System) and Referral.objects.filter(at_office_of(actor, now=now), pk=referral.pk).exists()
    ):
        return None
    raise NotFound(KIND, referral.pk)
