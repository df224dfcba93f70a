"""Asking somebody by name: a letter with a code, by which they answer without an account."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.invited import KIND, LETTER
from simpul.activities.models import Event, Invitation
from simpul.activities.passes import new_receipt
from simpul.activities.rules.events import require_manager
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.receipts import receipt_digests
from simpul.organisations.shapes import words

LONGEST_NAME: Final = 160
LONGEST_OFFICE: Final = 120
LONGEST_REACH: Final = 200


def invite_person(
    actor: Actor,
    event: Event,
    *,
    name: str,
    office: str = "",
    reach: str = "",
    id: UUID | None = None,  # noqa: A002 - the client's own key
    now: datetime,
) -> tuple[Invitation, str]:
    """The invitation and the code of its letter, shown this once; for the same id the same invitation with a new code.

    Nobody is written to by this: the organiser sends the letter. Invalid("name_needed"), Conflict("not_announced" |
    "counts_only" | "id_taken").
    """
    require_manager(actor, event)
    _refuse_early(event)
    called = words(LONGEST_NAME)("name", name)
    if not called:
        raise Invalid("name_needed", "name", message=_("Write their name."))
    code = new_receipt()
    row = Invitation(
        id=id or uuid7(),
        event=event,
        name=called,
        office=words(LONGEST_OFFICE)("office", office),
        reach=words(LONGEST_REACH)("reach", reach) or None,
        code_digest=receipt_digests(code, LETTER)[0],
        invited_at=now,
    )
    with transaction.atomic():
        there = Invitation.objects.select_for_update().filter(pk=row.pk).first()
        if there is None:
            row.save(force_insert=True)
            audit.record(actor, "activities.invite_person", event.ref, details={"invitation": row.pk})
            return row, code
        if there.event_id != event.pk or there.name is None:
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        return there, _renew(there, code)


def renew_letter(actor: Actor, invitation: Invitation, *, now: datetime) -> str:
    """Ask somebody again: a new code, shown this once; the old one opens nothing any more. Conflict("answered")."""
    require_manager(actor, invitation.event)
    _refuse_early(invitation.event)
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.name is None:
            raise NotFound(KIND, row.pk)
        if row.registration_id or row.declined_at:
            raise Conflict("answered", message=_("They have answered already."))
        row.reminded_at = now
        code = _renew(row, new_receipt())
        audit.record(actor, "activities.renew_letter", invitation.event.ref, details={"invitation": row.pk})
    return code


def decline_letter(actor: Actor, invitation: Invitation, *, code: str, now: datetime) -> Invitation:
    """They don't come, say those who hold the letter. Twice changes nothing more. NotFound, Conflict("registered")."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if row.code_digest not in receipt_digests(code, LETTER):
            raise NotFound(KIND, invitation.pk)
        if row.registration_id is not None:
            message = _("They are registered. Whoever holds the number of the registration can withdraw it.")
            raise Conflict("registered", message=message)
        if row.declined_at is None:
            row.declined_at = now
            row.save(update_fields=["declined_at"])
            audit.record(actor, "activities.decline_letter", invitation.event.ref, details={"invitation": row.pk})
    return row


def withdraw_invitation(actor: Actor, invitation: Invitation, *, now: datetime) -> None:  # noqa: ARG001
    """It was a mistake: nobody is asked. Twice changes nothing more."""
    require_manager(actor, invitation.event)
    with transaction.atomic():
        gone, _rows = Invitation.objects.filter(pk=invitation.pk).delete()
        if gone:
            details = {"invitation": invitation.pk}
            audit.record(actor, "activities.withdraw_invitation", invitation.event.ref, details=details)


def _renew(row: Invitation, code: str) -> str:
    row.code_digest = receipt_digests(code, LETTER)[0]
    row.save(update_fields=["code_digest", "reminded_at"])
    return code


def _refuse_early(event: Event) -> None:
    if event.state is not EventState.PUBLISHED:
        raise Conflict("not_announced", message=_("Announce the event first: those invited could not open it."))
    if event.is_sensitive:
        raise Conflict("counts_only", message=_("Nobody is named at this event. Invite by word of mouth."))
