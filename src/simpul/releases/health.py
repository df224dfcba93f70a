"""What `simpul check` asks of releases: that the chain is whole and that its ends are where they were."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F

from simpul.kernel.health import Finding, probe
from simpul.releases.agreements import unagreed_releases
from simpul.releases.content import digest_of
from simpul.releases.heads import missing_heads
from simpul.releases.lines import unpacked
from simpul.releases.models import Batch, Book, Head, Proposal, Release

_REMEDY = "Publish nothing more. Restore a backup from before, or ask the makers of Simpul."
_START = "0" * 64


@probe("releases.chain")
def chain_is_whole(now: datetime) -> Iterator[Finding]:
    """Every line hashed again; the certificates are left to `simpul releases verify`."""
    broken = [year for book, year in Book.objects.values_list("pk", "year") if not _is_whole(book)]
    if broken:
        years = ", ".join(str(year) for year in broken)
        yield Finding.fail("releases", f"the chain of releases of {years} is broken", _REMEDY)
    else:
        yield Finding.ok("releases", f"{Release.objects.count()} releases follow one another without a gap")


def _is_whole(book: UUID) -> bool:
    before, number = _START, 0
    rows = Release.objects.filter(book=book).order_by("number")
    for at, line, digest, after in rows.values_list("number", "line", "digest", "before").iterator():
        if (at, after) != (number + 1, before) or digest_of(unpacked(line)) != digest:
            return False
        before, number = digest, at
    head = Head.objects.filter(book=book).values_list("number", "digest").first()
    return head == ((number, before) if number else None)


@probe("releases.heads")
def nothing_was_unpublished(now: datetime) -> Iterator[Finding]:
    missing = missing_heads()
    if missing:
        remedy = "This database was restored from before they were published. Restore a later backup."
        yield Finding.fail("releases", f"{len(missing)} releases are out and not in this database", remedy)
    else:
        yield Finding.ok("releases", "no release is missing that was noted outside the database")


@probe("releases.cells")
def cells_are_on_lines(now: datetime) -> Iterator[Finding]:
    """As many published cells as each release says; `simpul releases verify` compares them one by one."""
    wrong = Release.objects.annotate(shown=Count("cells")).exclude(shown=F("published")).count()
    if wrong:
        yield Finding.fail("releases", f"{wrong} releases show other cells than their lines", _REMEDY)
    else:
        yield Finding.ok("releases", "every release shows what is on its line")


@probe("releases.agreed")
def two_people_agreed(now: datetime) -> Iterator[Finding]:
    wrong = len(list(unagreed_releases()))
    if wrong:
        yield Finding.fail("releases", f"{wrong} releases are not what two people agreed to", _REMEDY)
    else:
        yield Finding.ok("releases", "every release is what two people agreed to")


@probe("releases.batches")
def months_follow(now: datetime) -> Iterator[Finding]:
    numbers = list(Batch.objects.order_by("number").values_list("number", "since", "until"))
    follows = all(
        number == place and (place == 1 or since == numbers[place - 2][2])
        for place, (number, since, _until) in enumerate(numbers, start=1)
    )
    if follows:
        yield Finding.ok("releases", f"{len(numbers)} closed months follow one another")
    else:
        yield Finding.fail("releases", "a closed month is missing", _REMEDY)


@probe("releases.waiting")
def proposals_are_decided(now: datetime) -> Iterator[Finding]:
    waiting = Proposal.objects.filter(computed_at=None, refused_at=None, withdrawn_at=None)
    late = waiting.filter(proposed_at__lt=now - timedelta(hours=1)).count()
    if late:
        remedy = "Look whether `simpul worker` is running."
        yield Finding.warn("releases", f"{late} proposals have waited an hour to be worked out", remedy)
    else:
        yield Finding.ok("releases", "no proposal waits to be worked out")
