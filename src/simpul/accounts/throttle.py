"""Wrong tries are counted per account, not per address on the network: one village may share one address.

A try is counted before the secret is compared and forgiven when it was right. So of a hundred tries sent at once only
as many are compared as the policy allows, whatever the order in which they arrive.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Throttle
from simpul.accounts.tokens import digest
from simpul.kernel.errors import Invalid, TooSoon

_DELAYS = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 900))


@dataclass(frozen=True, slots=True)
class Policy:
    """`free` tries without a wait, then `delays` in turn, the last one for ever; none at all after `limit`."""

    name: str
    free: int
    delays: tuple[timedelta, ...] = _DELAYS
    limit: int | None = None
    forgets_after: timedelta | None = timedelta(hours=24)

    def delay(self, failures: int) -> timedelta | None:
        over = failures - self.free
        return self.delays[min(over, len(self.delays) - 1)] if over >= 0 else None


PASSWORD = Policy("password", free=5)
CODE = Policy("code", free=5, delays=(*_DELAYS, timedelta(hours=1)))
PIN = Policy("pin", free=4, limit=10, forgets_after=None)
IDENTIFIERS = Policy("identifiers", free=5, delays=(timedelta(hours=1),), forgets_after=timedelta(hours=1))
RESET = Policy("reset", free=3, delays=(timedelta(hours=1),), forgets_after=timedelta(hours=1))


def take_try(policy: Policy, subject: str, now: datetime) -> int:
    """Count one try against `subject`; how many there are now. Call it outside any transaction: it commits at once.

    TooSoon("too_many_tries") while a wait runs, Invalid("closed_for_good") beyond the limit; neither counts.
    """
    with transaction.atomic():
        key = digest(f"throttle.{policy.name}", subject)
        Throttle.objects.get_or_create(key=key, defaults={"failed_at": now})
        row = Throttle.objects.select_for_update().get(key=key)
        if policy.forgets_after and now - row.failed_at >= policy.forgets_after:
            row.failures, row.closed_until = 0, None
        _refuse_when_closed(policy, row, now)
        row.failures += 1
        row.failed_at = now
        delay = policy.delay(row.failures)
        row.closed_until = now + delay if delay else None
        row.save()
        return row.failures


def forgive(policy: Policy, subject: str) -> None:
    """It was right, or a recovery begins afresh: the count starts at nothing.

    The row stays: `take_try` may be waiting for it.
    """
    Throttle.objects.filter(key=digest(f"throttle.{policy.name}", subject)).update(failures=0, closed_until=None)


def has_wrong_tries(policy: Policy, subject: str) -> bool:
    """Whether somebody has been wrong since it was last right."""
    return Throttle.objects.filter(key=digest(f"throttle.{policy.name}", subject), failures__gt=0).exists()


def _refuse_when_closed(policy: Policy, row: Throttle, now: datetime) -> None:
    if policy.limit is not None and row.failures >= policy.limit:
        message = _("Too many wrong tries. Ask your coordinator to let you in again.")
        raise Invalid("closed_for_good", message=message)
    if row.closed_until and now < row.closed_until:
        minutes = -(-int((row.closed_until - now).total_seconds()) // 60) or 1
        message = _("Too many wrong tries. Wait a while (at most %(minutes)s minutes), then try again.")
        raise TooSoon("too_many_tries", message=message % {"minutes": minutes}, minutes=minutes)
