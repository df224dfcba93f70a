"""Whether somebody agreed that what is known of them goes to an office."""

from datetime import datetime
from uuid import UUID

from simpul.cases.consent_kinds import refer_to
from simpul.cases.models import Party
from simpul.cases.rules.consents import standing_consent


def agreement_to_refer(party: Party, service_point_id: UUID, *, now: datetime) -> UUID | None:
    """The consent that stands for sending this person's data there; None where there is none."""
    consent = standing_consent(party, refer_to(service_point_id), now=now)
    return consent.pk if consent else None
