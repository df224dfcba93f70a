"""What no group was found for, counted for whom it waits, and for whoever can name somebody else to read it."""

from datetime import datetime

from django.db.models import QuerySet

from simpul.cases.complaint_clocks import READ_DUE
from simpul.cases.complaint_kinds import Level
from simpul.cases.models import Complaint
from simpul.cases.rules.complaints import kept_from, visible_to
from simpul.deadlines.models import Clock
from simpul.deadlines.rules import NODE
from simpul.kernel.actor import Actor

_AT_NODE = Complaint.objects.filter(level=Level.NODE, decided_at=None)


def received_by(actor: Actor) -> QuerySet[Complaint]:
    """What waits for whom this Simpul names, read or not: they may hold no role of the desk that would lead to it."""
    return _AT_NODE.filter(visible_to(actor))


def unheard_for(actor: Actor, *, now: datetime) -> QuerySet[Complaint]:
    """What nobody has opened within its time, for whoever says who receives it: to be counted, and read by them never.

    None of what is kept from them: that somebody waits must not reach whom it is about.
    """
    if not actor.scope(NODE).everywhere:
        return Complaint.objects.none()
    over = Clock.objects.filter(code=READ_DUE, about_kind="cases.complaint", stopped_at=None, due_at__lte=now)
    return _AT_NODE.filter(~kept_from(actor), read_at=None, pk__in=over.values("about_id"))
