"""Before what can't easily be undone: the answers once more, and a second yes. What would be refused is told before."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from simpul.web.accounts.guards import private
from simpul.web.components import Row, Text
from simpul.web.editing.entry import accepted
from simpul.web.editing.versions import typed
from simpul.web.http import Request

STEP: Final = "langkah"
YES: Final = "ya"
AGAIN: Final = "ubah"


def is_sure(request: Request) -> bool:
    """Whether this is the second yes."""
    return request.POST.get(STEP) == YES


def goes_back(request: Request) -> bool:
    """Whether they looked at their answers and want to change them: what was typed is kept."""
    return request.POST.get(STEP) == AGAIN


def would_be_taken(form: forms.Form, act: Callable[[], object]) -> bool:
    """As `accepted`, and nothing of it stays: nobody says yes twice to what is refused then."""

    def rehearse() -> None:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return accepted(form, rehearse)


def check_page(
    request: Request, *, title: Text, rows: Sequence[Row], then: Text, button: Text, back: str, changes: bool = True
) -> HttpResponse:
    """`then`: what happens after the yes, and that it stays so. `changes`: whether there are answers to change."""
    kept = [(name, value) for name, value in typed(request.POST) if name != STEP]
    context: dict[str, Any] = {
        "title": title, "rows": rows, "then": then, "button": button, "back": back, "changes": changes, "kept": kept,
        "step": STEP, "yes": YES, "again": AGAIN,
    }  # fmt: skip
    return private(render(request, "cases/check.html", context))
