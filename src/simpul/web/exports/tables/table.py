"""What a list gives away, and how it says what was asked of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404

from simpul.interop.writing import Page, Value
from simpul.organisations.models import Organisation

MOST: Final = 50_000
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Table:
    """`filters`: what the page was asked, in words; `as_of`: the day it is true of.

    `is_open`: holds what anybody may see, whoever asked. What is not is for its reader's own work. `more` are sheets
    that explain it, in the workbook alone.
    """

    title: str
    filters: Sequence[tuple[str, str]]
    as_of: date
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    is_open: bool = True
    more: Sequence[Page] = ()


Make = Callable[..., Table]


def asked(form: Any) -> list[tuple[str, str]]:
    """The filters that narrow something, as the page words them."""
    told = []
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
        told.append((str(form.fields[name].label), choices.get(str(value), str(value))))
    return told


def refuse_hidden(row: Organisation) -> None:
    """Its own people see its page; no file of it leaves."""
    if row.in_safety_mode:
        raise Http404
