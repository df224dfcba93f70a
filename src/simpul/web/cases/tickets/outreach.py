"""How many an event reached: counted, never named."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.tickets import PAGE, outreach_event_for, outreach_for
from simpul.cases.services.outreach import count_outreach, withdraw_outreach
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.tickets.forms import OutreachForm
from simpul.web.cases.tickets.pages import asked, choices_of, groups_kept_by
from simpul.web.cases.tickets.panels import marked, read_mark
from simpul.web.editing.entry import sent
from simpul.web.http import Request


@signed_in
@require_safe
def events(request: Request) -> HttpResponse:
    groups_kept_by(request.actor)
    found = outreach_for(request.actor, after=read_mark(request.GET.get("setelah", "")))
    rows, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    older = f"?setelah={marked(last.held_on, last.pk)}" if last else ""
    return private(render(request, "tickets/outreach.html", {"rows": rows, "older": older}))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    groups = groups_kept_by(request.actor)
    form = OutreachForm(choices_of(groups), sent(request))

    def act() -> None:
        told = form.given()
        count_outreach(request.actor, groups[told.pop("group")], **told, now=timezone.now())

    lead = _("Only numbers: nobody is named here, and no case is opened.")
    up = reverse("tickets:outreach")
    return asked(
        request, form, act, title=_("Count an event"), said=_("Counted."), lead=lead, back="tickets:outreach", up=up
    )


@signed_in
@require_POST
def withdraw(request: Request, event_id: UUID) -> HttpResponse:
    withdraw_outreach(request.actor, outreach_event_for(request.actor, event_id), now=timezone.now())
    messages.success(request, _("This event counts no more."))
    return redirect("tickets:outreach")
