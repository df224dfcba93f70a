"""Which invitations are answered: somebody of the organisation is registered, or it said that nobody comes."""

from django.db.models import Exists, OuterRef, QuerySet

from simpul.activities.models import Event, Invitation, Registration


def with_answers(event: Event) -> QuerySet[Invitation]:
    """Each with `is_registered`."""
    rows = Invitation.objects.filter(event=event).select_related("organisation")
    return rows.annotate(is_registered=Exists(_theirs(event)))


def unanswered(event: Event) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(~Exists(_theirs(event)), event=event, declined_at=None)
    return rows.select_related("organisation")


def _theirs(event: Event) -> QuerySet[Registration]:
    organisation = OuterRef("organisation_id")
    return Registration.objects.filter(event=event, withdrawn_at=None, participant__organisation=organisation)
