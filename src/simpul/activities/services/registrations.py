"""Somebody says that they will come, takes it back, or takes the seat that became free."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.answers import answers_to, keep_answers
from simpul.activities.details import Details, participant_of
from simpul.activities.invited import letter_of
from simpul.activities.letterboxes import letterbox_of
from simpul.activities.models import Event, Invitation, Registration, SeatReservation, What
from simpul.activities.passes import RECEIPT, door_digest, pass_digests, pass_of
from simpul.activities.rules.events import may_receive, require_receiver, require_sight
from simpul.activities.rules.participants import KIND, holds_receipt
from simpul.activities.seating import Settled, lock_seats, seat_newcomer, settle
from simpul.activities.states import EventState, SeatState
from simpul.activities.telling import tell
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.receipts import plain_receipt, receipt_digests
from simpul.organisations.rules.organisations import own_organisations
from simpul.organisations.rules.organisations import require_sight as require_organisation
from simpul.people.models import Person
from simpul.vault.blind import keyed_digests

CODE = "activities.reservation.code"


def register(
    actor: Actor,
    event: Event,
    *,
    receipt: str,
    details: Details,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
    code: str = "",
    letter: str = "",
    as_self: bool = False,
) -> Registration:
    """A seat, or a place in the line where none is free; nobody needs an account. The same receipt, or the same id with
    it, is the same registration.

    `receipt` was drawn with the form (`passes.new_receipt`); only digests of it are kept. `code` is that of a group's
    reserved seats; its own people need none. `letter` is that of an invitation by name, which opens an event that is
    not for everybody and is answered by this. `as_self`: the actor registers themself. Who receives people there may
    still register somebody once registration is closed. Invalid("bad_receipt" | "bad_code" | "answer_needed" | as
    `Details.cleaned`), Conflict("registration_closed" | "cancelled" | "counts_only" | "id_taken"), NotFound.
    """
    invitation = letter_of(event, letter)
    if invitation is None:
        require_sight(actor, event)
    digests = receipt_digests(receipt, RECEIPT)
    if not digests:
        raise Invalid("bad_receipt", message=_("Open the form again: this one has lost its number."))
    told = details.cleaned(event)
    answers = answers_to(event, details.answers or {}, whole=not may_receive(actor, event))
    if told.organisation is not None:
        require_organisation(actor, told.organisation)
    row = Registration(
        id=id or uuid7(),
        receipt_digest=digests[0],
        pass_digest=pass_digests(pass_of(receipt))[0],
        letterbox=letterbox_of(receipt),
        door_digest=door_digest(event.pk, pass_of(receipt)),
        registered_at=now,
        queued_at=now,
        registered_by=actor.person_id,
    )
    with transaction.atomic():
        fresh = lock_seats(event.pk, now=now)
        if there := _existing(row.pk, event, digests):
            return there
        _refuse_closed(actor, fresh, now)
        row.event, row.reservation = fresh, _reservation(actor, fresh, code)
        _write(fresh, row, told, _person(actor, as_self), now)
        keep_answers(row.participant, answers)
        if invitation is not None:
            Invitation.objects.filter(pk=invitation.pk).update(registration=row, declined_at=None)
        audit.record(actor, "activities.register", row.ref, details={"event": event.pk, "state": row.state})
    return row


def _existing(key: UUID, event: Event, digests: Sequence[str]) -> Registration | None:
    found = Registration.objects.filter(receipt_digest__in=digests).select_related("event", "participant").first()
    if found and found.event_id == event.pk:
        return found
    if found or Registration.objects.filter(pk=key).exists():
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return None


def _write(event: Event, row: Registration, told: Details, person: Person | None, now: datetime) -> None:
    """First those who wait, then the newcomer."""
    _tell_offered(event, settle(event, now=now), now)
    seat_newcomer(event, row, now=now)
    participant = participant_of(event, told, person=person, now=now)
    participant.save(force_insert=True)
    row.participant = participant
    row.save(force_insert=True)


def _person(actor: Actor, as_self: bool) -> Person | None:
    return Person.objects.filter(pk=actor.person_id).first() if as_self and actor.person_id else None


def _refuse_closed(actor: Actor, event: Event, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    if event.is_sensitive:
        raise Conflict("counts_only", message=_("Nobody is named at this event. Come without registering."))
    closed = not event.takes_registrations or event.state is not EventState.PUBLISHED
    opens, closes = event.registration_opens_at, event.registration_closes_at or event.ends_at
    if (closed or (opens and now < opens) or now >= closes) and not may_receive(actor, event):
        message = _("Registration for this event is not open. Write to its organisers.")
        raise Conflict("registration_closed", message=message)


def _reservation(actor: Actor, event: Event, code: str) -> SeatReservation | None:
    rows = SeatReservation.objects.filter(event=event, released_at=None)
    if code.strip():
        if found := rows.filter(code_digest__in=keyed_digests(CODE, plain_receipt(code) or "?")).first():
            return found
        message = _("This code keeps no seat at this event. Check it, or leave the field empty.")
        raise Invalid("bad_code", "code", message=message)
    own = own_organisations(actor)
    return rows.filter(organisation__in=own).order_by("pk").first() if own else None


def accept_offer(actor: Actor, registration: Registration, *, now: datetime, receipt: str = "") -> Registration:
    """Take the seat that became free. Twice changes nothing more. Conflict("offer_over" | "no_offer")."""
    _require(actor, registration, receipt)
    with transaction.atomic():
        event = lock_seats(registration.event_id, now=now)
        _tell_offered(event, settle(event, now=now), now)
        row = _fresh(registration)
        if row.state is SeatState.SEATED:
            return row
        if row.state is SeatState.LAPSED:
            message = _("The time for this answer is over, and the seat went to the next. You may register again.")
            raise Conflict("offer_over", message=message)
        if row.state is not SeatState.OFFERED:
            raise Conflict("no_offer", message=_("No seat has become free yet. You keep your place in the line."))
        row.seated_at, row.offered_until = now, None
        row.save(update_fields=["seated_at", "offered_until"])
        audit.record(actor, "activities.accept_offer", row.ref, details={"event": event.pk})
    return row


def withdraw(actor: Actor, registration: Registration, *, now: datetime, receipt: str = "") -> Registration:
    """They don't come, or don't take the offered seat: it goes to the next in the line. Twice changes nothing more."""
    _require(actor, registration, receipt)
    with transaction.atomic():
        event = lock_seats(registration.event_id, now=now)
        row = _fresh(registration)
        if row.withdrawn_at is None:
            row.seat = row.seated_at = row.offered_until = None
            row.withdrawn_at = now
            row.save(update_fields=["seat", "seated_at", "offered_until", "withdrawn_at"])
            _tell_offered(event, settle(event, now=now), now)
            audit.record(actor, "activities.withdraw", row.ref, details={"event": event.pk})
    return row


def settle_offers(actor: Actor, event: Event, *, now: datetime) -> Settled:
    """Take back the offers whose time is over and make the next ones: what the platform does every few minutes."""
    require_receiver(actor, event)
    with transaction.atomic():
        fresh = lock_seats(event.pk, now=now)
        done = settle(fresh, now=now)
        _tell_offered(fresh, done, now)
        if done:
            details = {"lapsed": len(done.lapsed), "offered": len(done.offered), "seated": len(done.seated)}
            audit.record(actor, "activities.settle_offers", event.ref, details=details)
    return done


def _require(actor: Actor, registration: Registration, receipt: str) -> None:
    """The receipt's holder, the one themself, or who receives people there; NotFound for others."""
    mine = actor.person_id is not None and registration.participant.person_id == actor.person_id
    if not (mine or holds_receipt(registration, receipt) or may_receive(actor, registration.event)):
        raise NotFound(KIND, registration.pk)


def _fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("event", "participant").get(pk=registration.pk)


def _tell_offered(event: Event, done: Settled, now: datetime) -> None:
    tell(event, done.offered, What.OFFERED, now=now)
