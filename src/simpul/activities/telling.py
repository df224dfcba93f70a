"""Telling those who registered: in Simpul where they have an account, by mail where they left an address; else the
organisers find them on a list of those to be called. Nobody is written to who did not agree to it.

Called by services within their transaction, once for each registration, matter and `sequence` of the event.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from simpul.access.queries.accounts import accounts_at
from simpul.activities.models import Event, Registration, Telling, Way, What
from simpul.activities.notice_kinds import CANCELLED, CERTIFICATE, MOVED, OFFERED, SOON
from simpul.kernel.actor import System
from simpul.kernel.errors import Invalid
from simpul.notices.services.sending import send_notice

EVENTS: Final = System("events")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:events")
_KINDS: Final = {
    What.SOON: SOON,
    What.MOVED: MOVED,
    What.CANCELLED: CANCELLED,
    What.OFFERED: OFFERED,
    What.CERTIFICATE: CERTIFICATE,
}


def tell_of_change(event: Event, *, now: datetime) -> None:
    """It was moved, or cancelled: to everybody who holds or waits for a seat, and to the organisations invited."""
    what = What.CANCELLED if event.cancelled_at else What.MOVED
    standing = Registration.objects.filter(event=event, withdrawn_at=None, lapsed_at=None)
    tell(event, standing, what, now=now)
    organisations = event.invitations.filter(organisation__isnull=False).values_list("organisation_id", flat=True)
    invited = accounts_at([key for key in organisations if key], now=now)
    notify(event, _KINDS[what], invited, key=f"invited/{what}/{event.sequence}", now=now)


def tell(event: Event, registrations: Iterable[Registration], what: What, *, now: datetime) -> int:
    """How many are told, or listed to be told, for the first time."""
    rows = {row.pk: row for row in registrations}
    known = Telling.objects.filter(registration__in=rows, what=what, sequence=event.sequence)
    for done in known.values_list("registration_id", flat=True):
        del rows[done]
    accounts = _accounts(rows.values())
    made = []
    for row in rows.values():
        way = _way(row, accounts)
        told = now if way is Way.NOTICE else None
        made.append(Telling(registration=row, what=what, sequence=event.sequence, way=way, due_at=now, told_at=told))
        if way is Way.NOTICE:
            # Each by itself: an offer is one person's, and nobody learns who else is told.
            notify(event, _KINDS[what], {accounts[row.pk]}, key=f"{row.pk}/{what}/{event.sequence}", now=now)
    Telling.objects.bulk_create(made)
    return len(made)


def _accounts(rows: Iterable[Registration]) -> dict[UUID, UUID]:
    """Registration -> account, of those who have one."""
    found = Registration.objects.filter(pk__in=[row.pk for row in rows], participant__person__user__isnull=False)
    return dict(found.values_list("pk", "participant__person__user_id"))


def _way(row: Registration, accounts: dict[UUID, UUID]) -> Way:
    if row.pk in accounts:
        return Way.NOTICE
    participant = row.participant
    return Way.MAIL if participant.may_contact and participant.email is not None else Way.HAND


def notify(event: Event, kind: str, accounts: Iterable[UUID], *, key: str, now: datetime) -> int:
    """1 where the notice is there. Nobody with an account is no fault."""
    params = {} if kind in {OFFERED, CERTIFICATE} else {"day": event.starts_on}
    try:
        send_notice(
            EVENTS,
            kind=kind,
            about=event.ref,
            recipients=sorted(accounts),
            params=params,
            id=uuid5(_SPACE, f"{event.pk}/{key}"),
            now=now,
        )
    except Invalid:
        return 0
    return 1
