"""Who is asked to come, and who has not answered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access.queries.accounts import accounts_at
from simpul.activities.invited import unanswered
from simpul.activities.models import Event, Invitation
from simpul.activities.notice_kinds import INVITED, UNANSWERED
from simpul.activities.rules.events import KIND, RECORD, require_manager
from simpul.activities.states import MANAGE, EventState
from simpul.activities.telling import notify
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import may_any, require_sight

BETWEEN: Final = timedelta(hours=20)  # two reminders of one invitation


def invite(actor: Actor, event: Event, *, organisations: Collection[Organisation], now: datetime) -> int:
    """Ask these organisations to come; how many are asked for the first time. Their people are told in Simpul.

    Conflict("not_announced") before the event is announced: they could not open it.
    """
    require_manager(actor, event)
    require_sight(actor, *organisations)
    if event.state is not EventState.PUBLISHED:
        raise Conflict("not_announced", message=_("Announce the event first: those invited could not open it."))
    with transaction.atomic():
        known = set(event.invitations.values_list("organisation_id", flat=True))
        new = {row.pk for row in organisations} - known - {event.owner_organisation_id}
        Invitation.objects.bulk_create(
            [Invitation(event=event, organisation_id=key, invited_at=now) for key in sorted(new)],
            ignore_conflicts=True,
        )
        for key in sorted(new):
            notify(event, INVITED, accounts_at([key], now=now), key=f"invite/{key}", now=now)
        if new:
            audit.record(actor, "activities.invite", event.ref, details={"organisations": len(new)})
    return len(new)


def decline(actor: Actor, invitation: Invitation, *, now: datetime) -> Invitation:
    """Nobody of the organisation comes. By its own people; NotFound for others. Twice changes nothing more."""
    if invitation.organisation is None or not may_any(actor, (MANAGE, RECORD), invitation.organisation):
        raise NotFound(KIND, invitation.event_id)
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, declined_at=None).update(declined_at=now):
            details = {"organisation": invitation.organisation_id}
            audit.record(actor, "activities.decline", invitation.event.ref, details=details)
    invitation.refresh_from_db()
    return invitation


def remind_unanswered(actor: Actor, event: Event, *, now: datetime) -> int:
    """Ask again the organisations that have not answered; how many. Whichever was asked within the last 20 hours is
    left in peace. Those invited by name are sent a new letter each.
    """
    require_manager(actor, event)
    if event.state is not EventState.PUBLISHED or event.starts_at <= now:
        raise Conflict("registration_closed", message=_("This event is not to come: nobody can answer any more."))
    with transaction.atomic():
        waiting = unanswered(event).filter(organisation__isnull=False)
        due = [row for row in waiting if (row.reminded_at or row.invited_at) <= now - BETWEEN]
        for row in due:
            turn = now.date().isoformat()
            accounts = accounts_at([row.organisation_id] if row.organisation_id else [], now=now)
            notify(event, UNANSWERED, accounts, key=f"unanswered/{row.pk}/{turn}", now=now)
        Invitation.objects.filter(pk__in=[row.pk for row in due]).update(reminded_at=now)
        if due:
            audit.record(actor, "activities.remind_unanswered", event.ref, details={"organisations": len(due)})
    return len(due)
