"""Numbers, money, dates and times as Indonesia writes them, and as English does. Language and clock are arguments.

Indonesian: 1.234.567,89 · 56,7 % · Rp1.000.000 · 7 Februari 2025 · 12.30 WITA. A space that must not break is U+00A0,
a minus sign is U+2212, a range takes an en dash.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from simpul.kernel.time import PartialDate, Period, Precision, Zone, local_date

NOTHING = "–"
FIXED_SPACE = "\u00a0"

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Tongue:
    """What differs between the languages."""

    thousands: str
    point: str
    percent: str
    clock: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    since: str
    until: str
    scales: tuple[tuple[int, str], ...]
    today: str
    yesterday: str
    tomorrow: str
    past: str
    future: str
    left: str
    overdue: str
    units: dict[str, tuple[str, str]]  # unit -> (one, several)


INDONESIAN = Tongue(
    thousands=".",
    point=",",
    percent=f"{FIXED_SPACE}%",
    clock=".",
    months=(
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    since="sejak {}",
    until="sampai {}",
    scales=((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")),
    today="hari ini",
    yesterday="kemarin",
    tomorrow="besok",
    past="{} lalu",
    future="{} lagi",
    left="sisa {}",
    overdue="lewat {}",
    units={
        "minute": ("menit", "menit"),
        "hour": ("jam", "jam"),
        "day": ("hari", "hari"),
        "month": ("bulan", "bulan"),
        "year": ("tahun", "tahun"),
    },
)  # fmt: skip
ENGLISH = Tongue(
    thousands=",",
    point=".",
    percent="%",
    clock=":",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    since="since {}",
    until="until {}",
    scales=((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
    today="today",
    yesterday="yesterday",
    tomorrow="tomorrow",
    past="{} ago",
    future="in {}",
    left="{} left",
    overdue="{} overdue",
    units={
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
)  # fmt: skip


def tongue(language: str) -> Tongue:
    """English for "en" and its variants, Indonesian for everything else."""
    return ENGLISH if language.partition("-")[0] == "en" else INDONESIAN


def number(value: Number, *, language: str, decimals: int = 0) -> str:
    """Rounded half up, as people round: 0,5 becomes 1."""
    words = tongue(language)
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):,.{decimals}f}".partition(".")
    text = whole.replace(",", words.thousands) + (words.point + fraction if fraction else "")
    return f"\u2212{text}" if exact < 0 else text


def percent(part: Number, whole: Number, *, language: str, decimals: int = 1) -> str:
    """A share from its two numbers, never from another percentage; a dash where there is nothing to share."""
    if not whole:
        return NOTHING
    share = Decimal(str(part)) / Decimal(str(whole)) * 100
    return number(share, language=language, decimals=decimals) + tongue(language).percent


def rupiah(value: Number, *, language: str) -> str:
    return _signed("Rp", number(value, language=language))


def rupiah_short(value: Number, *, language: str) -> str:
    """ "Rp1,3 miliar": one decimal where it says something, full digits under a million."""
    exact = Decimal(str(value))
    size, word = next(((s, w) for s, w in tongue(language).scales if abs(exact) >= s), (1, ""))
    if not word:
        return rupiah(value, language=language)
    scaled = (exact / size).quantize(Decimal("0.1"), ROUND_HALF_UP)
    decimals = 0 if scaled == scaled.to_integral() else 1
    return _signed("Rp", number(scaled, language=language, decimals=decimals)) + FIXED_SPACE + word


def _signed(prefix: str, text: str) -> str:
    return f"\u2212{prefix}{text[1:]}" if text.startswith("\u2212") else f"{prefix}{text}"


def day(value: date, *, language: str) -> str:
    return f"{value.day}{FIXED_SPACE}{tongue(language).months[value.month - 1]} {value.year}"


def short_day(value: date, *, language: str) -> str:
    """For columns: "7 Feb 2025", which nobody can read month first."""
    return f"{value.day}{FIXED_SPACE}{tongue(language).short_months[value.month - 1]}{FIXED_SPACE}{value.year}"


def days(first: date, last: date, *, language: str) -> str:
    """From the first day to the last, both included, saying month and year once where they are the same."""
    end = day(last, language=language)
    if first == last:
        return end
    if first.year != last.year:
        return f"{day(first, language=language)} – {end}"
    if first.month != last.month:
        return f"{first.day}{FIXED_SPACE}{tongue(language).months[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def period(value: Period, *, language: str) -> str:
    """A period in words; its `until` is exclusive, so the last day written is the one before."""
    words = tongue(language)
    last = value.until - timedelta(days=1) if value.until else None
    if value.start and last:
        return days(value.start, last, language=language)
    if value.start:
        return words.since.format(day(value.start, language=language))
    return words.until.format(day(last, language=language)) if last else NOTHING


def partial(value: PartialDate, *, language: str) -> str:
    """As much of a date as is known: "2008", "Mei 2008", "14 Mei 2008"."""
    if value.precision is Precision.YEAR:
        return str(value.day.year)
    if value.precision is Precision.MONTH:
        return f"{tongue(language).months[value.day.month - 1]} {value.day.year}"
    return day(value.day, language=language)


def clock(instant: datetime, zone: Zone, *, language: str) -> str:
    """The time on the wall of that zone, with its name: "12.30 WITA"."""
    local = instant.astimezone(zone.info)
    return f"{local:%H}{tongue(language).clock}{local:%M}{FIXED_SPACE}{zone.name}"


def moment(instant: datetime, zone: Zone, *, language: str) -> str:
    return f"{day(local_date(instant, zone), language=language)}, {clock(instant, zone, language=language)}"


def _count(amount: int, unit: str, words: Tongue) -> str:
    return f"{amount} {words.units[unit][0 if amount == 1 else 1]}"


def _whole_months(earlier: date, later: date) -> int:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def away(value: date, today: date, *, language: str) -> str:
    """How far a day is from today: "12 hari lalu", "besok", "3 bulan lagi". Months and years are whole ones."""
    words = tongue(language)
    apart = (value - today).days
    near = {0: words.today, -1: words.yesterday, 1: words.tomorrow}
    if apart in near:
        return near[apart]
    months = _whole_months(min(value, today), max(value, today))
    if months >= 24:
        text = _count(months // 12, "year", words)
    else:
        text = _count(months, "month", words) if months else _count(abs(apart), "day", words)
    return (words.past if apart < 0 else words.future).format(text)


def remaining(deadline: datetime, now: datetime, *, language: str) -> str:
    """To a deadline in its two largest units, rounded down: "sisa 5 jam 12 menit"; past it: "lewat 2 hari 3 jam"."""
    words = tongue(language)
    minutes = int(abs((deadline - now).total_seconds())) // 60
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    if minutes >= 1440:
        parts.pop()
    told = [_count(amount, unit, words) for amount, unit in parts if amount] or [_count(0, "minute", words)]
    return (words.left if deadline >= now else words.overdue).format(" ".join(told))
