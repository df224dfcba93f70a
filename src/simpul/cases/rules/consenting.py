"""Whether somebody agreed that what is known of them goes to an office."""

from datetime import datetime
from uuid import UUID

from simpul.cases.models import Party


def agreement_to_refer(party: Party, service_point_id: UUID, *, now: datetime) -> UUID | None:  # noqa: ARG001
    """The consent that stands for sending this person's data there; None where there is none."""
    return None
