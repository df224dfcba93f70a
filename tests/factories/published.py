"""Published counts for tests of what reads them: written as they lie once they are out, without working anything out.

What may be published is proved in tests/releases; here the numbers are the test's own.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from simpul.releases.kinds import depth_of
from simpul.releases.models import Batch, Book, Proposal, PublishedCell, Release
from simpul.releases.months import period_of
from simpul.releases.places import rest_of
from simpul.releases.tables import TABLES
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR, areas

OUT = datetime(2026, 1, 5, 2, tzinfo=UTC)
PLACES = (MASBAGIK_UTARA_BARU, PENEDA_GANDOR, rest_of("52.02"), rest_of("32.71"))
Key = tuple[str, str, str, str]  # area, type, sex, age
Numbers = Mapping[Key, int]


def digest(*parts: object) -> str:
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()


def open_book(year: int = 2025) -> Book:
    """A year's book that tells two villages of Lombok Timur apart, and two other regencies as a whole."""
    areas(MASBAGIK_UTARA_BARU, PENEDA_GANDOR, "52.02", "32.71")
    found = Book.objects.filter(year=year).first()
    return found or Book.objects.create(
        year=year,
        begins=f"{year}-01",
        outline="{}",
        digest=digest("outline", year),
        places=sorted(PLACES),
        opened_at=OUT,
    )


def propose(month: str, **fields: Any) -> Proposal:
    """A proposal of a month, as it lies before the worker has looked at it."""
    return Proposal.objects.create(month=month, proposed_at=OUT, **fields)


def publish(table: str, period: str, numbers: Numbers, *, at: datetime = OUT) -> Release:
    """These cells of a table, out in that period; declared cells that are not named are blank. A second table of the
    same audience and period joins the release.
    """
    wanted, days = TABLES[table], period_of(period)
    book = open_book(int(period[:4]))
    release = Release.objects.filter(book=book, audience=wanted.audience, period=period).first()
    release = release or _release(book, wanted.audience, period, len(numbers), at)
    PublishedCell.objects.bulk_create(
        PublishedCell(
            release=release, table=table, tier=wanted.audience.tier, level=wanted.level, area=area, type=kind,
            depth=depth_of(kind), sex=sex, age=age, period=period, period_from=days.start, period_until=days.until,
            count=count,
        )
        for (area, kind, sex, age), count in numbers.items()
    )  # fmt: skip
    return release


def _release(book: Book, audience: str, period: str, published: int, at: datetime) -> Release:
    number = book.releases.count() + 1
    days = period_of(period)
    assert days.until
    month = (days.until - timedelta(days=1)).isoformat()[:7]
    proposal = Proposal.objects.filter(month=month).first() or _computed(book, month, at)
    certified = digest("certificate", book.year, number)
    return Release.objects.create(
        book=book, proposal=proposal, number=number, audience=audience, period=period, period_from=days.start,
        period_until=days.until, line=b"{}", digest=digest(book.year, number), before=digest(book.year, number - 1),
        certificate="", certificate_digest=certified, declared=1_000, published=published,
        protected=0, tables=12, published_at=at,
    )  # fmt: skip


def _computed(book: Book, month: str, at: datetime) -> Proposal:
    number = Batch.objects.count() + 1
    held = {"changed": 0, "gone": 0}
    batch = Batch.objects.create(
        book=book, number=number, name=month, until=at.replace(microsecond=number), data="{}", held=held,
        digest=digest("batch", month), closed_at=at,
    )  # fmt: skip
    return Proposal.objects.create(
        month=month, batch=batch, proposed_at=at, computed_at=at, digest=digest("proposal", month), content="",
        costs=[],
    )  # fmt: skip


def a_year() -> dict[str, int]:
    """Twelve months, four quarters and the year 2025 are out, with blanks among them; the counts of the months."""
    whole = {}
    for month in range(1, 13):
        total = 100 + month
        whole[f"2025-{month:02}"] = total
        publish(
            "nation-month",
            f"2025-{month:02}",
            {
                ("", "", "", ""): total, ("", "", "P", ""): 60 + month, ("", "", "L", ""): 40,
                ("", "JK", "", ""): 50, ("", "K", "", ""): 30 + month, ("", "JK", "P", ""): 31,
            },
        )  # fmt: skip
        told = {("52", "", "", ""): 70 + month, ("52", "JK", "", ""): 33}
        if month != 3:  # Jawa Barat is blank in March, and so is its year
            told["32", "", "", ""] = 20
        publish("province-month", f"2025-{month:02}", told)
    for quarter in range(1, 5):
        publish(
            "regency-quarter",
            f"2025-Q{quarter}",
            {
                ("52.03", "", "", ""): 80,
                ("52.03", "", "P", ""): 47,
                ("52.03", "JK", "", ""): 41,
                ("52.02", "", "", ""): 19,
            },
        )
        publish("regency-quarter-age", f"2025-Q{quarter}", {("52.03", "social", "", "child"): 23})
    publish("district-year", "2025", {("52.03.05", "", "", ""): 77, ("52.03.05", "JK", "", ""): 25})
    publish("district-year-sex", "2025", {("52.03.05", "social", "P", ""): 17})
    publish("village-year", "2025", {(MASBAGIK_UTARA_BARU, "", "", ""): 53, (MASBAGIK_UTARA_BARU, "JK", "", ""): 21})
    publish("village-year-sex", "2025", {(MASBAGIK_UTARA_BARU, "social", "P", ""): 14})
    return whole
