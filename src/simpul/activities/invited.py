"""Which invitations are answered: somebody of the organisation is registered, who was asked by name registered, or they
said that nobody comes. And whom a letter is for.
"""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.activities.models import Event, Invitation, Registration
from simpul.activities.rules.events import RECORD
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.receipts import receipt_digests
from simpul.organisations.rules.organisations import NOTHING, own_organisations, within

LETTER: Final = "activities.invitation.letter"
KIND: Final = "activities.invitation"


def with_answers(event: Event) -> QuerySet[Invitation]:
    """Each with `is_registered`."""
    rows = Invitation.objects.filter(event=event).select_related("organisation", "event")
    return rows.annotate(is_registered=Exists(_theirs()))


def without_answer() -> QuerySet[Invitation]:
    return Invitation.objects.filter(~Exists(_theirs()), declined_at=None)


def unanswered(event: Event) -> QuerySet[Invitation]:
    return without_answer().filter(event=event).select_related("organisation", "event")


def _theirs() -> QuerySet[Registration]:
    standing = Registration.objects.filter(event=OuterRef("event_id"), withdrawn_at=None)
    return standing.filter(Q(participant__organisation=OuterRef("organisation_id")) | Q(pk=OuterRef("registration_id")))


def letter_of(event: Event, code: str) -> Invitation | None:
    """The invitation to this event of which this is the code; None where none was given. NotFound."""
    if not code.strip():
        return None
    found = Invitation.objects.filter(event=event, code_digest__in=receipt_digests(code, LETTER)).first()
    if found is None:
        raise NotFound(KIND)
    return found


def answered_by(actor: Actor) -> Q:
    """To organisations of the actor's own, for which they may answer."""
    own = own_organisations(actor)
    may = NOTHING
    for permission in (MANAGE, RECORD):
        if scope := actor.scope(permission):
            may |= within(scope, "organisation__", of_few=True)
    return may & Q(organisation__in=own) if own else NOTHING
