"""What the pages of one case begin and end with: it is looked at and logged in one step, and sent forms are kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from simpul.cases.life import today_of
from simpul.cases.queries.cases import Case
from simpul.cases.rules.sight import authorise_coordinating, authorise_recording
from simpul.cases.services.sight import look_at
from simpul.kernel.errors import NotFound
from simpul.organisations.models import ServicePoint
from simpul.organisations.queries.service_points import service_points_for
from simpul.web.components import Text
from simpul.web.editing.entry import accepted
from simpul.web.http import Request


def opened(request: Request, case_id: UUID, page: str, *, now: datetime | None = None) -> Case:
    """NotFound out of sight; else the case, and its opening in the log."""
    return look_at(request.actor, case_id, page=f"cases:{page}", now=now or timezone.now())


def recorded(request: Request, case_id: UUID, page: str) -> Case:
    """The same for who may write in it: Denied where they only look."""
    case = opened(request, case_id, page)
    authorise_recording(request.actor, case, now=timezone.now())
    return case


def coordinated(request: Request, case_id: UUID, page: str) -> Case:
    """The same for the coordinator."""
    case = opened(request, case_id, page)
    authorise_coordinating(request.actor, case, now=timezone.now())
    return case


def asked(
    request: Request,
    case: Case,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: Text,
    said: Text,
    back: str = "cases:case",
    lead: Text = "",
    button: Text = "",
    template: str = "cases/form.html",
) -> HttpResponse:
    """One form about a case: what was refused stands beside its field, with everything typed kept."""
    if request.method == "POST" and accepted(form, act):
        messages.success(request, str(said))
        return redirect(back, case.pk)
    context: dict[str, Any] = {"case": case, "form": form, "title": title, "lead": lead, "button": button, "back": back}
    return render(request, template, context, status=422 if form.errors else 200)


def offices_near(request: Request, case: Case) -> list[ServicePoint]:
    """The services of the village, the nearest first."""
    found = service_points_for(request.actor, case.area_id, today=today_of(case, timezone.now()))
    return [one.point for one in found]


def key_after(request: Request, name: str = "setelah") -> UUID | None:
    """The key in the address after which a page begins; None for the first page, and for what is no key."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def one_of(rows: Any, key: str) -> Any:
    """The row a button named, of these alone: NotFound for any other."""
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("cases.case")
    return found
