"""Numbers in words, as an official record writes them: "dua ribu dua puluh enam"."""

from datetime import date
from typing import Final

from simpul.web import formats

_UNITS: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = ((1_000_000, "juta"), (1_000, "ribu"), (100, "ratus"), (10, "puluh"))
_ONES: Final = {1_000: "seribu", 100: "seratus"}


def in_words(number: int) -> str:
    """Indonesian, from 0 to 999,999,999. ValueError beyond."""
    if not 0 <= number < 1_000_000_000:
        raise ValueError("no number of an official record")
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    scale, name = next(pair for pair in _SCALES if number >= pair[0])
    times, rest = divmod(number, scale)
    head = _ONES[scale] if times == 1 and scale in _ONES else f"{in_words(times)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


def day_in_words(day: date, language: str) -> str:
    """ "tanggal tujuh bulan Februari tahun dua ribu dua puluh lima (7 Februari 2025)"; in English as it is."""
    plain = formats.day(day, language=language)
    if formats.tongue(language) is formats.ENGLISH:
        return plain
    month = formats.tongue(language).months[day.month - 1]
    return f"tanggal {in_words(day.day)} bulan {month} tahun {in_words(day.year)} ({plain})"
