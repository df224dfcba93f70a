"""From a book's batches to what may be published of them, with the library that proves it. Loads numba: worker only.

What is due is decided release after release on a copy of the chain in memory; the database is written to by whoever
publishes, once, when two people have agreed.
"""

import base64
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from simpul.disclosure import books
from simpul.disclosure.auditing import BookVerdict
from simpul.disclosure.batches import Batch as Counts
from simpul.disclosure.batches import batch_of
from simpul.disclosure.chains import FIRST
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import outline_from
from simpul.disclosure.proposals import Cost
from simpul.disclosure.proposals import Proposal as Decided
from simpul.releases.content import Content, Line, digest_of
from simpul.releases.counting import Finest
from simpul.releases.lines import unpacked
from simpul.releases.models import Batch, Book, Release

Progress = Callable[[int, int], None]  # releases decided, of those due
_COLUMNS: Final = ("village", "form", "sex", "age", "outcome")


class Chain:
    """A book's lines as the library reads them; what it appends stays in memory, in `added`."""

    def __init__(self, book: Book) -> None:
        rows = Release.objects.filter(book=book).order_by("number")
        self._lines = [unpacked(line) for line in rows.values_list("line", flat=True)]
        self._head = book.head.digest if hasattr(book, "head") else FIRST
        self._book = book
        self._certificates: dict[str, bytes] = {}
        self.added: list[Line] = []

    def lines(self) -> Sequence[bytes]:
        return [*self._lines, *(one.line for one in self.added)]

    def head(self) -> str:
        return self.added[-1].digest if self.added else self._head

    def append(self, line: bytes, digest: str, certificate: bytes, *, after: str) -> None:
        """Refused("stale")."""
        if after != self.head():
            raise Refused("stale", "Something else was published since.")
        self.added.append(Line(line, digest, certificate))
        self._certificates[digest_of(certificate)] = certificate

    def certificate(self, digest: str) -> bytes:
        """Refused("wrong_certificate")."""
        if digest not in self._certificates:
            row = Release.objects.filter(book=self._book, certificate_digest=digest).only("certificate").first()
            if row is None:
                raise Refused("wrong_certificate", "A certificate is gone.")
            self._certificates[digest] = base64.b64decode(row.certificate.open())
        return self._certificates[digest]


def counted(book: Book, month: str, cells: Counter[Finest]) -> Counts:
    """The batch of a month, in the library's form."""
    keys = sorted(cells)
    columns: dict[str, list[object]] = {name: [key[at] for key in keys] for at, name in enumerate(_COLUMNS)}
    return batch_of(outline_from(book.outline), month, {**columns, "n": [cells[key] for key in keys]}, "n")


def packed_counts(counts: Counts) -> str:
    return base64.b64encode(counts.data).decode()


def prepared(book: Book, batches: Sequence[Batch], progress: Progress) -> Content:
    """All that is due with these batches, decided and checked. Refused: nothing may be published."""
    chain = Chain(book)
    kept = books.Book(outline_from(book.outline), chain)
    counts = {one.name: Counts.from_data(base64.b64decode(one.data.open())) for one in batches}
    before = chain.head()
    due = kept.due(counts)
    costs: list[Mapping[str, Any]] = []
    while due:
        tier, period = due[0]
        progress(len(costs), len(costs) + len(due))
        decided = kept.propose(tier, period, [counts[name] for name in kept.needs(tier, period)])
        kept.publish(decided)
        costs.append(_cost(decided))
        due = kept.due(counts)
    return Content(before, tuple(chain.added), tuple(costs))


def verified(book: Book) -> BookVerdict:
    """The whole book by the independent checker, from its lines and certificates alone. Refused names what is wrong."""
    return books.Book(outline_from(book.outline), Chain(book)).verify()


def _cost(decided: Decided) -> Mapping[str, Any]:
    cost: Cost = decided.cost
    share = Decimal(cost.value_secondary * 100) / cost.value if cost.value else Decimal(0)
    return {
        "audience": decided.tier,
        "period": decided.period,
        "declared": cost.declared,
        "published": cost.published,
        "below": cost.protected,
        "beyond": cost.secondary,
        "value_share": str(share.quantize(Decimal("0.001"))),
        "tables": cost.tables,
    }
