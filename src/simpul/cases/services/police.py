"""Deciding about a report to the police, with the person, either way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import coordinating_in
from simpul.cases.dues import POLICE, refresh_due
from simpul.cases.models import Case, PoliceDecision
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze


def decide_police_report(
    actor: Actor,
    case: Case,
    *,
    will_report: bool,
    reason: str,
    now: datetime,
    seen: UUID | str | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> PoliceDecision:
    """Report, or not, and why: the clock of three days stops (R2). The same `id` twice is one decision.

    Another one later is a decision too: the person may change their mind. It stands beside those before it, and the
    clock that stopped stays stopped, with what stopped it. `seen` is the key of the decision it comes after, "" for
    none, None where nobody looked: Conflict("decided_meanwhile") where another one was noted since.
    Denied("case.coordinate"); Invalid("reason").
    """
    words = squeeze(reason)
    with transaction.atomic():
        case = coordinating_in(actor, case.pk, now=now)
        if not words or len(words) > 1000:
            raise Invalid("reason", "reason", message=_("Write in a few words why."))
        if found := PoliceDecision.objects.filter(pk=id, case=case).first() if id else None:
            return found
        _require_last(case, seen)
        row = PoliceDecision.objects.create(
            id=id or uuid7(), case=case, will_report=will_report, reason=words, at=now, by_id=actor.person_id
        )
        if clock := running_clock(case.ref, POLICE):
            stop_clock(actor, clock, decision="will_report" if will_report else "will_not_report", now=now)
            refresh_due(case)
        audit.record(actor, "cases.decide_police_report", case.ref, details={"will_report": will_report})
    return row


def _require_last(case: Case, seen: UUID | str | None) -> None:
    last = case.police_decisions.order_by("-at", "-id").first()
    if seen is not None and str(seen) != (str(last.pk) if last else ""):
        message = _("Somebody noted a decision in the meantime. Read it before you note another.")
        raise Conflict("decided_meanwhile", message=message)
