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
    rows = Case.objects.select_for_update(of=("self",)).select_related("area", "owner_organisation")
    case = rows.get(pk=case_id)
    require_sight(actor, case, now=now)
    return case
