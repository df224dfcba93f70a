"""Registrations: by their receipt, for who receives people, and one's own."""

from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.models import Event, Participant, Registration, Telling, Way
from simpul.activities.passes import RECEIPT
from simpul.activities.rules.events import require_receiver
from simpul.activities.rules.participants import KIND, participants_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold_words
from simpul.organisations.receipts import receipt_digests


def registration_by_receipt(receipt: str) -> Registration:
    """What a receipt opens, to whoever holds it. NotFound."""
    rows = Registration.objects.select_related("event__owner_organisation", "event__area", "event__series")
    found = rows.select_related("participant__organisation").filter(
        receipt_digest__in=receipt_digests(receipt, RECEIPT)
    )
    for row in found:
        return row
    raise NotFound(KIND)


def registrations_for(actor: Actor, event: Event) -> QuerySet[Registration]:
    """In the order of the line, for who receives people there. NotFound, Denied("attendance.record")."""
    require_receiver(actor, event)
    rows = Registration.objects.filter(participants_visible_to(actor), event=event)
    return rows.select_related("participant__organisation", "participant__area", "reservation").order_by(
        "queued_at", "id"
    )


def registration_for(actor: Actor, registration_id: UUID) -> Registration:
    """One's own, or of an event where one receives people. NotFound."""
    own = Q(participant__person=actor.person_id) if actor.person_id else Q(pk__in=())
    rows = Registration.objects.filter(own | participants_visible_to(actor), pk=registration_id)
    found = rows.select_related("event__owner_organisation", "participant__organisation").first()
    if found is None:
        raise NotFound(KIND, registration_id)
    return found


def own_registrations(actor: Actor) -> QuerySet[Registration]:
    """What a signed-in person registered themself for, the next first."""
    if actor.person_id is None:
        return Registration.objects.none()
    rows = Registration.objects.filter(participant__person=actor.person_id, withdrawn_at=None)
    return rows.select_related("event__owner_organisation", "event__area", "event__series").order_by("event__starts_at")


def place_in_line(registration: Registration) -> int:
    """1 for who is next; 0 for who does not wait."""
    if registration.state != "waiting":
        return 0
    ahead = Registration.objects.filter(
        event=registration.event_id, seated_at=None, offered_until=None, withdrawn_at=None, lapsed_at=None
    ).filter(Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lt=registration.pk))
    return ahead.count() + 1


def find_participants(actor: Actor, event: Event, text: str) -> list[Participant]:
    """Whose name holds all these words, whether they registered or came, in order of name; at most 50.

    Names are encrypted, so all of the event are opened: hundreds, not millions. NotFound, Denied.
    """
    require_receiver(actor, event)
    words = fold_words(text).split()
    rows = Participant.objects.filter(participants_visible_to(actor), event=event, erased_at=None)
    named = [(fold_words(row.name.open()), row) for row in rows.select_related("organisation", "registration")]
    found = [(name, row) for name, row in named if all(word in name for word in words)]
    return [row for _name, row in sorted(found, key=lambda pair: (pair[0], pair[1].pk))[:50]]


def to_be_called(actor: Actor, event: Event) -> QuerySet[Telling]:
    """Who has to be told by telephone or message, the longest waiting first."""
    require_receiver(actor, event)
    rows = Telling.objects.filter(registration__event=event, told_at=None)
    rows = rows.filter(Q(way=Way.HAND) | Q(failed_at__isnull=False))
    return rows.select_related("registration__participant").order_by("due_at", "id")
