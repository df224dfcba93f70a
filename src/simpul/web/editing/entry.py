"""What every page of an entry begins and ends with."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import authorise
from simpul.web.components import Text
from simpul.web.editing.forms.entries import answered
from simpul.web.editing.versions import Meeting, VersionedForm, save
from simpul.web.http import Request

EDIT = "organisation.edit"


def entry(request: Request, key: UUID, permission: str = EDIT) -> Organisation:
    """NotFound out of sight, Denied where the permission is missing."""
    row = organisation_for(request.actor, key)
    authorise(request.actor, permission, row)
    return row


def sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def accepted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the service took it; what it refused stands beside its field, with everything typed kept."""
    if not form.is_valid():
        return False
    try:
        act()
    except (Invalid, Conflict) as refusal:
        field = answered(form, refusal) if isinstance(refusal, Invalid) else None
        form.add_error(field, str(refusal.message))
    return not form.errors


def form_page(request: Request, template: str, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"editing/{template}.html", {"form": form, **context}, status=422 if form.errors else 200)


def back_to(request: Request, row: Organisation, said: Text) -> HttpResponse:
    messages.success(request, str(said))
    return redirect("editing:organisation", row.pk)


def changed_already(request: Request, page: str, row: Organisation) -> HttpResponse:
    """For what was sent twice, or to what somebody else has corrected: there one sees what it says now."""
    messages.info(request, _("This was changed already. Here is what it says now."))
    return redirect(page, row.pk)


def both_versions(request: Request, row: Organisation, met: Meeting) -> HttpResponse:
    back = reverse("editing:organisation", args=[row.pk])
    context = {"meeting": met, "name": row.name, "action": request.path, "back": back}
    return render(request, "editing/conflict.html", context, status=409)


def versioned(
    request: Request,
    row: Organisation,
    form: VersionedForm,
    write: Callable[[dict[str, Any], int], object],
    *,
    title: Text,
    said: Text,
) -> HttpResponse:
    """A page of the entry under its lock: saved, refused with what was typed, or both versions side by side."""
    if form.is_valid():
        if met := save(form, lambda: Organisation.objects.get(pk=row.pk), write):
            return both_versions(request, row, met)
        if not form.errors:
            return back_to(request, row, said)
    return form_page(request, "form", form, {"row": row, "title": title, "seen": form.seen(row)})
