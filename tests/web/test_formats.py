"""Every format in both languages, at its edges."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from simpul.kernel.time import PartialDate, Period, Zone
from simpul.web import formats

NOW = datetime(2025, 3, 3, 23, 0, tzinfo=UTC)


def spaced(text: str) -> str:
    """Fixed spaces as `_`, so that the expectations can be read."""
    return text.replace("\u00a0", "_").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (Decimal("1234567.89"), 2, "1.234.567,89", "1,234,567.89"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (0.05, 1, "0,1", "0.1"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (-0.4, 0, "0", "0"),
    ],
)
def test_number(value: float, decimals: int, indonesian: str, english: str) -> None:
    assert spaced(formats.number(value, language="id", decimals=decimals)) == indonesian
    assert spaced(formats.number(value, language="en", decimals=decimals)) == english


@pytest.mark.parametrize(
    ("part", "whole", "indonesian", "english"),
    [
        (102, 180, "56,7_%", "56.7%"),
        (31, 32, "96,9_%", "96.9%"),
        (0, 5, "0,0_%", "0.0%"),
        (5, 0, "–", "–"),
        (7, 5, "140,0_%", "140.0%"),
    ],
)
def test_percent(part: int, whole: int, indonesian: str, english: str) -> None:
    assert spaced(formats.percent(part, whole, language="id")) == indonesian
    assert spaced(formats.percent(part, whole, language="en")) == english


@pytest.mark.parametrize(
    ("value", "full", "short"),
    [
        (1_000_000, "Rp1.000.000", "Rp1_juta"),
        (1_300_000_000, "Rp1.300.000.000", "Rp1,3_miliar"),
        (750_000, "Rp750.000", "Rp750.000"),
        (-2_500_000, "-Rp2.500.000", "-Rp2,5_juta"),
    ],
)
def test_rupiah(value: int, full: str, short: str) -> None:
    assert spaced(formats.rupiah(value, language="id")) == full
    assert spaced(formats.rupiah_short(value, language="id")) == short


def test_rupiah_in_english_takes_english_separators() -> None:
    assert formats.rupiah(1_000_000, language="en") == "Rp1,000,000"
    assert spaced(formats.rupiah_short(1_300_000_000, language="en-gb")) == "Rp1.3_billion"


@pytest.mark.parametrize(
    ("first", "last", "indonesian"),
    [
        (date(2025, 2, 7), date(2025, 2, 7), "7_Februari 2025"),
        (date(2025, 2, 7), date(2025, 2, 9), "7–9_Februari 2025"),
        (date(2025, 2, 28), date(2025, 3, 3), "28_Februari – 3_Maret 2025"),
        (date(2024, 12, 28), date(2025, 1, 3), "28_Desember 2024 – 3_Januari 2025"),
    ],
)
def test_days(first: date, last: date, indonesian: str) -> None:
    assert spaced(formats.days(first, last, language="id")) == indonesian


def test_short_day_names_the_month() -> None:
    assert spaced(formats.short_day(date(2025, 8, 7), language="id")) == "7_Agu_2025"
    assert spaced(formats.short_day(date(2025, 8, 7), language="en")) == "7_Aug_2025"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Period(date(2008, 1, 1), date(2015, 5, 2)), "1_Januari 2008 – 1_Mei 2015", "1_January 2008 – 1_May 2015"),
        (Period(date(2015, 1, 1)), "sejak 1_Januari 2015", "since 1_January 2015"),
        (Period(None, date(2015, 1, 1)), "sampai 31_Desember 2014", "until 31_December 2014"),
        (Period(), "–", "–"),
    ],
)  # fmt: skip
def test_period_ends_on_its_last_day(value: Period, indonesian: str, english: str) -> None:
    assert spaced(formats.period(value, language="id")) == indonesian
    assert spaced(formats.period(value, language="en")) == english


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("2008", "2008", "2008"),
        ("2008-05", "Mei 2008", "May 2008"),
        ("2008-05-14", "14_Mei 2008", "14_May 2008"),
    ],
)
def test_partial_dates_say_what_is_known(text: str, indonesian: str, english: str) -> None:
    value = PartialDate.parse(text)
    assert spaced(formats.partial(value, language="id")) == indonesian
    assert spaced(formats.partial(value, language="en")) == english


@pytest.mark.parametrize(
    ("zone", "indonesian"),
    [
        (Zone.WIB, "4_Maret 2025, 06.00_WIB"),
        (Zone.WITA, "4_Maret 2025, 07.00_WITA"),
        (Zone.WIT, "4_Maret 2025, 08.00_WIT"),
    ],
)
def test_moment_is_that_of_its_zone(zone: Zone, indonesian: str) -> None:
    assert spaced(formats.moment(NOW, zone, language="id")) == indonesian


def test_clock_has_a_colon_in_english() -> None:
    assert spaced(formats.clock(NOW, Zone.WITA, language="en")) == "07:00_WITA"


@pytest.mark.parametrize(
    ("apart", "indonesian", "english"),
    [
        (timedelta(0), "hari ini", "today"),
        (timedelta(days=-1), "kemarin", "yesterday"),
        (timedelta(days=1), "besok", "tomorrow"),
        (timedelta(days=-12), "12 hari lalu", "12 days ago"),
        (timedelta(days=12), "12 hari lagi", "in 12 days"),
        (timedelta(days=-31), "1 bulan lalu", "1 month ago"),
        (timedelta(days=-426), "14 bulan lalu", "14 months ago"),
        (timedelta(days=-800), "2 tahun lalu", "2 years ago"),
    ],
)
def test_away(apart: timedelta, indonesian: str, english: str) -> None:
    today = date(2025, 3, 3)
    assert formats.away(today + apart, today, language="id") == indonesian
    assert formats.away(today + apart, today, language="en") == english


@pytest.mark.parametrize(
    ("apart", "indonesian", "english"),
    [
        (timedelta(hours=5, minutes=12), "sisa 5 jam 12 menit", "5 hours 12 minutes left"),
        (timedelta(seconds=30), "sisa 0 menit", "0 minutes left"),
        (timedelta(days=2, hours=3, minutes=59), "sisa 2 hari 3 jam", "2 days 3 hours left"),
        (timedelta(days=-1), "lewat 1 hari", "1 day overdue"),
        (timedelta(minutes=-61), "lewat 1 jam 1 menit", "1 hour 1 minute overdue"),
    ],
)
def test_remaining(apart: timedelta, indonesian: str, english: str) -> None:
    assert formats.remaining(NOW + apart, NOW, language="id") == indonesian
    assert formats.remaining(NOW + apart, NOW, language="en") == english


@pytest.mark.parametrize(
    ("source", "context", "indonesian", "english"),
    [
        ("{{ v|number }}", {"v": 91599}, "91.599", "91,599"),
        ("{{ v|number:1 }}", {"v": 2.25}, "2,3", "2.3"),
        ("{% percent 102 180 %}", {}, "56,7_%", "56.7%"),
        ("{{ v|rupiah }}", {"v": 5000}, "Rp5.000", "Rp5,000"),
        ("{{ v|day }}", {"v": date(2025, 2, 7)}, "7_Februari 2025", "7_February 2025"),
        ("{{ v|day }}", {"v": None}, "", ""),
        ("{% days a b %}", {"a": date(2025, 2, 7), "b": date(2025, 2, 9)}, "7–9_Februari 2025", "7–9_February 2025"),
        ("{% period a b %}", {"a": date(2025, 2, 7), "b": None}, "sejak 7_Februari 2025", "since 7_February 2025"),
        ("{{ v|clock:z }}", {"v": NOW, "z": Zone.WITA}, "07.00_WITA", "07:00_WITA"),
        ("{{ v|moment }}", {"v": NOW}, "4_Maret 2025, 06.00_WIB", "4_March 2025, 06:00_WIB"),
        ("{{ v|away:t }}", {"v": date(2025, 3, 1), "t": date(2025, 3, 3)}, "2 hari lalu", "2 days ago"),
        ("{{ v|remaining:n }}", {"v": NOW, "n": NOW}, "sisa 0 menit", "0 minutes left"),
    ],
)
def test_filters_follow_the_language_of_the_page(
    source: str, context: dict[str, object], indonesian: str, english: str
) -> None:
    drawn: Callable[[], str] = lambda: spaced(engines["django"].from_string(source).render(context))  # noqa: E731
    with translation.override("id"):
        assert drawn() == indonesian
    with translation.override("en"):
        assert drawn() == english
