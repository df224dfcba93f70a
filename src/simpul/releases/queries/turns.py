"""Which month comes next, and whether anything may be published at all."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.releases.heads import missing_heads
from simpul.releases.models import Batch, Head, Proposal, Release
from simpul.releases.months import SETTLED, closing, following, month_name
from simpul.releases.queries.proposals import ProposalRow, standing_for
from simpul.releases.rules import APPROVE, PROPOSE, check_may_follow, may


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for whoever proposes and approves. `closes_at`: when the next month may be proposed; `broken` says
    why nothing may be published, "" where all is well.
    """

    next_month: str | None
    closes_at: datetime | None
    standing: ProposalRow | None
    may_propose: bool
    may_approve: bool
    broken: str


def desk_for(actor: Actor) -> Desk:
    """Denied for who neither proposes nor approves."""
    check_may_follow(actor)
    month = next_month()
    standing = standing_for(month) if month else None
    return Desk(
        next_month=month,
        closes_at=closing(month) + SETTLED if month else None,
        standing=standing,
        may_propose=may(actor, PROPOSE),
        may_approve=may(actor, APPROVE),
        broken=why_broken(),
    )


def next_month() -> str | None:
    """The month to be released next: after the last that was, or the first in which anything was learnt."""
    last = Proposal.objects.filter(releases__isnull=False).order_by("-month").values_list("month", flat=True).first()
    if last is not None:
        return following(last)
    return _first_month()


def month_to_close() -> str | None:
    """The month to be closed next."""
    last = Batch.objects.order_by("-number").values_list("name", flat=True).first()
    return following(last) if last is not None else _first_month()


def _first_month() -> str | None:
    from simpul.releases.counting import first_month_known  # inline: slow import

    first = first_month_known()
    return month_name(first) if first else None


def why_broken() -> str:
    """Why the ledger is refused, in words for an operator; "" where it is whole as far as a page can tell."""
    if missing_heads():
        return _("This database was restored from before something was published. Restore a later backup.")
    ends = Release.objects.order_by("book", "number").values_list("book_id", "number", "digest", "before")
    last = {book: (number, digest) for book, number, digest, _before in ends}
    heads = {book: (number, digest) for book, number, digest in Head.objects.values_list("book", "number", "digest")}
    if last != heads:
        return _("What was published does not end as it should. Run `simpul releases verify`.")
    return ""
