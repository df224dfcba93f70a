"""How much waits for somebody, for their home: as many as the lists behind it show, and nothing of what is in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from simpul.accounts.models import User
from simpul.cases.models import Case
from simpul.cases.queries.care import lately_shared, open_threats_for, said_lately
from simpul.cases.queries.closing import closures_for
from simpul.cases.queries.complaint_unheard import received_by, unheard_for
from simpul.cases.queries.complaints import unread_for
from simpul.cases.queries.referrals import unanswered_for, unanswered_letters
from simpul.cases.queries.rights import unanswered_by
from simpul.cases.queries.worklist import MOST, Filter, shelf_lists
from simpul.cases.referral_life import ANSWER
from simpul.cases.rights_kinds import SATISFY
from simpul.cases.rules.closing import APPROVE
from simpul.cases.rules.sight import SUPERVISE, brought_keys, brought_to, visible_to
from simpul.cases.stages import COORDINATE, RECORD
from simpul.deadlines.rules import NODE
from simpul.kernel.actor import Actor, Member
from simpul.records.counts import count_together


class Waiting(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    BROUGHT = "brought"
    COMPLAINTS = "complaints"
    RECEIVED = "received"  # no group was found for it: it is for whom this Simpul names
    UNHEARD = "unheard"  # and they have not read it: for whoever can name somebody else
    REFERRALS = "referrals"
    LETTERS = "letters"
    CLOSURES = "closures"
    REQUESTS = "requests"
    THREATS = "threats"
    CHECKINS = "checkins"
    SAID_LATELY = "said_lately"  # one's own word, not long ago: then nobody asks again


_KEEPERS: Final = (RECORD, COORDINATE)


def waiting_for(actor: Actor, *, now: datetime) -> dict[Waiting, int]:
    """Of each list the actor has, how many; more than MOST means that many or more. One query, none without lists."""
    lists = {kind.value: rows for kind, rows in lists_for(actor, now=now).items()}
    oneself = User.objects.filter(pk__in=[actor.user_id])
    return {Waiting(name): number for name, number in count_together(oneself, lists, most=MOST + 1).items()}


def lists_for(actor: Actor, *, now: datetime) -> dict[Waiting, QuerySet[Any, Any]]:
    """What the actor's lists hold, to be counted; the same queries draw the lists."""
    found: dict[Waiting, QuerySet[Any, Any]] = {}
    keeps, watches = any(map(actor.may, _KEEPERS)), actor.may(SUPERVISE)
    if keeps:
        found[Waiting.REFERRALS] = unanswered_for(actor, now=now)
        found[Waiting.CHECKINS] = lately_shared(actor, now=now)
        found[Waiting.SAID_LATELY] = said_lately(actor, now=now)
    if keeps or watches:
        found |= {Waiting(shelf.value): rows for shelf, rows in shelf_lists(actor, Filter(), now=now).items()}
        found[Waiting.COMPLAINTS] = unread_for(actor, most=MOST + 1)
        found[Waiting.THREATS] = open_threats_for(actor)
    if watches:
        found[Waiting.BROUGHT] = brought_cases(actor, now=now)
    return found | _at_node(actor, now, has_desk=keeps or watches) | _by_right(actor, now)


def _at_node(actor: Actor, now: datetime, *, has_desk: bool) -> dict[Waiting, QuerySet[Any, Any]]:
    """Of what no group was found for: whoever is named to receive it may have no desk that would show it.

    Not on an official's home, which reads as much as a page may: notices lead them to it.
    """
    counted = isinstance(actor, Member) and bool(actor.roles - {"official"}) and not has_desk
    found: dict[Waiting, QuerySet[Any, Any]] = {Waiting.RECEIVED: received_by(actor)} if counted else {}
    if actor.may(NODE):
        found[Waiting.UNHEARD] = unheard_for(actor, now=now)
    return found


def _by_right(actor: Actor, now: datetime) -> dict[Waiting, QuerySet[Any, Any]]:
    found: dict[Waiting, QuerySet[Any, Any]] = {}
    if actor.may(APPROVE):
        found[Waiting.CLOSURES] = closures_for(actor, now=now)
    if actor.may(SATISFY):
        found[Waiting.REQUESTS] = unanswered_by(actor)
    if actor.may(ANSWER):
        found[Waiting.LETTERS] = unanswered_letters(actor, now=now)
    return found


def brought_cases(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """Open cases that were brought to the actor, found from what was brought: there is little of it."""
    seen = Case.objects.filter(visible_to(actor, now=now), brought_to(actor), pk=OuterRef("pk"))
    return Case.objects.filter(Exists(seen), pk__in=brought_keys(actor), closed_on=None)
