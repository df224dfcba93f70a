"""By which channels each of these people is told outside Simpul, and not before when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from simpul.accounts.models import User
from simpul.kernel.time import Zone
from simpul.notices.channels.offered import available
from simpul.notices.models import Channel, Preference
from simpul.notices.queries.wishes import living_subscriptions

Plan = dict[UUID, list[tuple[Channel, datetime]]]


def plan(users: Iterable[User], *, urgent: bool, now: datetime) -> Plan:
    """Account -> its channels with the instant each is due. Two queries, however many people."""
    people = list(users)
    open_channels = available()
    keys = [user.pk for user in people]
    wishes = {row.pk: row for row in Preference.objects.filter(pk__in=keys)}
    pushed = set(living_subscriptions(now=now).filter(user__in=keys).values_list("user_id", flat=True))
    planned: Plan = {}
    for user in people:
        wish = wishes.get(user.pk) or Preference(user=user)
        due = now if urgent else not_before(wish, now)
        by = [c for c in wanted(wish) if c in open_channels and _reachable(user, c, subscribed=user.pk in pushed)]
        planned[user.pk] = [(channel, due) for channel in by]
    return planned


def wanted(wish: Preference) -> list[Channel]:
    """The channels somebody wants, whether or not they can be reached there."""
    return [channel for channel in Channel if getattr(wish, channel.value)]


def not_before(wish: Preference, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours that `now` falls into."""
    if wish.quiet_from is None or wish.quiet_until is None:
        return now
    local = now.astimezone(Zone(wish.zone).info)
    clock, over_midnight = local.time(), wish.quiet_from > wish.quiet_until
    if over_midnight:
        quiet = clock >= wish.quiet_from or clock < wish.quiet_until
    else:
        quiet = wish.quiet_from <= clock < wish.quiet_until
    if not quiet:
        return now
    end = datetime.combine(local.date(), wish.quiet_until, local.tzinfo)
    return (end if end > local else end + timedelta(days=1)).astimezone(now.tzinfo)


def _reachable(user: User, channel: Channel, *, subscribed: bool) -> bool:
    if channel is Channel.MAIL:
        return user.email is not None
    return user.phone is not None if channel is Channel.GATEWAY else subscribed
