"""Closing a month: counted once, frozen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.records.locks import lock_graph
from simpul.releases.coverage import finest_places, regencies_with_groups
from simpul.releases.models import Batch, Book
from simpul.releases.months import SETTLED, closing, ends_on, first_day
from simpul.releases.queries.turns import month_to_close
from simpul.releases.rules import PROPOSE, check_may

LEDGER = "releases.ledger"


def close_period(actor: Actor, *, month: str | None = None, now: datetime) -> Batch:
    """Count who came in the next month that is not closed yet, or in `month`; the batch it already has, where it has.

    Order: the book of its year, where it is the first; counts; the batch. Loads numba: for the worker and the command
    line. Conflict("nothing_to_close" | "gap" | "too_soon" | "unknown_place" | "unknown_type").
    """
    check_may(actor, PROPOSE)
    with transaction.atomic():
        lock_graph(LEDGER)
        closed = Batch.objects.filter(name=month).select_related("book").first() if month else None
        if closed is not None:
            return closed
        name = _checked(month, now)
        batch = _counted(name, now)
        record(actor, "releases.close_period", batch.ref, details={"month": name, "number": batch.number})
    return batch


def _checked(month: str | None, now: datetime) -> str:
    following = month_to_close()
    if following is None:
        raise Conflict("nothing_to_close", message=_("No case has been recorded yet: there is nothing to count."))
    if month is not None and month != following:
        raise Conflict("gap", message=_("Months are closed one after another."), theirs={"month": following})
    if now < closing(following) + SETTLED:
        raise Conflict("too_soon", message=_("This month is not over yet."), theirs={"month": following})
    return following


def _counted(name: str, now: datetime) -> Batch:
    from simpul.releases.booking import counted, packed_counts  # inline: slow import
    from simpul.releases.counting import arrived, corrected  # inline: slow import

    book = _book(name, now)
    instants = list(Batch.objects.order_by("number").values_list("until", flat=True))
    since, until = instants[-1] if instants else None, closing(name)
    cells = arrived(instants, until, frozenset(book.places), ends_on(name))
    held = corrected(since, until, cells.total())
    counts = counted(book, name, cells)
    return Batch.objects.create(
        book=book,
        number=len(instants) + 1,
        name=name,
        since=since,
        until=until,
        data=packed_counts(counts),
        held={"changed": held.changed, "gone": held.gone},
        digest=counts.digest,
        closed_at=now,
    )


def _book(month: str, now: datetime) -> Book:
    """The book of that year, opened with this month where there is none."""
    from simpul.releases.outlining import outline_of  # inline: slow import

    year = int(month[:4])
    book = Book.objects.filter(year=year).first()
    if book is not None:
        return book
    places = finest_places(first_day(month), regencies_with_groups())
    outline = outline_of(year, month, places)
    return Book.objects.create(
        year=year, begins=month, outline=outline.text, digest=outline.digest, places=places, opened_at=now
    )
