"""The inbox, and one complaint."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from simpul.cases.complaint_files import files_of
from simpul.cases.queries.cases import cases_for
from simpul.cases.queries.complaint_readers import companions_of
from simpul.cases.queries.complaints import (
    OneComplaint,
    assigned_to,
    conversation_of,
    decision_of,
    inbox_for,
    outcome_of,
)
from simpul.cases.rules.complaints import RECORD, SUPERVISE, reads_any
from simpul.cases.services.complaint_desk import read_complaint
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.complaint.wording import zone_there
from simpul.web.cases.inbox.forms import AnswerForm, AssignForm, DecideForm
from simpul.web.cases.inbox.panels import contact_rows, hidden_rows, report_rows, tasks_of
from simpul.web.http import Request


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponse:
    """What waits, the oldest first; `?yang=baru`: of it what nobody has opened; `?selesai=1`: what was decided."""
    if not reads_any(request.actor):
        raise Denied(RECORD if not request.actor.may(SUPERVISE) else SUPERVISE)
    decided = bool(request.GET.get("selesai"))
    unread = request.GET.get("yang") == "baru" and not decided
    page = inbox_for(request.actor, decided=decided, unread=unread, after=_after(request))
    tasks = tasks_of(page.rows, decided=decided, now=timezone.now())
    context = {"tasks": tasks, "decided": decided, "unread": unread, "after": page.after}
    return private(render(request, "inbox/list.html", context))


def _after(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("sesudah", ""))
    except ValueError:
        return None


@signed_in
@require_safe
def complaint(request: Request, key: UUID) -> HttpResponse:
    """Read; every opening is recorded."""
    found = read_complaint(request.actor, key, now=timezone.now())
    return private(render(request, "inbox/complaint.html", page_of(request.actor, found)))


def page_of(actor: Actor, row: OneComplaint, **forms: Any) -> dict[str, Any]:
    """All that the page of one complaint shows, with these forms in place of empty ones."""
    decision, leads = decision_of(row), bool(getattr(row, "leads", False))
    return {
        "complaint": row,
        "zone": zone_there(row),
        "narrative": row.narrative.open() if row.narrative else "",
        "report": report_rows(row),
        "contact": contact_rows(row),
        "named": hidden_rows(row) if leads else [],
        "files": files_of(row.pk),
        "talk": conversation_of(row),
        "decision": decision,
        "decided_words": decision.words.open() if decision and decision.words else "",
        "case": _case_of(actor, decision.case_id if decision else None),
        "outcome": outcome_of(row),
        "leads": leads,
        "decides": decision is None and bool(getattr(row, "decides", False)),
        **_forms(actor, row, leads=leads),
        **forms,
    }


def _case_of(actor: Actor, case_id: UUID | None) -> UUID | None:
    """Where it goes on, for whoever sees that case: another reader of the complaint learns of none."""
    if case_id is None:
        return None
    return case_id if cases_for(actor, now=timezone.now()).filter(pk=case_id).exists() else None


def _forms(actor: Actor, row: OneComplaint, *, leads: bool) -> dict[str, Any]:
    people = companions_of(row, now=timezone.now()) if leads else []
    return {
        "answer": AnswerForm(initial={"id": uuid7()}),
        "decide": DecideForm(initial={"id": uuid7()}, others=others_of(actor, row)),
        "assign": AssignForm(people=[(str(person.pk), str(person)) for person in people]),
        "companions": people,
        "assigned": assigned_to(row),
    }


def others_of(actor: Actor, row: OneComplaint) -> list[tuple[str, Any]]:
    """Other complaints that came here lately, to name the one this repeats: by day and matter."""
    rows = inbox_for(actor).rows
    return [(str(r.pk), f"{r.received_on:%d/%m/%Y} · {r.get_matter_display()}") for r in rows if r.pk != row.pk]
