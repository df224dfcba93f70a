"""Days off: for everybody to read, for the operator to keep."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, OwnKey, Sent, Words, needed_words, on_day, words
from simpul.kernel.errors import NotFound
from simpul.territory.models import Holiday, HolidayKind
from simpul.territory.queries import calendar
from simpul.territory.services import add_holiday, withdraw_holiday

router = Router(tags=["areas"])
WRITE: Final = ("territory:write",)


class DaysSought(Shape):
    year: int | None = Field(None, ge=2000, le=2100, description=prose("This year where it is left out."))
    area: AreaCode | None = Field(None, description=prose("With the local ones of this area and of what it lies in."))


class DayOffLine(Shape):
    """A day off. `id` only of what was entered here; the others are known from the decrees of the state."""

    id: UUID | None
    day: Day
    name: Words
    kind: HolidayKind
    area: str | None
    basis: str


class NewHoliday(Sent):
    id: OwnKey = None
    day: Day
    name: Words
    kind: HolidayKind
    area: AreaCode | None = Field(None, description=prose("Needed of a local holiday, and of no other."))
    basis: str = Field(max_length=200, description=prose("The decree it rests on."))


@router.get(
    "/holidays",
    **told(
        prose("Days off of a year"), prose("National holidays, joint leave and, with an area, local ones."),
        response=list[DayOffLine],
    ),
)  # fmt: skip
def list_holidays(request: Call, sought: Query[DaysSought]) -> list[DayOffLine]:
    year = sought.year or on_day(None).year
    return [
        DayOffLine(
            id=off.row.pk if off.row else None, day=off.day, name=words(off.name) or {}, kind=off.kind,
            area=off.row.area_id if off.row else None, basis=off.row.basis if off.row else "",
        )
        for off in calendar(year, sought.area)
    ]  # fmt: skip


@router.post(
    "/holidays",
    **told(
        prose("Enter a day off"), prose("Or say that an estimated one is none."), response=DayOffLine, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_holiday(request: Call, sent: NewHoliday) -> DayOffLine:
    row = add_holiday(
        request.actor, sent.day, name=needed_words("name", sent.name), kind=sent.kind,
        basis=sent.basis, area_code=sent.area, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return _line(row)


@router.post(
    "/holidays/{uuid:holiday_id}/withdraw",
    **told(
        prose("Withdraw a day off"), prose("Deadlines counted from now on no longer know it."), response=DayOffLine,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def withdraw_day_off(request: Call, holiday_id: UUID) -> DayOffLine:
    row = Holiday.objects.filter(pk=holiday_id).first()
    if row is None:
        raise NotFound("territory.holiday", holiday_id)
    return _line(withdraw_holiday(request.actor, row, now=timezone.now()))


def _line(row: Holiday) -> DayOffLine:
    return DayOffLine(
        id=row.pk, day=row.day, name=words(row.name) or {}, kind=HolidayKind(row.kind), area=row.area_id,
        basis=row.basis,
    )  # fmt: skip
