"""What these pages begin and end with."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import private
from simpul.web.cases.desk.pages import key_after
from simpul.web.components import Text
from simpul.web.editing.entry import accepted
from simpul.web.http import Request

PAGE: Final = 100  # organisations in one list to choose from


def form_about(
    request: Request,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: Text,
    said: Text,
    back: str,
    lead: Text = "",
    button: Text = "",
) -> HttpResponse:
    """One form; `back` is the address of where one came from. What was refused stands beside its field."""
    if request.method == "POST" and accepted(form, act):
        messages.success(request, str(said))
        return private(redirect(back))
    context: dict[str, Any] = {"form": form, "title": title, "lead": lead, "button": button, "back": back}
    return private(render(request, "rights/form.html", context, status=422 if form.errors else 200))


def groups_on_page(request: Request, rows: QuerySet[Organisation]) -> tuple[dict[str, Organisation], str]:
    """Those to choose from, by key, of `rows` by name, and where their next page begins, "" for the last. What was
    chosen is among them, whatever page it was on. A page begins with the last one of the page before: there are always
    two to choose from, and none is taken because it stands alone.
    """
    after = rows.filter(pk__in=[key_after(request)]).values_list("sort_key", "pk").first()
    later = Q(sort_key__gt=after[0]) | Q(sort_key=after[0], pk__gte=after[1]) if after else Q()
    found = list(rows.filter(later)[: PAGE + 1])
    kept = {str(row.pk): row for row in found[:PAGE]}
    chosen = request.POST.get("group", "")
    if chosen and chosen not in kept:
        with suppress(ValueError):
            kept |= {str(row.pk): row for row in rows.filter(pk=UUID(chosen))}
    return kept, f"?setelah={found[PAGE - 1].pk}" if len(found) > PAGE else ""


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Saved by the browser, never shown in it nor kept by it; the name of the file tells nothing."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private(response)
