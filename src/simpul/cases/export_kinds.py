"""Taking the register out: as which file, which part of it, for how long it waits, and how it is locked."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.cases.kinds import Branch
from simpul.kernel.errors import Invalid

EXPORT: Final = "case.export"
UNMASK: Final = "case.export_unmasked"
KEPT: Final = timedelta(hours=24)  # from the asking: then the file goes, collected or not
AT_ONCE: Final = 50  # cases that are written while one waits
MOST: Final = 20_000  # cases in one file
MOST_ON_PAPER: Final = 1_000
SHORTEST: Final = 14  # characters of a password somebody thinks up
_DISTINCT: Final = 8
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


class Format(models.TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    PDF = "pdf", "PDF"


class Standing(models.TextChoices):
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready, not collected")
    COLLECTED = "collected", _("Collected")
    RECALLED = "recalled", _("Called back")
    ENDED = "ended", _("Gone: nobody collected it in time")


@dataclass(frozen=True, slots=True)
class Part:
    """Of the cases the exporter sees at one group, those received in these days, of this branch, in this area."""

    since: date | None = None
    until: date | None = None
    branch: str = ""
    area_code: str = ""

    def as_data(self) -> dict[str, str]:
        days = {name: day.isoformat() for name, day in (("since", self.since), ("until", self.until)) if day}
        return {**days, **{k: v for k, v in (("branch", self.branch), ("area_code", self.area_code)) if v}}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Part":
        days = {name: date.fromisoformat(data[name]) for name in ("since", "until") if name in data}
        return cls(**days, branch=data.get("branch", ""), area_code=data.get("area_code", ""))


def check_part(part: Part) -> None:
    if part.since and part.until and part.until < part.since:
        raise Invalid("until", "until", message=_("The last day can't come before the first one."))
    if part.branch not in ("", *Branch.values):
        raise Invalid("branch", "branch", message=_("Choose one of the answers in the list."))


def new_password() -> str:
    """Twenty letters in four groups: a hundred bits, to be read out over a telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(5)) for _group in range(4))


def check_password(password: str) -> None:
    """Invalid("password") for one that could be guessed by who has the file and all the time in the world."""
    if len(password) < SHORTEST or len(set(password.casefold())) < _DISTINCT:
        message = _("Use at least 14 characters, of at least 8 different ones: several words, for example.")
        raise Invalid("password", "password", message=message)
    if len(password) > 200:
        raise Invalid("password", "password", message=_("Write this shorter."))
