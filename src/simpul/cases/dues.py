"""The clock of the law on a case, and the earliest thing somebody has to do in it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Min

from simpul.cases.kinds import starts_police_clock
from simpul.cases.models import Appointment, Case, Need, PartyType, PlanItem, Visit
from simpul.cases.stages import Stage
from simpul.deadlines.queries import clocks_for, running_clock
from simpul.deadlines.reckoning import end_of
from simpul.deadlines.services import start_clock, stop_clock
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation

POLICE: Final = "D01"
STOPPING: Final = "D09"
HELPING: Final = "P05"  # from the report until the group helps, where the group set itself such a time
_NOT_YET: Final = (Stage.RECEIVED, Stage.TRIAGE)


def run_police_clock(actor: Actor, case: Case, *, now: datetime) -> None:
    """From the report on, once one of the types asks for it; a decision taken before stands. In the caller's
    transaction.
    """
    codes = PartyType.objects.filter(party__case=case).values_list("code", flat=True)
    if starts_police_clock(codes) and not case.police_decisions.exists():
        start_on(actor, POLICE, case, starts_at=case.received_at, now=now)


def run_helping_clock(actor: Actor, case: Case, *, now: datetime) -> None:
    """From the report on, where the group's rule is in use. In the caller's transaction."""
    start_on(actor, HELPING, case, starts_at=case.received_at, now=now)


def stop_helping_clock(actor: Actor, case: Case, *, now: datetime) -> None:
    """Once the case is past being sorted, however it goes on. In the caller's transaction."""
    if case.stage not in _NOT_YET and (clock := running_clock(case.ref, HELPING)):
        stop_clock(actor, clock, decision="began", now=now)
        refresh_due(case)


def start_on(actor: Actor, code: str, case: Case, *, starts_at: datetime, now: datetime) -> None:
    owner = Organisation.objects.get(pk=case.owner_organisation_id)
    if start_clock(actor, code, case.ref, owner, area_code=case.area_id, starts_at=starts_at, now=now):
        refresh_due(case)


def refresh_due(case: Case) -> None:
    """Write when the earliest of all that waits in the case is due, None where nothing waits.

    Derived, so no edit: the version stays. Whoever changes what waits calls it, in the same transaction.
    """
    open_needs = Need.objects.filter(case=case, implemented_at=None, dropped_at=None)
    open_plan = PlanItem.objects.filter(case=case, done_at=None, dropped_at=None)
    days = [
        open_needs.aggregate(day=Min("due_on"))["day"],
        open_plan.aggregate(day=Min("due_on"))["day"],
        Visit.objects.filter(case=case, visited_on=None).aggregate(day=Min("due_on"))["day"],
    ]
    instants = [end_of(day, case.area.zone) for day in days if day is not None]
    meetings = Appointment.objects.filter(case=case, settled_at=None).aggregate(at=Min("at"))["at"]
    running = [c.due_at for c in clocks_for([case.ref])[case.ref] if c.stopped_at is None and c.paused_at is None]
    case.due_at = min([*instants, *running, *([meetings] if meetings else [])], default=None)
    Case.objects.filter(pk=case.pk).update(due_at=case.due_at)


def meet_need(case: Case, need_id: UUID, *, now: datetime) -> bool:
    """The need of this case is met, if it was open; whether it was. In the caller's transaction."""
    rows = Need.objects.filter(pk=need_id, case=case, dropped_at=None, implemented_at=None)
    met = bool(rows.update(implemented_at=now))
    if met:
        refresh_due(case)
    return met
