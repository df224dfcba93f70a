"""Closing a case, or asking somebody to agree to it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import held_case, recording_in
from simpul.cases.closing_notices import ASKED, DECIDED
from simpul.cases.life import transition, write_step
from simpul.cases.models import Case, ClosureRequest, PartyType
from simpul.cases.outcomes import outcomes_for
from simpul.cases.rules.closing import ENDINGS_AGREED, may_close_alone, require_approving, require_unmediated
from simpul.cases.rules.telling import USUAL, told_of_case
from simpul.cases.services.progress import close_case, move_case
from simpul.cases.stages import Act
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.notices.services.sending import send_notice
from simpul.people.models import Person


def end_case(
    actor: Actor,
    case: Case,
    *,
    now: datetime,
    outcome: str = "",
    act: str = Act.CLOSE,
    reason: str = "",
    id: UUID | None = None,  # noqa: A002 - of the step, or of the request
) -> ClosureRequest | None:
    """End it, or ask for it where the organisation wants somebody else to agree: then what was asked comes back.

    `act` is one of ENDINGS_AGREED; only closing has an outcome. Asked twice is asked once, and so is the same `id`;
    asked with another end, that takes its place. Denied, Invalid("outcome"), Conflict("transition_refused" |
    "reason_needed") as `close_case` and `move_case`; Conflict("id_taken").
    """
    if act not in ENDINGS_AGREED:
        raise ValueError(f"{act} is no end that is agreed to")
    with transaction.atomic():
        fresh = held_case(actor, case.pk, now=now)
        if may_close_alone(actor, fresh):
            _end(actor, fresh, act, outcome=outcome, reason=reason, now=now, step_id=id)
            return None
        recording_in(actor, case.pk, now=now)
        if id and (there := ClosureRequest.objects.filter(pk=id).first()):
            return _same(there, case)
        _require_outcome(fresh, act, outcome)
        transition(fresh, act, reason)
        standing = ClosureRequest.objects.filter(case=case, decided_at=None)
        if (found := standing.first()) and (found.act, found.outcome) == (act, outcome):
            return found
        standing.update(decided_at=now)  # nobody agrees to what was asked for before
        row = ClosureRequest.objects.create(
            id=id or uuid7(), case=case, act=act, outcome=outcome, reason=squeeze(reason) or None, asked_at=now,
            asked_by_id=actor.person_id,
        )  # fmt: skip
        audit.record(actor, "cases.end_case", case.ref, details={"request": row.pk})
        _tell(actor, ASKED, fresh, told_of_case(fresh, ("coordinator",), now) - _accounts(actor.person_id), now)
    return row


def approve_closure(actor: Actor, request: ClosureRequest, *, now: datetime) -> Case:
    """It ends, as was asked. Twice is once.

    Denied("case.approve_closure" | "case.approve_own_closure"); Conflict("decided") where it was decided otherwise,
    "outcome_changed" where what the case is about was changed since, and the outcome no longer belongs to it,
    "mediated" as `close_case`.
    """
    with transaction.atomic():
        case, row = _approving(actor, request, now)
        if row.approved:
            return case
        _require_waiting(row)
        if row.act == Act.CLOSE:
            require_unmediated(case)
        if row.act == Act.CLOSE and row.outcome not in _outcomes(case):
            message = _("What this is about was changed since. Say no, and ask for the end again with what came of it.")
            raise Conflict("outcome_changed", message=message)
        words = row.reason.open() if row.reason else ""
        step = transition(case, row.act, words)
        _decide(actor, row, approved=True, words="", now=now)
        extra = {"outcome": row.outcome} if row.outcome else {}
        moved = write_step(actor, case, row.act, step.target, reason=words, extra=extra, now=now)
        audit.record(actor, "cases.approve_closure", case.ref, details={"request": row.pk})
        _tell(actor, DECIDED, case, _asker(row, case, now), now)
    return moved


def decline_closure(actor: Actor, request: ClosureRequest, *, words: str, now: datetime) -> ClosureRequest:
    """It goes on: whoever asked reads why. Twice is once. As `approve_closure`, and Invalid("words")."""
    text = squeeze(words)
    with transaction.atomic():
        case, row = _approving(actor, request, now)
        if not text or len(text) > 1000:
            raise Invalid("words", "words", message=_("Write in a few words what is still to be done."))
        if row.approved is False:
            return row
        _require_waiting(row)
        _decide(actor, row, approved=False, words=text, now=now)
        audit.record(actor, "cases.decline_closure", case.ref, details={"request": row.pk})
        _tell(actor, DECIDED, case, _asker(row, case, now), now)
    return row


def _end(actor: Actor, case: Case, act: str, *, outcome: str, reason: str, now: datetime, step_id: UUID | None) -> None:
    if act == Act.CLOSE:
        close_case(actor, case, outcome=outcome, reason=reason, now=now, id=step_id)
    else:
        move_case(actor, case, act=act, reason=reason, now=now, id=step_id)


def _outcomes(case: Case) -> Collection[str]:
    return outcomes_for(PartyType.objects.filter(party__case=case).values_list("code", flat=True))


def _require_outcome(case: Case, act: str, outcome: str) -> None:
    if outcome not in (_outcomes(case) if act == Act.CLOSE else ("",)):
        raise Invalid("outcome", "outcome", message=_("Choose what came of it."))
    if act == Act.CLOSE:
        require_unmediated(case)


def _same(there: ClosureRequest, case: Case) -> ClosureRequest:
    if there.case_id != case.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return there


def _approving(actor: Actor, request: ClosureRequest, now: datetime) -> tuple[Case, ClosureRequest]:
    """The case and what was asked, both held, for who may agree to it."""
    case = held_case(actor, request.case_id, now=now)
    row = ClosureRequest.objects.select_for_update().get(pk=request.pk)
    row.case = case
    require_approving(actor, row, now=now)
    return case, row


def _require_waiting(row: ClosureRequest) -> None:
    if row.decided_at is not None:
        raise Conflict("decided", message=_("This was decided already. Look at the case again."))


def _decide(actor: Actor, row: ClosureRequest, *, approved: bool, words: str, now: datetime) -> None:
    row.decided_at, row.decided_by_id, row.approved, row.words = now, actor.person_id, approved, words or None
    row.save(update_fields=["decided_at", "decided_by", "approved", "words"])


def _accounts(person_id: UUID | None) -> set[UUID]:
    keys = Person.objects.filter(pk=person_id).values_list("user_id", flat=True) if person_id else ()
    return {key for key in keys if key}


def _asker(row: ClosureRequest, case: Case, now: datetime) -> set[UUID]:
    """Whoever asked, unless they were relieved, or it was hidden from them since: then there is nothing to answer."""
    return _accounts(row.asked_by_id) & told_of_case(case, USUAL, now)


def _tell(actor: Actor, kind: str, case: Case, accounts: set[UUID], now: datetime) -> None:
    if not accounts:
        return
    try:
        send_notice(actor, kind=kind, about=case.ref, recipients=sorted(accounts), now=now)
    except Invalid:
        return  # none of them has an open account: the list of what waits shows it
