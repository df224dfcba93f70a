"""Mending what is kept of a participant, and forgetting them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.answers import answers_to, keep_answers
from simpul.activities.details import Details, fields_of
from simpul.activities.erasing import forget
from simpul.activities.models import Participant
from simpul.activities.rules.events import may_receive, require_receiver
from simpul.activities.rules.participants import KIND, holds_receipt
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, NotFound
from simpul.organisations.rules.organisations import require_sight


def change_participant(
    actor: Actor,
    participant: Participant,
    *,
    details: Details,
    now: datetime,  # noqa: ARG001 - every service is told the time
    receipt: str = "",
) -> Participant:
    """By the holder of the receipt, or who receives people there; NotFound for others. What they answered to the
    organiser's own questions stays unless answers are given. Invalid as `Details.cleaned`, Conflict("erased")."""
    _require(actor, participant, receipt)
    registration = getattr(participant, "registration", None)
    told = details.cleaned(participant.event, reachable=registration is not None)
    answers = None if details.answers is None else answers_to(participant.event, details.answers)
    if told.organisation is not None:
        require_sight(actor, told.organisation)
    with transaction.atomic():
        row = Participant.objects.select_for_update().get(pk=participant.pk)
        if row.erased_at is not None:
            raise Conflict("erased", message=_("What was kept of them was erased. They can register again."))
        for name, value in fields_of(told).items():
            setattr(row, name, value)
        row.save()
        if answers is not None:
            keep_answers(row, answers)
        audit.record(actor, "activities.change_participant", row.ref, details={"event": row.event_id})
    return row


def erase_participant(actor: Actor, participant: Participant, *, now: datetime, receipt: str = "") -> Participant:
    """Forget who it was. Their seat goes to the next; that somebody came stays counted. Twice changes nothing more."""
    _require(actor, participant, receipt)
    with transaction.atomic():
        if forget(participant, now=now):
            audit.record(
                actor, "activities.erase_participant", participant.ref, details={"event": participant.event_id}
            )
    participant.refresh_from_db()
    return participant


def _require(actor: Actor, participant: Participant, receipt: str) -> None:
    registration = getattr(participant, "registration", None)
    if registration is not None and holds_receipt(registration, receipt):
        return
    if actor.person_id is not None and participant.person_id == actor.person_id:
        return
    if not may_receive(actor, participant.event):
        raise NotFound(KIND, participant.pk)
    require_receiver(actor, participant.event)
