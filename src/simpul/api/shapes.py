"""Shapes that several contexts share: days, partial dates, words in several languages, pointers to other records."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.kernel.errors import Invalid
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate, Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

OLDEST, LATEST = 1800, 2199
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _day(value: object) -> object:
    """An ISO day of a year that something here may have happened in; never a number or an instant."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value) or not OLDEST <= int(value[:4]) <= LATEST:
        raise ValueError("not a day")
    return date.fromisoformat(value)


def _partial(value: object) -> object:
    if value is None or isinstance(value, PartialDate):
        return value
    if not isinstance(value, str) or not OLDEST <= int(value[:4] if value[:4].isdigit() else 0) <= LATEST:
        raise ValueError("not a date")
    return PartialDate.parse(value)


def _clock(value: object) -> object:
    """A time as clocks show it, without a zone of its own."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(_CLOCK, value):
        raise ValueError("not a time")
    return time.fromisoformat(value)


def _instant(value: object) -> object:
    """An ISO instant with its zone, of a year that something here may have been written in."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value) or not OLDEST <= int(value[:4]) <= LATEST:
        raise ValueError("not an instant")
    return datetime.fromisoformat(value).astimezone(UTC)


Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$", "examples": ["21:00"]}),
]
Instant = Annotated[datetime, BeforeValidator(_instant)]
PartialDay = Annotated[
    PartialDate,
    BeforeValidator(_partial),
    WithJsonSchema({
        "type": "string",
        "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$",
        "description": prose("A year, a year and month, or a day: as much of it as is known."),
        "examples": ["2008-05"],
    }),
]  # fmt: skip
PartialText = Annotated[
    str,
    WithJsonSchema({
        "type": "string",
        "description": prose("A year, a year and month, or a day: as much of it as is known."),
        "examples": ["2008-05"],
    }),
]  # fmt: skip
Words = Annotated[
    dict[str, str],
    WithJsonSchema({
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": prose("Language to text; Indonesian (id) is always there."),
        "examples": [{"id": "Pendidikan", "en": "Education"}],
    }),
]  # fmt: skip
Code = Annotated[str, StringConstraints(max_length=40)]
AreaCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$"),
    Field(description=prose("A code of the ministry of home affairs."), examples=["52.03"]),
]


OwnKey = Annotated[UUID | None, Field(description=prose("Your own key for it: sent again, nothing is made twice."))]
FirstDayAfter = Annotated[Day | None, Field(description=prose("The first day it no longer holds."))]
RECORD_KIND: Final = r"^[a-z_]{1,40}\.[a-z_]{1,39}$"


class Sent(Shape):
    """A body: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


class AreaRef(Shape):
    """An area by its code and name."""

    code: str = Field(examples=["52.03"])
    name: str = Field(examples=["Kabupaten Lombok Timur"])

    @classmethod
    def of(cls, area: Area | None) -> "AreaRef | None":
        return cls(code=area.pk, name=area.title) if area else None


class OrganisationRef(Shape):
    """An organisation by its key and name."""

    id: UUID
    name: str = Field(examples=["Forum Simpul Contoh"])

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationRef":
        return cls(id=organisation.pk, name=organisation.name)


class RecordPointer(Shape):
    """A record of any context."""

    kind: str = Field(pattern=RECORD_KIND, examples=["organisations.organisation"])
    id: UUID


def words(text: Mapping[str, str] | None) -> dict[str, str] | None:
    return dict(text) if text else None


def partial(moment: PartialDate | None) -> str | None:
    return str(moment) if moment else None


def jsonable(value: Any) -> Any:
    """A value of a profile as JSON has it."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value


def on_day(day: date | None) -> date:
    """That day, or today in Jakarta."""
    return day or local_date(timezone.now(), Zone.WIB)


def localized(field: str, sent: Mapping[str, str] | None) -> LocalizedText | None:
    """Invalid("indonesian_needed") for words without Indonesian ones."""
    try:
        return LocalizedText(sent) if sent else None
    except ValueError as error:
        raise Invalid("indonesian_needed", field, message=_("Write it in Indonesian too.")) from error


def needed_words(field: str, sent: Mapping[str, str]) -> LocalizedText:
    """As `localized`, for what can't stay empty."""
    found = localized(field, sent)
    if found is None:
        raise Invalid("indonesian_needed", field, message=_("Write it in Indonesian too."))
    return found
