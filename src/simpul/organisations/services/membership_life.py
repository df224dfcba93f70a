"""Leave, inactivity, return, leaving, expulsion: who decided, on which day, and why."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import supersede
from simpul.organisations.membership_life import BY_AN_ORGAN, ENDS, LIFE, MANAGE, THE_MEMBERS, MembershipAct, Standing
from simpul.organisations.models import Membership, MembershipDecision
from simpul.organisations.models.memberships import EndReason
from simpul.organisations.queries.membership_life import standing_on
from simpul.organisations.rules.organisations import may, require_sight
from simpul.organisations.services.memberships import GRAPH, end_membership
from simpul.organisations.shapes import check_past, one_of, words
from simpul.records.locks import lock_graph

MOST_WORDS = 1000
_REASONS = {MembershipAct.LEAVE: EndReason.LEFT, MembershipAct.EXPEL: EndReason.EXPELLED}


def decide_membership(
    actor: Actor,
    membership: Membership,
    *,
    act: str,
    effective_on: date,
    why: str = "",
    until: date | None = None,
    decided_by: str = "",
    decided_on: date | None = None,
    minutes: str = "",
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> MembershipDecision:
    """Write a decision about a membership down; leaving and expulsion end it on that day in the same transaction.

    The network decides everything; the member itself goes on leave, returns and leaves (THE_MEMBERS). The same id again
    is the same decision. Denied("membership.manage"); Invalid for what an act needs and lacks; Conflict(
    "standing_moved") where it stands otherwise by then, with `standing` in `theirs`; Conflict("ended") where the
    membership does not hold on that day.
    """
    act = one_of(MembershipAct, blank=False)("act", act)
    _require_side(actor, membership, act)
    row = MembershipDecision(
        id=id or uuid7(),
        member=membership.member,
        network=membership.network,
        act=act,
        effective_on=effective_on,
        until=until if act == MembershipAct.PUT_ON_LEAVE else None,
        decided_by=words(200)("decided_by", decided_by),
        decided_on=decided_on,
        minutes=words(200)("minutes", minutes),
        why=_why(act, why) or None,
        entered_by=actor.person_id,
        recorded_at=now,
    )
    _check(row, now)
    return _write(actor, membership, row, now)


def withdraw_decision(actor: Actor, decision: MembershipDecision, *, now: datetime) -> None:
    """It was never decided: an entry made by mistake. What ended a membership is mended by correcting that instead:
    Conflict("ended"). Twice changes nothing more.
    """
    require_sight(actor, decision.network, decision.member)
    if not may(actor, MANAGE, decision.network):
        raise Denied(MANAGE, decision.ref)
    if decision.act in ENDS:
        message = _("This decision ended the membership. Admit the member again, with the date from which it holds.")
        raise Conflict("ended", message=message)
    with transaction.atomic():
        if supersede(decision, now=now):
            audit.record(actor, "organisations.withdraw_decision", decision.ref)


def _require_side(actor: Actor, membership: Membership, act: str) -> None:
    require_sight(actor, membership.network, membership.member)
    if may(actor, MANAGE, membership.network):
        return
    if act not in THE_MEMBERS or not may(actor, MANAGE, membership.member):
        raise Denied(MANAGE, membership.ref)


def _why(act: str, why: str) -> str:
    why = why.strip()
    if not why and any(t.needs_reason for t in LIFE.transitions if t.act == act):
        raise Invalid("why_needed", "why", message=_("Write why, in a few words. Only the two sides read it."))
    if len(why) > MOST_WORDS:
        raise Invalid("too_long", "why", message=_("Use at most %(n)s characters.") % {"n": MOST_WORDS})
    return why


def _check(row: MembershipDecision, now: datetime) -> None:
    if row.act in BY_AN_ORGAN and not row.decided_by:
        message = _("Write which organ of the network decided, for example: presidium meeting.")
        raise Invalid("decider_needed", "decided_by", message=message)
    if row.act in BY_AN_ORGAN and row.decided_on is None:
        raise Invalid("day_needed", "decided_on", message=_("Write on which day it was decided."))
    if row.decided_on is not None:
        check_past(row.decided_on, "decided_on", now)
    if row.until is not None and row.until <= row.effective_on:
        raise Invalid("period_reversed", "until", message=_("Enter an end date after the start date."))


def _write(actor: Actor, membership: Membership, row: MembershipDecision, now: datetime) -> MembershipDecision:
    with transaction.atomic():
        lock_graph(GRAPH)
        if there := MembershipDecision.objects.filter(pk=row.pk).first():
            return _the_same(there, row)
        row.standing = _standing_after(membership, row)
        row.save(force_insert=True)
        if row.act in ENDS:
            reason = _REASONS[MembershipAct(row.act)]
            end_membership(actor, membership, valid_until=row.effective_on, reason=reason, now=now)
        details = {"act": row.act, "member": str(membership.member.pk), "network": str(membership.network.pk)}
        audit.record(actor, "organisations.decide_membership", row.ref, details=details)
    return row


def _the_same(there: MembershipDecision, row: MembershipDecision) -> MembershipDecision:
    same = ("member_id", "network_id", "act", "effective_on", "until")
    if all(getattr(there, name) == getattr(row, name) for name in same):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _standing_after(membership: Membership, row: MembershipDecision) -> str:
    holds = membership.period.contains(row.effective_on)
    current = Membership.objects.filter(pk=membership.pk, superseded_at=None).exists()
    if not holds or not current:
        message = _("The membership does not hold on that day, or was changed meanwhile. Look at it again.")
        raise Conflict("ended", message=message)
    standing = standing_on(membership.member.pk, membership.network.pk, row.effective_on)
    try:
        return LIFE.transition(standing, row.act, reason="-").target
    except Conflict as refusal:
        message = _("It stands otherwise by that day: %(standing)s. Look at it again, then decide.")
        label = Standing(standing).label
        raise Conflict(
            "standing_moved", message=message % {"standing": label}, theirs={"standing": standing}
        ) from refusal
