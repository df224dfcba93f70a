"""The whole ledger, book after book, by the checker that shares nothing with what made it. Loads numba."""

from collections.abc import Iterator
from dataclasses import dataclass

from simpul.disclosure.errors import Refused
from simpul.releases.agreements import unagreed_releases
from simpul.releases.booking import verified
from simpul.releases.lines import cells_on, read_line, unpacked
from simpul.releases.models import Book, PublishedCell, Release


@dataclass(frozen=True, slots=True)
class BookFound:
    """What was found of a book; `wrong` says what, "" where all is proved."""

    year: int
    releases: int
    declared: int = 0
    published: int = 0
    protected: int = 0
    reaching: int = 0
    tables: int = 0
    head: str = ""
    wrong: str = ""


def verify_books() -> Iterator[BookFound]:
    """Every book: its chain, what proves each release, and that the tables show the lines and nothing else."""
    for book in Book.objects.order_by("year"):
        many = Release.objects.filter(book=book).count()
        try:
            found = verified(book)
        except Refused as refused:
            yield BookFound(book.year, many, wrong=str(refused))
            continue
        unagreed = [str(release) for release in unagreed_releases() if release.book_id == book.pk]
        differing = [str(release) for release in Release.objects.filter(book=book) if not shows_its_line(release)]
        told = found.declared, found.published, found.protected, found.reaching, found.tables, found.head
        found_wrong = (("tables differ from their lines", differing), ("not agreed to by two people", unagreed))
        wrong = "; ".join(f"{what}: {', '.join(which)}" for what, which in found_wrong if which)
        yield BookFound(book.year, many, *told, wrong=wrong)


def shows_its_line(release: Release) -> bool:
    """Whether the published cells are those on the release's line, each with its count."""
    line = cells_on(read_line(unpacked(release.line)))
    told = {(c.table.key, c.area, c.type, c.sex, c.age): c.count for c in line if c.count is not None}
    rows = PublishedCell.objects.filter(release=release).values_list("table", "area", "type", "sex", "age", "count")
    return {row[:5]: row[5] for row in rows.iterator()} == told


def is_known(digest: str) -> bool:
    """Whether some release has this digest."""
    return Release.objects.filter(digest=digest).exists()
