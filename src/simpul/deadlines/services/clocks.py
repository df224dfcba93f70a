"""Starting a clock, letting it stand still and go on, stopping it with a decision."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.deadlines import rules
from simpul.deadlines.counting import count_due, next_waking
from simpul.deadlines.models import Clock, ClockRule, Pause
from simpul.deadlines.queries import rule_in_force, running_clock
from simpul.deadlines.telling import teller_of
from simpul.deadlines.units import Unit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.names import zone_of

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


def start_clock(
    actor: Actor,
    rule_code: str,
    about: RecordRef,
    owner_organisation: Organisation,
    *,
    area_code: str | None,
    starts_at: datetime,
    now: datetime,
    id: UUID | None = None,  # noqa: A002  # the same word in every service that takes one
) -> Clock | None:
    """Start the clock that this organisation's rule of that code sets; None where the rule is not in use there.

    In the caller's transaction, if there is one: the caller has judged what it is about. One clock of a code runs on a
    record at a time: a second start gives the one that runs, the same `id` the one it made. Days end in the zone of
    `area_code`, else of the organisation's seat, else of Jakarta. Denied("deadline.run") for the public; NotFound for a
    code without a rule; Invalid("starts_later") for an instant after `now`. KeyError for a kind of record without a
    teller: a fault of the program.
    """
    rules.require_may_run(actor)
    teller_of(about.kind)
    if there := Clock.objects.filter(pk=id).first() if id else None:
        return _same(there, rule_code, about)
    if starts_at > now:
        raise Invalid("starts_later", "starts_at", message=_("This time is still to come. Enter when it happened."))
    area = area_code or owner_organisation.seat_id
    zone = zone_of(area) if area else Zone.WIB
    rule = rule_in_force(rule_code, owner_organisation.pk, on=local_date(starts_at, zone))
    if not rule.in_use:
        return None
    clock = Clock(
        id=id or uuid7(),
        rule=rule,
        code=rule.code,
        about_kind=about.kind,
        about_id=about.uuid,
        owner_organisation=owner_organisation,
        area_id=area,
        zone=zone,
        started_at=starts_at,
    )
    count_due(clock, rule)
    clock.wake_at = next_waking(clock, rule, ())
    return running_clock(about, rule_code) or _start(actor, clock, rule)


def _same(there: Clock, code: str, about: RecordRef) -> Clock:
    if (there.code, there.about) == (code, about):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _start(actor: Actor, clock: Clock, rule: ClockRule) -> Clock:
    try:
        with transaction.atomic():
            if rule.shipped:
                ClockRule.objects.bulk_create([rule], ignore_conflicts=True)
            clock.save(force_insert=True)
            audit.record(actor, "deadlines.start_clock", clock.ref, details={"code": clock.code})
    except IntegrityError:
        # Somebody started it at this very moment: theirs is ours.
        if found := running_clock(clock.about, clock.code):
            return found
        raise
    return clock


def pause_clock(actor: Actor, clock: Clock, *, reason: str, now: datetime) -> Clock:
    """It stands still, for instance while one waits for the person. `reason` is a code. Twice changes nothing more.

    Conflict("never_pauses") where the rule knows no pause: a law's hours go on whoever waits. Conflict("over") once the
    time is over or the clock was stopped.
    """
    rules.require_may_run(actor)
    code = _checked("reason", reason)
    with transaction.atomic():
        held = _held(clock)
        if held.paused_at is not None:
            return held
        if not held.rule.may_pause or held.rule.unit == Unit.DAY_OF_YEAR:
            raise Conflict("never_pauses", message=_("This deadline doesn't pause. It runs on while you wait."))
        if held.stopped_at is not None or held.due_at <= now:
            raise Conflict("over", message=_("This deadline is over: it can't be paused any more."))
        Pause.objects.create(clock=held, paused_at=now, reason=code)
        held.paused_at, held.wake_at = now, None
        held.save(update_fields=["paused_at", "wake_at"])
        audit.record(actor, "deadlines.pause_clock", held.ref, details={"code": held.code, "reason": code})
    return held


def resume_clock(actor: Actor, clock: Clock, *, now: datetime) -> Clock:
    """It goes on: the deadline moves by as much as it stood still. Twice changes nothing more."""
    rules.require_may_run(actor)
    with transaction.atomic():
        held = _held(clock)
        if held.paused_at is None:
            return held
        _end_pause(held, now)
        count_due(held, held.rule)
        held.wake_at = next_waking(held, held.rule, held.alerts.values_list("step", flat=True))
        held.save(update_fields=["paused_at", "due_at", "undecided_year", "wake_at"])
        audit.record(actor, "deadlines.resume_clock", held.ref, details={"code": held.code})
    return held


def stop_clock(actor: Actor, clock: Clock, *, decision: str, now: datetime) -> Clock:
    """It ends, by a decision: a code, whichever way it went. Late is noted as late. The same again changes nothing.

    Conflict("stopped_already") where it was stopped by another decision.
    """
    rules.require_may_run(actor)
    code = _checked("decision", decision)
    with transaction.atomic():
        held = _held(clock)
        if held.stopped_at is not None:
            if held.decision == code:
                return held
            message = _("This deadline was answered already, with another decision. Look at it before you go on.")
            raise Conflict("stopped_already", message=message, theirs={"decision": held.decision})
        if held.paused_at is not None:
            _end_pause(held, now)
            count_due(held, held.rule)
        if held.due_at <= now and held.breached_at is None:
            held.breached_at = held.due_at
        held.stopped_at, held.decision, held.stopped_by, held.wake_at = now, code, actor.person_id, None
        held.save()
        audit.record(actor, "deadlines.stop_clock", held.ref, details={"code": held.code, "decision": code})
    return held


def hand_clocks(actor: Actor, about: Iterable[RecordRef], to: Organisation) -> int:
    """What these records are about is another organisation's from now on, and so are the clocks that run; how many.

    In the caller's transaction, if there is one: the caller has judged it. Each goes on by the rule it started by, due
    when it was: nobody gains time by handing something on. Those that were stopped stay with who answered for them.
    Denied("deadline.run") for the public. Twice changes nothing more.
    """
    rules.require_may_run(actor)
    by_kind: dict[str, list[UUID]] = {}
    for ref in about:
        by_kind.setdefault(ref.kind, []).append(ref.uuid)
    with transaction.atomic():
        moved = 0
        for kind, keys in sorted(by_kind.items()):
            rows = Clock.objects.filter(about_kind=kind, about_id__in=keys, stopped_at=None)
            for clock in rows.exclude(owner_organisation=to).select_for_update(of=("self",)).order_by("pk"):
                clock.owner_organisation = to
                clock.save(update_fields=["owner_organisation"])
                audit.record(actor, "deadlines.hand_clocks", clock.ref, details={"code": clock.code, "to": to.pk})
                moved += 1
    return moved


def _held(clock: Clock) -> Clock:
    """The row as it is now, ours until the transaction ends."""
    return Clock.objects.select_for_update(of=("self",)).select_related("rule").get(pk=clock.pk)


def _end_pause(clock: Clock, now: datetime) -> None:
    clock.pauses.filter(resumed_at=None).update(resumed_at=max(now, clock.paused_at or now))
    clock.paused_at = None


def _checked(field: str, code: str) -> str:
    if not _CODE.fullmatch(code):
        raise Invalid("not_a_code", field, message=_("Choose one of the list."))
    return code
