"""Holding a case while something about it is written: who sees it is asked again once it is ours."""

from datetime import datetime
from uuid import UUID

from simpul.cases.models import Case
from simpul.cases.rules.sight import require_sight
from simpul.kernel.actor import Actor


def held_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The row as it is now, ours until the transaction ends. NotFound where the actor sees it no more: it was hidden
    from them, or handed over, while they waited for it.
    """
    case = locked_case(case_id)
    require_sight(actor, case, now=now)
    return case


def locked_case(case_id: UUID) -> Case:
    """The same for whoever is judged elsewhere. Its organisation is read afterwards: joined to a row that another
    transaction is changing, PostgreSQL would look for the new owner among what was joined before, and find no case.
    """
    return Case.objects.select_for_update().get(pk=case_id)
