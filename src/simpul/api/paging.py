"""Pages of a list, cut by the keys of the last row and never by counting; the way on is an address."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.kernel.errors import Invalid

MOST: Final = 100
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "UUIDField": UUID,
    "BigAutoField": lambda text: int(text[:18]),
    "PositiveIntegerField": lambda text: int(text[:9]),
    "DateField": date.fromisoformat,
    "DateTimeField": lambda text: datetime.fromisoformat(text).astimezone(UTC),
}
Line = TypeVar("Line")
Row = TypeVar("Row", bound=Model)


class Cut(Shape):
    """The query of every list."""

    limit: int = Field(25, ge=1, le=MOST, description=prose("How many at most."))
    after: str = Field("", max_length=1000, description=prose("Where the page begins: from `next`, never made up."))


class Page(Shape, Generic[Line]):
    """A page of a list."""

    items: list[Line]
    next: str | None = Field(
        description=prose("The address of the next page, also in the header Link; null at the end."),
        examples=["/api/v1/organisations?after=WyJrZXkiXQ"],
    )


def read_cursor(cut: Cut) -> list[str]:
    """What the last row of the page before left; empty for the first page. Invalid("unknown_cursor")."""
    if not cut.after:
        return []
    try:
        keys = json.loads(base64.urlsafe_b64decode(cut.after.encode() + b"=="))
        if isinstance(keys, list) and keys and all(isinstance(key, str) and "\x00" not in key for key in keys):
            return keys
    except (ValueError, binascii.Error):
        pass
    raise _unknown_cursor()


def next_page(call: Call, keys: Sequence[object]) -> str | None:
    """The address of the page after the row with these keys, and the Link header; None for none."""
    if not keys:
        return None
    after = base64.urlsafe_b64encode(json.dumps([str(key) for key in keys]).encode()).decode().rstrip("=")
    query = call.GET.copy()
    query["after"] = after
    call.next_link = f"{call.path}?{query.urlencode()}"
    return call.next_link


def page_of(
    call: Call, rows: QuerySet[Row], cut: Cut, show: Callable[[list[Row]], list[Line]], *, by: Sequence[str] = ("pk",),
    newest_first: bool = False,
) -> Page[Line]:  # fmt: skip
    """A page in the order of the columns `by`, which together are unique and never null."""
    step = "lt" if newest_first else "gt"
    last = read_cursor(cut)
    if last:
        if len(last) != len(by):
            raise _unknown_cursor()
        rows = rows.filter(_beyond(rows.model, by, last, step))
    found = list(rows.order_by(*(f"-{name}" if newest_first else name for name in by))[: cut.limit + 1])
    shown = found[: cut.limit]
    keys = [getattr(shown[-1], name) for name in by] if len(found) > cut.limit else []
    return Page(items=show(shown), next=next_page(call, keys))


def _beyond(model: type[Model], by: Sequence[str], last: Sequence[str], step: str) -> Q:
    values = [_value(model, name, text) for name, text in zip(by, last, strict=True)]
    beyond = Q()
    for place, name in enumerate(by):
        same = dict(zip(by[:place], values[:place], strict=True))
        beyond |= Q(**same, **{f"{name}__{step}": values[place]})
    return beyond


def _value(model: type[Model], name: str, text: str) -> Any:
    column = model._meta.pk if name == "pk" else model._meta.get_field(name)
    try:
        return _READERS.get(column.get_internal_type(), str)(text)
    except (ValueError, OverflowError) as error:
        raise _unknown_cursor() from error


def _unknown_cursor() -> Invalid:
    message = _("Take it from the page before, or begin again without it.")
    return Invalid("unknown_cursor", "after", message=message)
