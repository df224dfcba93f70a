"""What was decided about the police."""

from datetime import datetime

from django.db.models import QuerySet

from simpul.cases.models import Case, PoliceDecision
from simpul.cases.rules.sight import authorise_coordinating
from simpul.kernel.actor import Actor


def police_decisions_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[PoliceDecision]:
    """The latest first, which is the one that holds. Denied("case.coordinate")."""
    authorise_coordinating(actor, case, now=now)
    return case.police_decisions.select_related("by").order_by("-at", "-id")
