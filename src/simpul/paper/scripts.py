"""Which letters we can print: those that one of our fonts has."""

from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Final
from unicodedata import category

# Made by `tools/trim_name_fonts.py`: code points in ranges, in order.
_COVERAGE: Final = files("simpul.paper").joinpath("fonts", "coverage.txt")
# What joins and separates letters and is not drawn itself.
_UNDRAWN: Final = frozenset({"Cf", "Zs"})


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    firsts, lasts = [], []
    for line in _COVERAGE.read_text(encoding="ascii").split():
        first, _between, last = line.partition("-")
        firsts.append(int(first, 16))
        lasts.append(int(last or first, 16))
    return tuple(firsts), tuple(lasts)


def unprintable(text: str) -> frozenset[str]:
    """The characters of it that would come out as empty boxes."""
    return frozenset(letter for letter in text if not _has(letter))


def _has(letter: str) -> bool:
    if category(letter) in _UNDRAWN:
        return True
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= lasts[place]
