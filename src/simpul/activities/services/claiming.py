"""What a registration gains once its receipt is shown again: an account that keeps it, a digest for phones."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Participant, Registration
from simpul.activities.passes import door_digest, pass_of
from simpul.activities.rules.participants import KIND, require_receipt
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, NotFound
from simpul.people.models import Person


def claim_registration(actor: Actor, registration: Registration, *, receipt: str, now: datetime) -> Registration:  # noqa: ARG001
    """It stands with the events of whoever is signed in and holds its receipt. Twice changes nothing more.

    NotFound for another receipt, and for somebody without an account; Conflict("taken" | "erased").
    """
    require_receipt(registration, receipt)
    person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    if person is None:
        raise NotFound(KIND, registration.pk)
    with transaction.atomic():
        row = Participant.objects.select_for_update().get(pk=registration.participant_id)
        if row.erased_at is not None:
            raise Conflict("erased", message=_("What was kept of them was erased. They can register again."))
        if row.person_id not in {None, person.pk}:
            message = _("This registration already stands with another account. Sign in with that one.")
            raise Conflict("taken", message=message)
        if row.person_id is None:
            Participant.objects.filter(pk=row.pk).update(person=person)
            audit.record(
                actor, "activities.claim_registration", registration.ref, details={"event": registration.event_id}
            )
    registration.participant.person_id = person.pk
    return registration


def renew_door_digest(actor: Actor, registration: Registration, *, receipt: str, now: datetime) -> bool:  # noqa: ARG001
    """So that a phone without a signal knows the pass: of who registered before phones were given any, and of who did
    under an older key. The server keeps no pass, so only the receipt can make it. Whether it was needed. NotFound.
    """
    require_receipt(registration, receipt)
    fresh = door_digest(registration.event_id, pass_of(receipt))
    if registration.door_digest == fresh:
        return False
    with transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(door_digest=fresh)
        audit.record(actor, "activities.renew_door_digest", registration.ref, details={"event": registration.event_id})
    registration.door_digest = fresh
    return True
