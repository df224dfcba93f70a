"""The desk is told that something waits: in neutral words, those alone who may read it."""

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from simpul.cases.complaint_notices import RECEIVED, WRITTEN
from simpul.cases.queries.complaint_readers import readers_of
from simpul.kernel.actor import System
from simpul.kernel.errors import Invalid
from simpul.kernel.refs import RecordRef
from simpul.notices.services.sending import send_notice

PLATFORM: Final = System("reminders")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:complaints")


def tell_of_complaint(complaint_id: UUID, *, now: datetime) -> None:
    """Once, however often it is sent."""
    _tell(complaint_id, RECEIVED, f"received/{complaint_id}", now)


def tell_of_message(complaint_id: UUID, number: int, *, now: datetime) -> None:
    _tell(complaint_id, WRITTEN, f"written/{complaint_id}/{number}", now)


def _tell(complaint_id: UUID, kind: str, key: str, now: datetime) -> None:
    readers = readers_of(complaint_id, now=now)
    if not readers:
        return
    about = RecordRef("cases.complaint", complaint_id)
    try:
        send_notice(PLATFORM, kind=kind, about=about, recipients=sorted(readers), id=uuid5(_SPACE, key), now=now)
    except Invalid:
        return  # nobody of them has an open account: their page says it too
