"""Handing over what is queued. The rows are the queue: nothing is lost with a worker, and several may work at once.

A delivery is taken by raising `attempts` where it still is what was read; that number is shown again to settle it. It
is held for LEASE. Whoever is killed, or too slow, leaves it to the next after that, unless a point of no return was
noted (`committed_at`): then it is UNCERTAIN and never sent again, until the one who held it says what came of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError

from simpul.kernel.rounds import Clock
from simpul.notices.channels.carrying import Carrier, NotHandedOver, Parcel, Uncertain
from simpul.notices.models import Channel, Delivery, Preference
from simpul.notices.planning import wanted
from simpul.notices.states import LIFE, WAITING, State
from simpul.notices.wording import outside

LOG: Final = logging.getLogger("simpul.worker")
LEASE: Final = timedelta(minutes=5)  # longer than any channel's timeouts together
# Minutes until the next attempt, after the first, the second, ...; after the last of them it is given up.
WAITS: Final = (1, 2, 5, 15, 60, 240, 720)
AT_HAND: Final = 20  # rows looked at for one: others may take the first of them meanwhile
MOST: Final = 500  # deliveries of one channel in one round


class Overtaken(Exception):
    """The lease ran out before the point of no return: somebody else may have it by now."""


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery in hand. `attempt` is what settles it."""

    delivery: Delivery
    attempt: int


def deliver_due(channel: Channel, carrier: Carrier, clock: Clock, *, most: int = MOST) -> int:
    """Hand over what is due on one channel, the longest due first; how many were handed over.

    It stops where the channel itself is closed (no server, no sign-in): the others would fare no better.
    """
    settle_abandoned(channel, carrier, now=clock())
    done = 0
    for _ in range(most):
        held = take_next(channel, now=clock())
        if held is None:
            break
        try:
            done += _deliver(held, carrier, clock)
        except NotHandedOver as failure:
            _failed(held, failure, now=clock())
            if failure.closed:
                break
        except DatabaseError:
            raise  # nothing can be noted now: the lease runs out, and another round goes on from what was
        except Exception:
            # A fault of ours, perhaps with this one person: the others are not held up by it.
            LOG.exception("a message could not be handed over", extra={"task": f"notices.deliver_{channel}"})
            _broken(held, now=clock())
    return done


def settle_abandoned(channel: Channel, carrier: Carrier, *, now: datetime) -> int:
    """Deliveries left after the point of no return, where repeating is not safe: nobody will ever know."""
    if carrier.repeatable:
        return 0
    left = Delivery.objects.filter(channel=channel, state=State.SENDING, due_at__lte=now, committed_at__isnull=False)
    LIFE.transition(State.SENDING, "lose")
    return left.update(state=State.UNCERTAIN, due_at=None, settled_at=now, error="interrupted")


def spare_waiting(channel: Channel, *, now: datetime) -> int:
    """Everything that waits for a channel this deployment no longer has: it would wait for ever. How many."""
    target = {LIFE.transition(state, "spare").target for state in WAITING}.pop()
    waiting = Delivery.objects.filter(channel=channel, state__in=WAITING)
    return waiting.update(state=target, due_at=None, settled_at=now)


def take_next(channel: Channel, *, now: datetime) -> Held | None:
    """Take the one longest due; None where nothing is. Two who ask at once take two different ones."""
    unsettled = Delivery.objects.filter(channel=channel, state__in=[*WAITING, State.SENDING], committed_at=None)
    due = (
        unsettled.filter(due_at__lte=now)
        .order_by("due_at", "pk")
        .select_related("recipient__notice", "recipient__user")
    )
    for row in due[:AT_HAND]:
        LIFE.transition(State(row.state), "take")
        still = unsettled.filter(pk=row.pk, state=row.state, attempts=row.attempts, due_at__lte=now)
        if still.update(state=State.SENDING, attempts=row.attempts + 1, due_at=now + LEASE, committed_at=None):
            return Held(row, row.attempts + 1)
    return None


def _deliver(held: Held, carrier: Carrier, clock: Clock) -> bool:
    """Hand over one, unless it is no longer needed; whether it was."""
    wish = _wish(held)
    if not _needed(held, wish):
        _settle(held, "spare", now=clock())
        return False
    recipient = held.delivery.recipient
    parcel = Parcel(
        held.delivery.pk, recipient.user, outside(wish.language), urgent=recipient.notice.urgent, now=clock()
    )
    try:
        carrier.hand_over(parcel, _committing(held, clock))
    except Overtaken:
        return False
    except Uncertain as doubt:
        _settle(held, "lose", now=clock(), error=doubt.code)
        return False
    _settle(held, "hand_over", now=clock())
    return True


def _wish(held: Held) -> Preference:
    user = held.delivery.recipient.user
    return Preference.objects.filter(pk=user.pk).first() or Preference(user=user)


def _needed(held: Held, wish: Preference) -> bool:
    recipient = held.delivery.recipient
    return recipient.opened_at is None and recipient.user.is_active and held.delivery.channel in wanted(wish)


def _committing(held: Held, clock: Clock) -> Callable[[], None]:
    def commit() -> None:
        now = clock()
        mine = Delivery.objects.filter(pk=held.delivery.pk, state=State.SENDING, attempts=held.attempt, due_at__gt=now)
        if not mine.update(committed_at=now):
            raise Overtaken

    return commit


def _failed(held: Held, failure: NotHandedOver, *, now: datetime) -> None:
    """Queue it for later, or give it up: refused for good, or tried as often as is reasonable."""
    if failure.final or held.attempt > len(WAITS):
        _settle(held, "give_up", now=now, error=failure.code)
        return
    due = now + timedelta(minutes=WAITS[held.attempt - 1])
    _settle(held, "fail", now=now, error=failure.code, due=due)


def _broken(held: Held, *, now: datetime) -> None:
    if Delivery.objects.filter(pk=held.delivery.pk, attempts=held.attempt, committed_at__isnull=False).exists():
        _settle(held, "lose", now=now, error="fault")
    else:
        _failed(held, NotHandedOver("fault"), now=now)


def _settle(held: Held, act: str, *, now: datetime, error: str = "", due: datetime | None = None) -> bool:
    """Write what became of it, if it is still ours to say: nobody has taken it since."""
    for source in (State.SENDING, State.UNCERTAIN):
        mine = Delivery.objects.filter(pk=held.delivery.pk, state=source, attempts=held.attempt)
        if act in {t.act for t in LIFE.acts_from(source)} and mine.update(
            state=LIFE.transition(source, act).target,
            due_at=due,
            committed_at=None,
            settled_at=None if due else now,
            error=error,
        ):
            return True
    return False
