"""What people type into cells, in Indonesian notation: "Rp1,3 M", "1.300.000", "12 Januari 2024", "12/01/24", "ya".

Each gives None for an empty cell, and raises `Unreadable` with words that say how to write it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.interop.tables import Cell, is_empty, words_of
from simpul.kernel.text import fold_words, squeeze
from simpul.kernel.time import PartialDate, Precision

_SCALES: Final = {
    **dict.fromkeys(("rb", "ribu", "k", "thousand"), 10**3),
    **dict.fromkeys(("jt", "juta", "million"), 10**6),
    **dict.fromkeys(("m", "mil", "miliar", "milyar", "billion"), 10**9),
    **dict.fromkeys(("t", "triliun", "trilyun", "trillion"), 10**12),
}
_AMOUNT: Final = re.compile(
    r"(?:rp|idr)?\.?\s*(?P<number>[+-]?\d[\d.,\s]*?)\s*(?:,-|,--|\.-)?\s*(?P<scale>[a-z]+)?\.?\s*(?:rupiah|-)?", re.I
)
_MONTHS: Final = (
    ("januari", "january", "jan"), ("februari", "february", "pebruari", "feb", "peb"), ("maret", "march", "mar"),
    ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "ags", "aug"), ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"), ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)  # fmt: skip
_MONTH_OF: Final[Mapping[str, int]] = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names}
_WORDED: Final = re.compile(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[a-z]+)\s+(?P<year>\d{4}|\d{2})")
_ISO: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?:[ T].*)?")
_DAY_FIRST: Final = re.compile(r"(?:(?P<day>\d{1,2})[-/. ])?(?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})")
_WEEKDAY: Final = re.compile(r"^(?:senin|selasa|rabu|kamis|jumat|jum at|sabtu|minggu)\s+")
_EXCEL_DAYS: Final = (10_000, 80_000)  # 1927 to 2119, as the day numbers of Excel
_EXCEL_BEGAN: Final = date(1899, 12, 30)
_THIS_CENTURY: Final = 70  # "69" is 2069, "70" is 1970
_AROUND: Final = re.compile(r"(?i)^(±|~|kurang lebih|sekitar|lebih dari|>)\s*|\s*(orang|org|lembaga|anggota|buah)\.?$")
_YES: Final = frozenset({"ya", "y", "iya", "yes", "true", "benar", "ada", "sudah", "1", "v", "x", "setuju", "bersedia"})
_NO: Final = frozenset({"tidak", "tdk", "t", "no", "n", "false", "salah", "belum", "0", "tidak ada", "bukan", "tak"})
_NOTHING: Final = frozenset(
    {"", "-", "–", "—", "n/a", "na", "null", "nihil", "kosong", "?", "#n/a", "#ref!", "#value!"}
)


class Unreadable(ValueError):
    """`code` for machines, `message` for people."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def text(cell: Cell) -> str | None:
    """One line of words; None also for what people write to say that there is nothing."""
    words = squeeze(words_of(cell))
    return None if words.casefold() in _NOTHING else words


def digits(cell: Cell) -> str | None:
    """A number that is a name: a tax number, a postal code. Excel may have taken it for an amount."""
    words = text(cell)
    return re.sub(r"[\s.\-/]", "", words.removeprefix("'")) if words else None


def phone(cell: Cell) -> str | None:
    """As typed; the zero that Excel dropped before a number is put back."""
    words = text(cell)
    if not words:
        return None
    words = re.split(r"\s*(?:/|;|,| atau | dan )\s*", words.removeprefix("'"))[0]
    bare = re.sub(r"[\s.()\-]", "", words)
    if bare.startswith("62") and len(bare) > 9:
        return f"+{bare}"
    return f"0{bare}" if bare[:1] in {"8", "3", "2", "7"} and len(bare) > 7 else words


def amount(cell: Cell) -> Decimal | None:
    """Rupiah. "M" is *miliar*, a thousand million."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    words = text(cell)
    if not words:
        return None
    found = _AMOUNT.fullmatch(words.strip())
    scale = (found["scale"] or "").lower() if found else ""
    if found is None or (scale and scale not in _SCALES and scale != "rupiah"):
        raise Unreadable("not_an_amount", _("Write an amount such as Rp1.300.000 or Rp1,3 M."))
    return _number(found["number"], scaled=bool(scale) and scale in _SCALES) * _SCALES.get(scale, 1)


def _number(written: str, *, scaled: bool) -> Decimal:
    """ "1.300.000,50" and "1,300,000.50"; a lone sign before three digits stands for thousands, unless scaled."""
    bare = re.sub(r"\s", "", written).rstrip(".,")
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0:
        sign, after = bare[last], len(bare) - last - 1
        other = "," if sign == "." else "."
        if bare.count(sign) > 1 or (after == 3 and not scaled and other not in bare):
            bare = bare.replace(sign, "") if sign == "." or bare.count(sign) > 1 else _ambiguous()
        else:
            bare = bare.replace(other, "").replace(sign, ".")
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise Unreadable("not_an_amount", _("Write an amount such as Rp1.300.000 or Rp1,3 M.")) from error


def _ambiguous() -> str:
    raise Unreadable("ambiguous", _("A thousand, or a fraction? Write 1.300 for the one and 1,30 for the other."))


def count(cell: Cell) -> int | None:
    """A whole number of people or things: "25", "1.300", "25 orang", "±25"."""
    if isinstance(cell, str):
        bare = re.sub(
            r"(?i)^(±|~|kurang lebih|sekitar|lebih dari|>)\s*|\s*(orang|org|lembaga|anggota|buah)\.?$", "", cell
        )
        cell = bare.strip() or None
    found = amount(cell)
    if found is None:
        return None
    if found != found.to_integral_value() or found < 0:
        raise Unreadable("not_a_count", _("Write a whole number, zero or more."))
    return int(found)


def yes_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    words = text(cell)
    if not words:
        return None
    folded = fold_words(words) or words
    if folded in _YES or words in {"✓", "✔"}:
        return True
    if folded in _NO:
        return False
    raise Unreadable("not_yes_or_no", _("Write ya or tidak."))


def partial_date(cell: Cell) -> PartialDate | None:
    """A year, a month or a day, as far as it is told."""
    if is_empty(cell) or (words := text(cell)) is None:
        return None
    if words.isdigit():
        return _from_number(int(words))
    found = _parts(words)
    try:
        if found:
            year, month, day = found
            return PartialDate(date(year, month or 1, day or 1), _precision(month, day))
    except ValueError:
        pass
    message = _("Write the date with the day first, such as 12 Januari 2024 or 12-01-2024. A year alone is enough.")
    raise Unreadable("not_a_date", message)


def day(cell: Cell) -> date | None:
    """A whole date."""
    found = partial_date(cell)
    if found and found.precision is not Precision.DAY:
        raise Unreadable("not_a_day", _("Write the whole date, such as 12 Januari 2024 or 12-01-2024."))
    return found.day if found else None


def _from_number(number: int) -> PartialDate:
    if 1800 <= number <= 2200:
        return PartialDate(date(number, 1, 1), Precision.YEAR)
    if _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
        return PartialDate(_EXCEL_BEGAN + timedelta(days=number))
    raise Unreadable("not_a_date", _("Write a year with four digits, such as 2008."))


def _parts(words: str) -> tuple[int, int | None, int | None] | None:
    if found := _ISO.fullmatch(words) or _DAY_FIRST.fullmatch(words):
        return _year(found["year"]), int(found["month"]), int(found["day"]) if found["day"] else None
    plain = _WEEKDAY.sub("", fold_words(words).removeprefix("sejak ").removeprefix("tahun "))
    if plain.isdigit() and len(plain) == 4:
        return int(plain), None, None
    found = _WORDED.fullmatch(plain)
    if found is None or found["month"] not in _MONTH_OF:
        return None
    return _year(found["year"]), _MONTH_OF[found["month"]], int(found["day"]) if found["day"] else None


def _year(digits_: str) -> int:
    short = int(digits_)
    if len(digits_) == 4:
        return short
    return short + (2000 if short < _THIS_CENTURY else 1900)


def _precision(month: int | None, day_: int | None) -> Precision:
    if day_:
        return Precision.DAY
    return Precision.MONTH if month else Precision.YEAR


def several(cell: Cell) -> list[str]:
    """Words between commas, semicolons, slashes or lines: "PPA; kesehatan"."""
    words = text(cell)
    return [w for w in (squeeze(part) for part in re.split(r"[,;/\n•|]", words)) if w] if words else []
