"""The round over clocks: what is over is noted, who should know is told, what was a guess is counted again."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from simpul.audit import services as audit
from simpul.deadlines import rules
from simpul.deadlines.counting import count_due, moments, next_waking
from simpul.deadlines.models import Alert, Clock
from simpul.deadlines.notice_kinds import NEAR, PASSED
from simpul.deadlines.telling import teller_of
from simpul.deadlines.units import Step
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.kernel.refs import RecordRef
from simpul.notices.services.sending import send_notice
from simpul.territory.queries import calendar_decided

MOST: Final = 500


def check_clocks(actor: Actor, *, now: datetime, most: int = MOST) -> int:
    """Wake every clock whose moment has come; how many were. The platform's own: Denied("deadline.watch").

    Each in one transaction, with the notice it sends: killed at any moment, a clock was looked at or it was not, and
    nobody is told twice. Two at once share the work. After days without a round people are told once, not once a step.
    """
    rules.require_platform(actor)
    due = Clock.objects.filter(wake_at__lte=now).order_by("wake_at", "id").values_list("pk", flat=True)
    return sum(_wake(actor, key, now) for key in list(due[:most]))


def _wake(actor: Actor, key: UUID, now: datetime) -> bool:
    with transaction.atomic():
        rows = Clock.objects.select_for_update(of=("self",)).select_related("rule")
        clock = rows.filter(pk=key, wake_at__lte=now).first()
        if clock is None:
            return False
        if clock.due_at <= now and clock.breached_at is None:
            clock.breached_at = clock.due_at
            audit.record(actor, "deadlines.breach_clock", clock.ref, details={"code": clock.code})
        taken = set(clock.alerts.values_list("step", flat=True))
        due = [(n, step) for n, step, at in moments(clock, clock.rule) if at <= now and n not in taken]
        if due:
            told = _tell(actor, clock, due, now)
            Alert.objects.bulk_create(Alert(clock=clock, step=n, taken_at=now, told=told) for n, _step in due)
            taken |= {n for n, _step in due}
        clock.wake_at = next_waking(clock, clock.rule, taken)
        clock.save(update_fields=["breached_at", "wake_at"])
    return True


def catch_up(actor: Actor, about: RecordRef, *, now: datetime) -> bool:
    """What lies behind the clocks of a record that was entered long after it came in is noted, and nobody is alerted:
    whoever entered it says so once, for all of them. Whether any of them was over. In the caller's transaction; what
    lies ahead is told as ever. Denied("deadline.run") for the public.
    """
    rules.require_may_run(actor)
    over = False
    with transaction.atomic():
        rows = Clock.objects.select_for_update(of=("self",)).select_related("rule")
        for clock in rows.filter(about_kind=about.kind, about_id=about.uuid, stopped_at=None):
            taken = set(clock.alerts.values_list("step", flat=True))
            behind = [n for n, _step, at in moments(clock, clock.rule) if at <= now and n not in taken]
            Alert.objects.bulk_create(Alert(clock=clock, step=n, taken_at=now, told=0) for n in behind)
            if clock.due_at <= now and clock.breached_at is None:
                clock.breached_at = clock.due_at
            clock.wake_at = next_waking(clock, clock.rule, {*taken, *behind})
            clock.save(update_fields=["breached_at", "wake_at"])
            over = over or clock.breached_at is not None
            audit.record(actor, "deadlines.catch_up", clock.ref, details={"code": clock.code, "steps": len(behind)})
    return over


def _tell(actor: Actor, clock: Clock, due: Collection[tuple[int, Step]], now: datetime) -> int:
    """How many were told. Where nobody with these roles can be, whoever comes next in the chain is told instead."""
    later = [(n, step) for n, step, _at in moments(clock, clock.rule) if n > max(n for n, _step in due)]
    for steps in ([step for _n, step in due], *([step] for _n, step in later)):
        roles = {role for step in steps for role in step.roles}
        accounts = teller_of(clock.about_kind)(clock.about, clock.owner_organisation_id, roles, now)
        if accounts and _send(actor, clock, accounts, now):
            return len(accounts)
    return 0


def _send(actor: Actor, clock: Clock, accounts: Collection[UUID], now: datetime) -> bool:
    over = clock.breached_at is not None
    try:
        send_notice(
            actor, kind=PASSED if over else NEAR, about=clock.about, recipients=sorted(accounts), urgent=over, now=now
        )
    except Invalid:
        return False  # none of these accounts is open
    return True


def recount_clocks(actor: Actor, *, most: int = MOST) -> int:
    """Count again what fell into a year whose holidays were not decided, once they are; how many were counted.

    The platform's own. A deadline that was over stays over.
    """
    rules.require_platform(actor)
    waiting = Clock.objects.filter(stopped_at=None, undecided_year__isnull=False)
    years = list(waiting.order_by().values_list("undecided_year", flat=True).distinct())
    decided = [year for year in years if year is not None and calendar_decided(year)]
    keys = waiting.filter(undecided_year__in=decided, paused_at=None, breached_at=None).values_list("pk", flat=True)
    return sum(_recount(actor, key) for key in list(keys[:most]))


def _recount(actor: Actor, key: UUID) -> bool:
    with transaction.atomic():
        rows = Clock.objects.select_for_update(of=("self",)).select_related("rule")
        clock = rows.filter(pk=key, stopped_at=None, paused_at=None, breached_at=None).first()
        if clock is None:
            return False
        count_due(clock, clock.rule)
        clock.wake_at = next_waking(clock, clock.rule, clock.alerts.values_list("step", flat=True))
        clock.save(update_fields=["due_at", "undecided_year", "wake_at"])
        audit.record(actor, "deadlines.recount_clock", clock.ref, details={"code": clock.code, "due": clock.due_at})
    return True
