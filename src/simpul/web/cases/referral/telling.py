"""Where a notice about a referral leads: to the group's page of it, or the office's."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from simpul.cases.queries.referrals import letter_for_office, referral_for
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def page_of_referral(actor: Actor, referral_id: UUID) -> str | None:
    """None where it is out of the actor's sight, also where it was not at first."""
    try:
        referral_for(actor, referral_id, now=timezone.now())
        return reverse("referral:one", args=[referral_id])
    except NotFound:
        pass
    try:
        letter_for_office(actor, referral_id, now=timezone.now())
    except NotFound:
        return None
    return reverse("referral:office", args=[referral_id])
