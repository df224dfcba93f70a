"""What a home lets one do in one step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.organisations.queries.attention import kept_at_work
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.services.standing import confirm_active
from simpul.web.accounts.guards import signed_in
from simpul.web.desk.due import Desk, at_work_rows
from simpul.web.http import Request

PAGE = 50


@signed_in
@require_safe
def at_work(request: Request) -> HttpResponse:
    """The organisations one keeps that were long not confirmed active, each with its button."""
    desk = Desk(request)
    rows = [row for row in kept_at_work(request.actor) if row.is_due(desk.today)]
    return render(request, "desk/at_work.html", {"rows": at_work_rows(rows[:PAGE]), "more": max(len(rows) - PAGE, 0)})


@signed_in
@require_POST
def confirm(request: Request, organisation_id: UUID) -> HttpResponse:
    """Say that it is at work. Sent twice, it is said once."""
    organisation = organisation_for(request.actor, organisation_id)
    confirm_active(request.actor, organisation, now=timezone.now())
    messages.success(request, _("Noted: %(name)s is active today.") % {"name": organisation.name})
    return redirect("desk:at-work" if request.GET.get("daftar") else "home")
