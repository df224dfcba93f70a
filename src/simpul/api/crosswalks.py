"""What areas became: changes of codes, for everybody to read, for the operator to keep."""

from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day, Instant, OwnKey, Sent, on_day
from simpul.kernel.errors import NotFound
from simpul.territory.models import Crosswalk, CrosswalkKind
from simpul.territory.queries import crosswalks, successors
from simpul.territory.services import add_crosswalk, correct_crosswalk, withdraw_crosswalk

router = Router(tags=["areas"])
WRITE: Final = ("territory:write",)
Share = Decimal | None


class CrosswalksSought(Cut):
    code: AreaCode | None = Field(None, description=prose("Of this old code alone."))


class CrosswalkLine(Shape):
    """From a day on, `new` is (part of) what `old_code` was."""

    id: UUID
    old_code: str = Field(examples=["52.03.05.2008"])
    new: AreaRef
    valid_from: Day
    kind: CrosswalkKind
    share: float | None = Field(description=prose("The part of the old area that went there; null: not known."))
    basis: str


class Change(Sent):
    new_code: AreaCode
    valid_from: Day
    kind: CrosswalkKind
    share: Share = Field(None, gt=0, le=1, max_digits=5, decimal_places=4)
    basis: str = Field(max_length=200, description=prose("The regulation it rests on."))


class NewCrosswalk(Change):
    id: OwnKey = None
    old_code: AreaCode


class SuccessorsSought(Shape):
    on: Day | None = Field(None, description=prose("On this day; today in Jakarta where it is left out."))
    as_of: Instant | None = Field(None, description=prose("As it was known then; as it is known now otherwise."))


class SuccessorLine(Shape):
    """An area that is (part of) what another was."""

    code: str
    share: float | None


@router.get(
    "/crosswalks",
    **told(prose("Changes of area codes"), prose("As known now."), response=Page[CrosswalkLine]),
)
def list_crosswalks(request: Call, sought: Query[CrosswalksSought]) -> Page[CrosswalkLine]:
    rows = crosswalks()
    rows = rows.filter(old_code=sought.code) if sought.code else rows
    by = ("valid_from", "pk")
    return page_of(request, rows, sought, lambda found: [_line(row) for row in found], by=by, newest_first=True)


@router.get(
    "/areas/{code}/successors",
    **told(
        prose("What an area became"), prose("Itself where nothing had happened to it. A code that has ended too."),
        response=list[SuccessorLine],
    ),
)  # fmt: skip
def list_successors(request: Call, code: str, sought: Query[SuccessorsSought]) -> list[SuccessorLine]:
    found = successors(code[:13], on=on_day(sought.on), known=sought.as_of)
    return [SuccessorLine(code=one.code, share=_number(one.share)) for one in found]


@router.post(
    "/crosswalks",
    **told(
        prose("Enter a change of code"), response=CrosswalkLine, status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_crosswalk(request: Call, sent: NewCrosswalk) -> CrosswalkLine:
    given = sent.model_dump(exclude={"old_code"})
    return _line(add_crosswalk(request.actor, sent.old_code, now=timezone.now(), **given))


@router.post(
    "/crosswalks/{uuid:crosswalk_id}/correct",
    **told(
        prose("Correct a change of code"), prose("The answer is a new row; the mistaken one is kept as superseded."),
        response=CrosswalkLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def correct_change_of_code(request: Call, crosswalk_id: UUID, sent: Change) -> CrosswalkLine:
    row = _row(crosswalk_id)
    return _line(correct_crosswalk(request.actor, row, now=timezone.now(), **sent.model_dump()))


@router.post(
    "/crosswalks/{uuid:crosswalk_id}/withdraw",
    **told(
        prose("Withdraw a change of code"), prose("It never was so."), response=CrosswalkLine, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def withdraw_change_of_code(request: Call, crosswalk_id: UUID) -> CrosswalkLine:
    return _line(withdraw_crosswalk(request.actor, _row(crosswalk_id), now=timezone.now()))


def _row(crosswalk_id: UUID) -> Crosswalk:
    row = Crosswalk.objects.filter(pk=crosswalk_id).select_related("new").first()
    if row is None:
        raise NotFound("territory.crosswalk", crosswalk_id)
    return row


def _number(share: Decimal | None) -> float | None:
    return None if share is None else float(share)


def _line(row: Crosswalk) -> CrosswalkLine:
    return CrosswalkLine(
        id=row.pk, old_code=row.old_code, new=AreaRef(code=row.new.pk, name=row.new.title), valid_from=row.valid_from,
        kind=CrosswalkKind(row.kind), share=_number(row.share), basis=row.basis,
    )  # fmt: skip
