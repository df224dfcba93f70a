"""When a clock is due and when a round must look at it: reckoning, fed from the tables."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from simpul.deadlines.models import Clock, ClockRule
from simpul.deadlines.reckoning import Interval, due_at, horizon
from simpul.deadlines.units import Anchor, Step, Unit
from simpul.kernel.time import Zone, local_date
from simpul.territory.queries import calendar_decided, holidays_between


def count_due(clock: Clock, rule: ClockRule) -> None:
    """Set `due_at` and `undecided_year` from the start, the rule, the pauses that are over, and today's holidays."""
    zone = Zone(clock.zone)
    pauses = [Interval(p.paused_at, p.resumed_at) for p in clock.pauses.all() if p.resumed_at is not None]
    limit, start = rule.counted, local_date(clock.started_at, zone)
    if limit.unit is not Unit.WORKING_DAYS:
        clock.due_at, clock.undecided_year = due_at(limit, clock.started_at, zone, pauses=pauses), None
        return
    holidays = holidays_between(start, horizon(limit, start, pauses), clock.area_id)
    clock.due_at = due_at(limit, clock.started_at, zone, pauses=pauses, holidays=holidays)
    years = range(start.year, clock.due_on.year + 1)
    clock.undecided_year = next((year for year in years if not calendar_decided(year)), None)


def moments(clock: Clock, rule: ClockRule) -> list[tuple[int, Step, datetime]]:
    """Each step of the chain with its number and its instant."""
    starts = {Anchor.START: clock.started_at, Anchor.DUE: clock.due_at}
    return [(n, step, starts[step.anchor] + timedelta(hours=step.hours)) for n, step in enumerate(rule.chain)]


def next_waking(clock: Clock, rule: ClockRule, taken: Iterable[int]) -> datetime | None:
    """The first instant at which there is something to do: a step nobody took, or the end of the time."""
    if clock.stopped_at is not None or clock.paused_at is not None:
        return None
    done = set(taken)
    ahead = [at for number, _step, at in moments(clock, rule) if number not in done]
    if clock.breached_at is None:
        ahead.append(clock.due_at)
    return min(ahead, default=None)
