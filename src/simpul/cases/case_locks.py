"""Holding a case while something about it is written: whoever may write is asked once it is ours, of the row as it is.

Asked before, somebody who waited for the row would write into a case that was hidden from them, handed over, or stopped
meanwhile.
"""

from datetime import datetime
from uuid import UUID

from simpul.cases.models import Case, Party
from simpul.cases.rules.restrictions import authorise_processing
from simpul.cases.rules.sight import authorise_coordinating, authorise_recording, require_sight
from simpul.kernel.actor import Actor


def held_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The row as it is now, ours until the transaction ends. NotFound where the actor sees it no more: it was hidden
    from them, or handed over, while they waited for it.
    """
    case = locked_case(case_id)
    require_sight(actor, case, now=now)
    return case


def recording_in(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The same for who writes in it: as `authorise_recording`."""
    case = locked_case(case_id)
    authorise_recording(actor, case, now=now)
    return case


def coordinating_in(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The same for who coordinates it: as `authorise_coordinating`."""
    case = locked_case(case_id)
    authorise_coordinating(actor, case, now=now)
    return case


def processing_in(actor: Actor, case_id: UUID, *, now: datetime, party: Party | None = None) -> Case:
    """The same for who uses what is known of it: as `authorise_processing`."""
    case = locked_case(case_id)
    authorise_processing(actor, case, now=now, party=party)
    return case


def locked_case(case_id: UUID) -> Case:
    """The same for whoever is judged elsewhere. Its organisation is read afterwards: joined to a row that another
    transaction is changing, PostgreSQL would look for the new owner among what was joined before, and find no case.
    """
    return Case.objects.select_for_update().get(pk=case_id)
