"""Whether what is published is what two people agreed to: read from the rows, whoever may have written them."""

from collections.abc import Iterator

from django.db.models import Prefetch

from simpul.releases.content import digest_of_lines
from simpul.releases.models import Approval, Proposal, Release

NEEDED = 2  # people


def unagreed_releases() -> Iterator[Release]:
    """Releases that fewer than two people agreed to, or that are not, line for line, what they agreed to."""
    lines = Prefetch("releases", Release.objects.order_by("number").defer("line", "certificate"))
    rows = Proposal.objects.filter(releases__isnull=False).distinct().defer("content", "costs")
    given = Prefetch("approvals", Approval.objects.all())
    for proposal in rows.prefetch_related(lines, given):
        made = list(proposal.releases.all())
        digest = digest_of_lines(made[0].before, [one.digest for one in made])
        agreed = {one.person for one in proposal.approvals.all() if one.digest == digest}
        if proposal.digest != digest or len(agreed) < NEEDED:
            yield from made
