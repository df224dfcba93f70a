"""Whom of the participants somebody sees: those who receive them at the door, and the receipt's own holder."""

from django.db.models import Q

from simpul.activities.models import Event, Registration
from simpul.activities.passes import RECEIPT
from simpul.activities.rules.events import received_by
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.receipts import receipt_digests

KIND = "activities.registration"


def participants_visible_to(actor: Actor, path: str = "event__") -> Q:
    """Over what hangs on an event: of those that the actor receives people at."""
    return received_by(actor, path)


def require_receipt(registration: Registration, receipt: str) -> None:
    """NotFound where this is not the receipt of this registration."""
    if registration.receipt_digest not in receipt_digests(receipt, RECEIPT):
        raise NotFound(KIND, registration.pk)


def holds_receipt(registration: Registration, receipt: str) -> bool:
    return bool(receipt) and registration.receipt_digest in receipt_digests(receipt, RECEIPT)


def names_are_kept(event: Event) -> bool:
    """Of a sensitive event nobody is named: heads are counted."""
    return not event.is_sensitive
