"""Finding who may already be known, without any name in the database: keys of names as they sound."""

import re
from typing import Final

from simpul.kernel.text import fold_words

_TITLES: Final = frozenset({"inaq", "amaq", "papuq", "bu", "ibu", "pak", "bapak", "h", "hj", "haji", "hajjah", "tgh"})
_MUHAMMAD: Final = frozenset(
    {"m", "md", "mhd", "moh", "muh", "mohd", "moch", "mochamad", "mohamad", "mohammad", "muhamad"}
)
# Old and new spelling, and letters that are said alike. In this order.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj|sy", "s"), ("nj", "ny"), ("ch|kh", "k"), ("ph|v", "f"),
        ("z", "s"), ("q", "k"), ("x", "ks"), (r"(?<=.)h", ""), (r"(.)\1+", r"\1"), ("y", "i"), (r"(?<=.)[aeiou]", ""),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def sound_of(name: str) -> str:
    """How a name sounds, whatever its spelling, titles and order of words: "" where nothing is left to compare."""
    words = [word for word in fold_words(name).split() if word not in _TITLES]
    return " ".join(sorted(filter(None, map(_sound, words))))


def _sound(word: str) -> str:
    sound = "muhammad" if word in _MUHAMMAD else word
    for pattern, to in _SOUNDS:
        sound = pattern.sub(to, sound)
    return sound


def likeness_of(name: str, birth_year: int | None, area_code: str) -> str:
    """What is sealed beside a person: the name, the year of birth where it is known, the village."""
    return f"{name}\n{birth_year or ''}\n{area_code}"


def normal_likeness(likeness: str) -> str:
    """For the blind index: "" (not indexed) where there is no name or no year, which would match half the village."""
    name, year, area_code = likeness.split("\n")
    sound = sound_of(name)
    return f"{sound}|{year}|{area_code}" if sound and year else ""


def normal_nik(nik: str) -> str:
    """Its 16 digits; "" where there are not that many: half a number finds nobody."""
    digits = re.sub(r"\D", "", nik)
    return digits if len(digits) == 16 else ""
