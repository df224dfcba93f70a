"""Writing a step of a case's life, with the stage it leads to, in the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.cases.counting import count_again
from simpul.cases.dues import stop_helping_clock
from simpul.cases.merging import put
from simpul.cases.models import Case, CaseStep
from simpul.cases.stages import CASE_LIFE, ENDED_STAGES, Act, Stage
from simpul.cases.transfer_writing import revoke_open
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.kernel.lifecycle import Transition
from simpul.kernel.text import squeeze
from simpul.kernel.time import local_date


def today_of(case: Case, now: datetime) -> date:
    """The date on the calendar of the case's village."""
    return local_date(now, case.area.zone)


def transition(case: Case, act: str, reason: str) -> Transition[Stage]:
    """The row of the table. Conflict("transition_refused" | "reason_needed")."""
    try:
        return CASE_LIFE.transition(Stage(case.stage), act, reason=reason)
    except Conflict as refused:
        needed = refused.code == "reason_needed"
        message = _("Write in a few words why.") if needed else _("The case stands elsewhere by now: look at it again.")
        raise Conflict(refused.code, message=message, theirs=refused.theirs) from refused


def was_taken(case: Case, act: str, step_id: UUID | None, actor: Actor) -> bool:
    """Whether this very step is there: by its id, or as the last one, by the same person."""
    last = case.steps.order_by("-id").first()
    if step_id and case.steps.filter(pk=step_id).exists():
        return True
    return last is not None and last.act == act and last.by_id == actor.person_id and last.to_stage == case.stage


def write_step(
    actor: Actor,
    case: Case,
    act: str,
    target: Stage,
    *,
    reason: str = "",
    extra: Mapping[str, object] | None = None,
    now: datetime,
    step_id: UUID | None = None,
) -> Case:
    """Append the step and move the case; `extra` are fields written with it. `case` is locked by the caller."""
    words = squeeze(reason)
    CaseStep.objects.create(
        id=step_id or uuid7(),
        case=case,
        act=act,
        from_stage=case.stage if act != Act.OPEN else "",
        to_stage=target,
        at=now,
        by_id=actor.person_id,
        reason=words or None,
    )
    changes: dict[str, object] = {"stage": target, **(extra or {})}
    if target in ENDED_STAGES:
        changes["closed_on"] = today_of(case, now)
        drop_what_waits(actor, case, now=now)
    elif case.closed_on is not None:
        changes.update(closed_on=None, outcome="", duplicate_of=None)
    moved = put(case, changes)
    stop_helping_clock(actor, moved, now=now)
    note_counted(moved, now=now)
    return moved


def note_counted(case: Case, *, now: datetime) -> None:
    """Let figures know of what changed in the case, in the caller's transaction."""
    count_again(case, today=today_of(case, now), now=now)


def drop_what_waits(actor: Actor, case: Case, *, now: datetime) -> None:
    """Nobody has to agree to the end of what has ended, or to take it over."""
    case.closure_requests.filter(decided_at=None).update(decided_at=now)
    revoke_open(actor, case, now=now)
