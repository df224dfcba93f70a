"""What these pages begin and end with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from simpul.web.accounts.guards import private
from simpul.web.components import Text
from simpul.web.editing.entry import accepted
from simpul.web.http import Request


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


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Saved by the browser, never shown in it nor kept by it; the name of the file tells nothing."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private(response)
