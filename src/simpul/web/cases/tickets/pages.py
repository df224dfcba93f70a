"""What these pages share: which groups one keeps them for, and one form on a page."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from simpul.cases.queries.worklist import groups_of
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation, ServicePoint
from simpul.organisations.queries.service_points import service_points_for
from simpul.web.accounts.guards import private
from simpul.web.cases.desk.forms.fields import Choices
from simpul.web.components import Text
from simpul.web.editing.entry import accepted
from simpul.web.http import Request

Groups = dict[str, Organisation]


def groups_kept_by(actor: Actor) -> Groups:
    """Denied("case.record") for whoever keeps no cases anywhere: a supervisor neither."""
    groups = {str(group.pk): group for group in groups_of(actor)}
    if not groups:
        raise Denied("case.record")
    return groups


def choices_of(groups: Groups) -> Choices:
    return [(key, group.name) for key, group in groups.items()]


def offices_for(actor: Actor, groups: Iterable[Organisation]) -> dict[str, ServicePoint]:
    """The offices that serve where these groups are, the nearest first."""
    today = local_date(timezone.now(), Zone.WITA)
    seats = dict.fromkeys(group.seat_id for group in groups if group.seat_id)
    found = (one.point for seat in seats for one in service_points_for(actor, seat, today=today))
    return {str(point.pk): point for point in found}


def asked(
    request: Request,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: Text,
    said: Text,
    back: str,
    to: Iterable[object] = (),
    lead: Text = "",
    **more: Any,
) -> HttpResponse:
    """What was refused stands beside its field, with everything typed kept; else on to the page `back`."""
    if request.method == "POST" and accepted(form, act):
        messages.success(request, str(said))
        return redirect(back, *to)
    context = {"form": form, "title": title, "lead": lead, **more}
    return private(render(request, "tickets/form.html", context, status=422 if form.errors else 200))
