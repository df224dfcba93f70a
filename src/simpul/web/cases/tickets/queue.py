"""Lists of people for one mobile service."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.tickets import (
    PAGE,
    entries_of,
    entry_for,
    papers_of,
    tallies_of,
    ticket_for,
    tickets_for,
)
from simpul.cases.services.listed import use_again
from simpul.cases.services.tickets import (
    add_to_ticket,
    correct_entry,
    open_list,
    open_ticket,
    remove_from_ticket,
    settle_queue,
)
from simpul.kernel.time import local_date
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.tickets.forms import CorrectionForm, EntryForm, ResultsForm, TicketForm
from simpul.web.cases.tickets.pages import asked, choices_of, groups_kept_by, offices_for
from simpul.web.cases.tickets.panels import entry_rows, known_of, marked, opened, read_mark
from simpul.web.editing.entry import sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def tickets(request: Request) -> HttpResponse:
    groups_kept_by(request.actor)
    found = tickets_for(request.actor, after=read_mark(request.GET.get("setelah", "")))
    rows, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    tallies = tallies_of(rows)
    context = {
        "rows": [(row, tallies[row.pk]) for row in rows],
        "older": f"?setelah={marked(last.service_on, last.pk)}" if last else "",
    }
    return private(render(request, "tickets/list.html", context))


@signed_in
@form_page
def new(request: Request) -> HttpResponse:
    groups = groups_kept_by(request.actor)
    offices = offices_for(request.actor, groups.values())
    form = TicketForm(choices_of(groups), [(key, point.name) for key, point in offices.items()], sent(request))

    def act() -> None:
        told = form.given()
        group, provider = groups[told.pop("group")], offices.get(told.pop("provider"))
        open_ticket(request.actor, group, provider=provider, **told, now=timezone.now())

    said = _("Kept. Now add who comes.")
    return asked(
        request, form, act, title=_("A mobile service"), said=said, back="tickets:list", up=reverse("tickets:list")
    )


@signed_in
@form_page
def ticket(request: Request, ticket_id: UUID) -> HttpResponse:
    """Every opening is recorded; a press shows the names."""
    shown = request.method == "POST"
    row = open_list(request.actor, ticket_id, names=shown, now=timezone.now())
    entries = entry_rows(entries_of(request.actor, row), shown=shown)
    return private(render(request, "tickets/ticket.html", {"ticket": row, "rows": entries, "shown": shown}))


@signed_in
@form_page
def add(request: Request, ticket_id: UUID) -> HttpResponse:
    row = ticket_for(request.actor, ticket_id)
    form, up = EntryForm(sent(request)), reverse("tickets:ticket", args=[row.pk])
    act = lambda: add_to_ticket(request.actor, row, **form.given(), now=timezone.now())  # noqa: E731
    lead = _("Who needs more than a paper, or is not safe, gets a case of their own.")
    return asked(
        request, form, act, title=_("Somebody on the list"), said=_("Added to the list."), lead=lead,
        back="tickets:ticket", to=[row.pk], up=up,
    )  # fmt: skip


@signed_in
@form_page
def results(request: Request, entry_id: UUID) -> HttpResponse:
    """What came of each paper of one person."""
    entry, now = entry_for(request.actor, entry_id), timezone.now()
    papers = papers_of(request.actor, entry).values_list("kind", "result")
    first = {"seen": entry.version, "on": local_date(now, entry.ticket.area.zone)}
    form = ResultsForm(papers, sent(request), initial=first)
    act = lambda: settle_queue(request.actor, entry, **form.given(), now=now)  # noqa: E731
    up = reverse("tickets:ticket", args=[entry.ticket_id])
    title = _("Number %(number)s: what came of it") % {"number": entry.number}
    return asked(
        request, form, act, title=title, said=_("Noted."), lead=known_of(entry), back="tickets:ticket",
        to=[entry.ticket_id], up=up, entry=entry,
    )  # fmt: skip


@signed_in
@form_page
def correct(request: Request, entry_id: UUID) -> HttpResponse:
    """Shows the name to be corrected, which is recorded as showing it on the list is."""
    entry, now = entry_for(request.actor, entry_id), timezone.now()
    open_list(request.actor, entry.ticket_id, names=True, now=now)
    first = {"seen": entry.version, "sex": entry.sex, "age_stated": entry.age_stated, **opened(entry)}
    form = CorrectionForm(sent(request), initial=first)
    act = lambda: correct_entry(request.actor, entry, **form.given(), now=now)  # noqa: E731
    up = reverse("tickets:ticket", args=[entry.ticket_id])
    title = _("Number %(number)s: correct what is written") % {"number": entry.number}
    return asked(request, form, act, title=title, said=_("Noted."), back="tickets:ticket", to=[entry.ticket_id], up=up)


@signed_in
@require_POST
def allow(request: Request, entry_id: UUID) -> HttpResponse:
    entry = entry_for(request.actor, entry_id)
    use_again(request.actor, entry, now=timezone.now())
    messages.success(request, _("Their data may be used again."))
    return redirect("tickets:ticket", entry.ticket_id)


@signed_in
@require_POST
def remove(request: Request, entry_id: UUID) -> HttpResponse:
    entry = entry_for(request.actor, entry_id)
    remove_from_ticket(request.actor, entry, now=timezone.now())
    messages.success(request, _("Taken off the list. Name and NIK are gone."))
    return redirect("tickets:ticket", entry.ticket_id)
