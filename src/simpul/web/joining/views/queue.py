"""The secretariat's queue: what has come, how long it waits, and each step towards a decision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.organisations.admission import CLOSED, LIFECYCLE, MANAGE, NEEDED, OPEN, Act, ApplicationState, Check
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.queries.applications import (
    alike_to,
    application_for,
    call_of,
    checks_of,
    count_states,
    queue_of,
    steps_of,
    unmet,
)
from simpul.organisations.services.application_calls import close_applications, open_applications
from simpul.organisations.services.applications import MOVES, check_application, move_application
from simpul.organisations.turns import opened
from simpul.territory.queries import path_of
from simpul.web.accounts.guards import private, signed_in
from simpul.web.components import Row, Task
from simpul.web.editing.entry import accepted, entry, sent
from simpul.web.editing.fields import out_of_two
from simpul.web.http import Request
from simpul.web.joining.forms import CallForm, CheckForm, MoveForm
from simpul.web.joining.letters import letter
from simpul.web.joining.panels import TONES, age, events, waited


@signed_in
@require_safe
def queue(request: Request, key: UUID) -> HttpResponse:
    """What is open, the oldest first; with `?selesai=1` what was decided, the latest first."""
    network = entry(request, key, MANAGE)
    closed = bool(request.GET.get("selesai"))
    context = {
        "row": network,
        "closed": closed,
        "tasks": _tasks(request, network, closed=closed),
        "call": call_of(network),
        **_counted(count_states(request.actor, network)),
        **_public(request, network),
    }
    return render(request, "joining/queue.html", context)


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {
        "open_count": sum(counts.get(state, 0) for state in OPEN),
        "closed_count": sum(counts.get(state, 0) for state in CLOSED),
    }


def _public(request: Request, network: Organisation) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("joining:apply", args=[network.pk]))
    return {
        "public": address,
        "share": _("Join %(network)s: %(address)s") % {"network": network.name, "address": address},
    }


def _tasks(request: Request, network: Organisation, *, closed: bool) -> list[Task]:
    now, rows = timezone.now(), queue_of(request.actor, network, closed=closed)
    return [_task(row, waited(age(row.received_at, now))) for row in rows]


def _task(row: MembershipApplication, days: str) -> Task:
    seat = row.seat.title if row.seat else ""
    hint = " · ".join(part for part in (str(row.get_kind_display()), seat, days) if part)
    page = reverse("joining:application", args=[row.pk])
    return Task(row.name, ApplicationState(row.state).label, TONES[row.state], page, hint)


@signed_in
def call(request: Request, key: UUID) -> HttpResponse:
    """Open the form with what is asked of a member, or close it."""
    network = entry(request, key, MANAGE)
    if request.POST.get("langkah") == "tutup":
        close_applications(request.actor, network, now=timezone.now())
        return _back(request, network, _("The form is closed. What was sent stays in the queue."))
    standing = call_of(network)
    form = CallForm(sent(request), initial=out_of_two(standing.terms if standing else None, "terms"))
    if accepted(form, lambda: open_applications(request.actor, network, terms=form.text(), now=timezone.now())):
        return _back(request, network, _("The form is open: everybody can apply now."))
    context = {"row": network, "form": form, "call": standing}
    return render(request, "joining/call.html", context, status=422 if form.errors else 200)


def _back(request: Request, network: Organisation, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("joining:queue", network.pk)


@signed_in
@require_safe
def application(request: Request, row: UUID) -> HttpResponse:
    found = application_for(request.actor, row)
    checks = checks_of(found)
    form = CheckForm(initial={"items": [item for item, is_met in checks.items() if is_met]})
    return private(render(request, "joining/application.html", _page(request, found, form, checks=checks)))


def _page(
    request: Request, found: MembershipApplication, form: CheckForm, *, checks: Mapping[str, bool]
) -> dict[str, Any]:
    return {
        "application": found,
        "alike": alike_to(request.actor, found),
        "form": form,
        "days": age(found.received_at, timezone.now()),
        **_stage(found, checks),
        **_told(found, request.build_absolute_uri(reverse("joining:receipt"))),
    }


def _stage(found: MembershipApplication, checks: Mapping[str, bool]) -> dict[str, Any]:
    """Where it stands, and what can be done from there."""
    return {
        "state": ApplicationState(found.state),
        "tone": TONES[found.state],
        "missing": [Check(item).label for item in unmet(checks, NEEDED)],
        "checked": [(Check(item).label, checks[item]) for item in Check.values if item in checks],
        "acts": {t.act for t in LIFECYCLE.acts_from(found.state)},
    }


def _told(found: MembershipApplication, address: str) -> dict[str, Any]:
    steps = steps_of(found)
    last, words = steps[-1]
    return {
        "rows": _said(found),
        "contact": _contact(found),
        "events": events(steps),
        "letter": letter(found, last, words, address),
        "decided": last,
    }


def _said(found: MembershipApplication) -> list[Row]:
    return [
        Row(_("Kind"), found.get_kind_display()),
        Row(_("Short name"), found.acronym),
        Row(_("Where is its office?"), path_of(found.seat_id) if found.seat_id else ""),
        Row(_("What does it do, for whom?"), found.does),
        Row(_("Why do you want to join?"), found.hopes),
    ]


def _contact(found: MembershipApplication) -> list[Row]:
    if found.forgotten_at:
        return []
    return [
        Row(_("Whom may we ask?"), opened(found.contact_name)),
        Row(_("Position in the organisation"), opened(found.contact_position)),
        Row(_("WhatsApp or telephone"), opened(found.contact_phone)),
        Row(_("E-mail"), opened(found.contact_email)),
    ]


@signed_in
@require_POST
def check(request: Request, row: UUID) -> HttpResponse:
    found = application_for(request.actor, row)
    form = CheckForm(request.POST)
    if form.is_valid():
        check_application(request.actor, found, form.found(), now=timezone.now())
        messages.success(request, _("The list is saved."))
    return redirect("joining:application", found.pk)


@signed_in
@require_POST
def move(request: Request, row: UUID) -> HttpResponse:
    """One step; what the step needs and lacks is asked for on a page of its own, with what was typed."""
    found = application_for(request.actor, row)
    form = MoveForm(request.POST)
    act = request.POST.get("act", "")
    if act not in MOVES:
        return redirect("joining:application", found.pk)
    if accepted(form, lambda: _moved(request, found, form)):
        messages.success(request, _("Saved: %(step)s.") % {"step": Act(act).label})
        return redirect("joining:application", found.pk)
    context = {"application": found, "form": form, "title": Act(act).label}
    return private(render(request, "joining/move.html", context, status=422))


def _moved(request: Request, found: MembershipApplication, form: MoveForm) -> object:
    given = form.cleaned_data
    return move_application(request.actor, found, act=given["act"], words=given["words"], now=timezone.now())
