"""Proposing what is published of a month, deciding it, taking it back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.audit.services import record
from simpul.disclosure.errors import Refused
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.records.locks import lock_graph
from simpul.records.operations import violated
from simpul.releases.content import Content
from simpul.releases.models import Batch, Proposal
from simpul.releases.months import SETTLED, closing
from simpul.releases.queries.turns import next_month, why_broken
from simpul.releases.rules import PROPOSE, check_may, check_may_follow
from simpul.releases.services.batches import LEDGER, close_period

_STANDING = "releases_proposal_stands_once"


def propose_release(actor: Actor, *, now: datetime) -> Proposal:
    """Propose the next month. The worker closes it and decides; nothing is published before two people agree.

    The same again while one stands is the same. Conflict("nothing_to_release" | "too_soon" | "broken_ledger").
    """
    check_may(actor, PROPOSE)
    with transaction.atomic():
        lock_graph(LEDGER)
        month = _next(now)
        standing = Proposal.objects.filter(month=month, refused_at=None, withdrawn_at=None).first()
        if standing is not None:
            return standing
        proposal = _stand(Proposal(month=month, proposed_by=actor.person_id, proposed_at=now))
        record(actor, "releases.propose_release", proposal.ref, details={"month": month})
    return proposal


def _next(now: datetime) -> str:
    broken = why_broken()
    if broken:
        raise Conflict("broken_ledger", message=broken)
    month = next_month()
    if month is None:
        raise Conflict("nothing_to_release", message=_("No case has been recorded yet: there is nothing to publish."))
    if now < closing(month) + SETTLED:
        raise Conflict("too_soon", message=_("This month is not over yet."), theirs={"month": month})
    return month


def _stand(proposal: Proposal) -> Proposal:
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        if violated(error, _STANDING):
            raise Conflict("proposal_open", message=_("A proposal for this month stands already.")) from error
        raise
    return proposal


def compute_proposal(actor: Actor, proposal: Proposal, *, now: datetime) -> Proposal:
    """Close the month, decide what may be published, check it, and keep that: for the worker, which it takes seconds.

    Nothing is held while it decides; two at once decide the same thing twice and one is kept. Where the method refuses,
    the proposal is refused with the reason's code.
    """
    check_may(actor, PROPOSE)
    try:
        batch = close_period(actor, month=proposal.month, now=now)
        content = _decided(proposal, batch)
    except Conflict as conflict:
        return _concluded(actor, proposal, None, conflict.code, now)
    except Refused as refused:
        return _concluded(actor, proposal, None, refused.code, now)
    return _concluded(actor, proposal, (batch, content), "", now)


def _decided(proposal: Proposal, batch: Batch) -> Content:
    from simpul.releases.booking import prepared  # inline: slow import

    def tell(done: int, total: int) -> None:
        Proposal.objects.filter(pk=proposal.pk).update(done=done, total=total)

    return prepared(batch.book, list(batch.book.batches.filter(number__lte=batch.number)), tell)


def _concluded(
    actor: Actor, proposal: Proposal, made: tuple[Batch, Content] | None, refusal: str, now: datetime
) -> Proposal:
    with transaction.atomic():
        lock_graph(LEDGER)
        fresh = Proposal.objects.get(pk=proposal.pk)
        if fresh.computed_at or fresh.refused_at or fresh.withdrawn_at:
            return fresh
        if made is None:
            fresh.refused_at, fresh.refusal = now, refusal
            fresh.save(update_fields=["refused_at", "refusal"])
        else:
            batch, content = made
            fresh.batch, fresh.computed_at, fresh.digest = batch, now, content.digest
            fresh.content, fresh.costs = content.text, [dict(one) for one in content.costs]
            fresh.done = fresh.total = len(content.lines)
            fresh.save(update_fields=["batch", "computed_at", "digest", "content", "costs", "done", "total"])
        details = {"month": fresh.month, "refused": refusal or None}
        record(actor, "releases.compute_proposal", fresh.ref, details=details)
    return fresh


def withdraw_proposal(actor: Actor, proposal: Proposal, *, reason: str, now: datetime) -> Proposal:
    """Take a proposal back, or refuse it as one who was asked to agree, with a reason, before it is published: the next
    one is decided anew. By whoever may propose or agree.

    Invalid("reason_needed"); Conflict("not_open").
    """
    check_may_follow(actor)
    if not reason.strip():
        raise Invalid("reason_needed", "reason", message=_("Say why: whoever proposes next will read it."))
    with transaction.atomic():
        lock_graph(LEDGER)
        fresh = Proposal.objects.get(pk=proposal.pk)
        if fresh.refused_at or fresh.withdrawn_at or fresh.releases.exists():
            raise Conflict("not_open", message=_("This proposal is published, refused or withdrawn already."))
        fresh.withdrawn_at, fresh.withdrawn_by, fresh.reason = now, actor.person_id, reason.strip()
        fresh.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
        record(actor, "releases.withdraw_proposal", fresh.ref, details={"month": fresh.month})
    return fresh
