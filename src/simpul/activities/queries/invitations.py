"""Who was asked to come: for who keeps the event, for those asked, and for who holds a letter."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from simpul.activities.invited import KIND, LETTER, answered_by, unanswered, with_answers, without_answer
from simpul.activities.models import Event, Invitation
from simpul.activities.rules.events import require_manager
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.receipts import receipt_digests


def invitations_for(actor: Actor, event: Event) -> QuerySet[Invitation]:
    """Each with `is_registered`, for who keeps the event: organisations by name, then those asked by name."""
    require_manager(actor, event)
    return with_answers(event).order_by("organisation__sort_key", "invited_at", "id")


def unanswered_for(actor: Actor, event: Event) -> QuerySet[Invitation]:
    """Who hasn't answered."""
    require_manager(actor, event)
    return unanswered(event).order_by("organisation__sort_key", "invited_at", "id")


def kept_invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """Of an event that the actor keeps. NotFound, Denied("event.manage")."""
    found = Invitation.objects.select_related("event__owner_organisation", "organisation").filter(pk=invitation_id)
    for row in found:
        require_manager(actor, row.event)
        return row
    raise NotFound(KIND, invitation_id)


def asked_of(actor: Actor, *, now: datetime) -> QuerySet[Invitation]:
    """Where the actor's own organisations are asked to come and have not answered, the next event first."""
    rows = without_answer().filter(answered_by(actor), event__starts_at__gt=now, event__cancelled_at=None)
    return rows.select_related("event", "organisation").order_by("event__starts_at", "id")


def invitation_to(actor: Actor, event: Event) -> Invitation | None:
    """The one to an organisation of the actor's own that waits for an answer; None where none does."""
    return without_answer().filter(answered_by(actor), event=event).select_related("event", "organisation").first()


def letter_by_code(code: str) -> Invitation:
    """What a letter opens, to whoever holds it. NotFound."""
    rows = Invitation.objects.select_related("event__owner_organisation", "event__area", "event__series")
    for row in rows.filter(code_digest__in=receipt_digests(code, LETTER)):
        return row
    raise NotFound(KIND)
