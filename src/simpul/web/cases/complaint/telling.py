"""The desk is told that something waits: in neutral words, those alone who may read it.

Where none of them can be told, whoever says who receives what no group was found for is asked to name somebody.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from simpul.cases.complaint_notices import NOBODY, RECEIVED, WRITTEN
from simpul.cases.queries.complaint_readers import namers_of, readers_of
from simpul.kernel.actor import System
from simpul.kernel.errors import Invalid
from simpul.kernel.refs import RecordRef
from simpul.notices.services.sending import send_notice

PLATFORM: Final = System("reminders")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:complaints")


def tell_of_complaint(complaint_id: UUID, *, now: datetime) -> None:
    """Once, however often it is sent."""
    if not _tell(complaint_id, RECEIVED, f"received/{complaint_id}", readers_of(complaint_id, now=now), now):
        _tell(complaint_id, NOBODY, f"nobody/{complaint_id}", namers_of(complaint_id, now=now), now)


def tell_of_message(complaint_id: UUID, number: int, *, now: datetime) -> None:
    _tell(complaint_id, WRITTEN, f"written/{complaint_id}/{number}", readers_of(complaint_id, now=now), now)


def _tell(complaint_id: UUID, kind: str, key: str, accounts: Collection[UUID], now: datetime) -> bool:
    """Whether anybody was told; where nobody of them has an open account, their page says it too."""
    if not accounts:
        return False
    about = RecordRef("cases.complaint", complaint_id)
    with suppress(Invalid):
        send_notice(PLATFORM, kind=kind, about=about, recipients=sorted(accounts), id=uuid5(_SPACE, key), now=now)
        return True
    return False
