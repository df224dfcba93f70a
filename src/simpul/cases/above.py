"""What a parent asks for a child is the supervisor's to answer: they see the case for it, and until it is answered.

In the caller's transaction, by whoever was judged already. Since when and until when stands in the row, and the case's
own page tells it. The record of acts doesn't: there a request with a file is answered by the same acts as one without.
"""

from datetime import datetime

from simpul.cases.models import Case, Escalation, RightsRequest
from simpul.cases.models.sight import EscalationGround
from simpul.cases.rights_kinds import Level
from simpul.cases.rules.rights import supporters_of
from simpul.kernel.actor import Actor
from simpul.people.queries import today


def bring_above(actor: Actor, row: RightsRequest, case: Case, *, now: datetime) -> None:
    """Until the answer. One that stands for a reason of its own stays as it is, and goes on after it."""
    for above in supporters_of(row.owner_organisation, on=today(now)):
        Escalation.objects.get_or_create(
            case=case, to_organisation=above, ended_at=None,
            defaults={"ground": EscalationGround.REQUEST, "made_at": now, "made_by_id": actor.person_id},
        )  # fmt: skip


def leave_above(row: RightsRequest, *, now: datetime) -> None:
    """Answered: whoever saw the case to answer it sees it no more, unless another such request of it waits."""
    waiting = RightsRequest.objects.filter(case=row.case_id, level=Level.SUPERVISOR, answer="").exclude(pk=row.pk)
    if row.case_id is None or row.level != Level.SUPERVISOR or waiting.exists():
        return
    brought = Escalation.objects.filter(case=row.case_id, ground=EscalationGround.REQUEST, ended_at=None)
    brought.update(ended_at=now)
