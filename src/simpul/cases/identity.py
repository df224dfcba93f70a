"""What a NIK tells by its shape. Warnings, never more: a number is never corrected, and nobody waits because of it."""

from datetime import date
from enum import StrEnum
from typing import Final

WOMAN: Final = 40  # added to the day of birth


class Doubt(StrEnum):
    LENGTH = "length"
    DATE = "date"
    SEX = "sex"
    BIRTH = "birth"


def doubts_about(nik: str, *, sex: str = "", born: date | None = None, today: date) -> list[Doubt]:
    """Of the sixteen digits: six of the area of the first registration, six of the birth (a woman's day + 40), four."""
    if not nik.isdigit() or len(nik) != 16:
        return [Doubt.LENGTH]
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    said = _day(day - WOMAN if day > WOMAN else day, month, year, today)
    if said is None:
        return [Doubt.DATE]
    found = []
    if sex and (day > WOMAN) != (sex == "P"):
        found.append(Doubt.SEX)
    if born and (born.day, born.month, born.year % 100) != (said.day, said.month, said.year % 100):
        found.append(Doubt.BIRTH)
    return found


def _day(day: int, month: int, year: int, today: date) -> date | None:
    century = 2000 if 2000 + year <= today.year else 1900
    try:
        return date(century + year, month, day)
    except ValueError:
        return None
