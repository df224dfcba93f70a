"""What is needed, given, planned and paid."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.life import today_of
from simpul.cases.queries.cases import Case, Party, parties_of
from simpul.cases.queries.file import appointments_of, documents_of, needs_of, plan_of, services_of, visits_of
from simpul.cases.relations import PartyRole
from simpul.cases.services.helping import add_need, drop_need, implement_need, provide_service, withdraw_service
from simpul.cases.services.planning import (
    make_appointment,
    need_document,
    note_cost,
    plan_step,
    record_visit,
    settle_appointment,
    settle_document,
    settle_step,
)
from simpul.kernel.errors import Invalid
from simpul.organisations.models import ServicePoint
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import AppointmentForm, CostForm, DocumentForm, NeedForm, PlanForm, ServiceForm
from simpul.web.cases.desk.help_panels import noted_in, parts_of
from simpul.web.cases.desk.pages import asked, offices_near, one_of, opened, recorded
from simpul.web.cases.desk.views.file import rights_in
from simpul.web.cases.desk.whom import choices_of, need_choices, open_needs
from simpul.web.editing.entry import sent
from simpul.web.http import Request

PLAN = "cases:help"
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _assisted(request: Request, case: Case) -> dict[str, Party]:
    """Those the case is about, by key."""
    rows = parties_of(request.actor, case, now=timezone.now()).filter(role=PartyRole.VICTIM)
    return {str(party.pk): party for party in rows}


@signed_in
@form_page
def need(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "need")
    people = _assisted(request, case)
    form = NeedForm(choices_of(case, people.values()), sent(request))
    act = lambda: add_need(request.actor, people[form.whom()], **form.given(), now=timezone.now())  # noqa: E731
    return asked(request, case, form, act, title=_("What is needed?"), said=_("Added to the plan."))


@signed_in
@form_page
def service(request: Request, case_id: UUID) -> HttpResponse:
    """A done service meets its need, which is one of the very person it was given to."""
    case, now = recorded(request, case_id, "service"), timezone.now()
    people, needs = _assisted(request, case), open_needs(request.actor, case, now=now)
    offices = {str(point.pk): point for point in offices_near(request, case)}
    form = _service_form(request, case, people, needs, offices)

    def act() -> None:
        told = form.given()
        met, by = needs.get(told.pop("need")), offices.get(told.pop("provider"))
        if met is not None and str(met.party_id) != form.whom():
            raise Invalid("need", "need", message=_("Choose one of this person's needs."))
        provide_service(request.actor, people[form.whom()], need=met, provider=by, **told, now=now)

    return asked(request, case, form, act, title=_("Note a service"), said=_("Noted."))


def _service_form(
    request: Request,
    case: Case,
    people: Mapping[str, Party],
    needs: Mapping[str, Any],
    offices: Mapping[str, ServicePoint],
) -> ServiceForm:
    whom = choices_of(case, people.values())
    given_by = [("", _("Our own group")), *((key, point.name) for key, point in offices.items())]
    today = {"provided_on": today_of(case, timezone.now())}
    return ServiceForm(whom, need_choices(needs, whom), given_by, sent(request), initial=today)


@signed_in
@form_page
def plan(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "plan")
    form = PlanForm(sent(request))
    act = lambda: plan_step(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    lead = _("Agreed with the person, in words they use.")
    return asked(request, case, form, act, title=_("Add to the plan"), said=_("Noted."), lead=lead, back=PLAN)


@signed_in
@form_page
def appointment(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "appointment")
    people = _assisted(request, case)
    form = AppointmentForm(choices_of(case, people.values()), sent(request))

    def act() -> None:
        told = form.given()
        at = datetime.combine(told.pop("day"), told.pop("time"), case.area.zone.info)
        told["to_bring"] = told["to_bring"].splitlines()
        make_appointment(request.actor, people[form.whom()], at=at, **told, now=timezone.now())

    return asked(request, case, form, act, title=_("An appointment"), said=_("Noted."), back=PLAN)


@signed_in
@form_page
def document(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "document")
    people = _assisted(request, case)
    form = DocumentForm(choices_of(case, people.values()), sent(request))

    def act() -> None:
        kind = form.cleaned_data["kind"]
        need_document(request.actor, people[form.whom()], kind=kind, now=timezone.now())

    return asked(request, case, form, act, title=_("A paper needed"), said=_("Noted."), back=PLAN)


@signed_in
@form_page
def cost(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "cost")
    form = CostForm(sent(request), initial={"on": today_of(case, timezone.now())})
    act = lambda: note_cost(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    return asked(request, case, form, act, title=_("What it cost"), said=_("Noted."), back=PLAN)


@signed_in
@form_page
def plan_and_papers(request: Request, case_id: UUID) -> HttpResponse:
    """All that was agreed and is needed, each line with the answer that is still to be given."""
    if request.method == "POST":
        return _settle(request, recorded(request, case_id, "help"))
    case = opened(request, case_id, "help")
    parts, rights = parts_of(request.actor, case, now=timezone.now()), rights_in(request, case)
    # Every name the template asks for is given: Django logs one that isn't with all that is on the page.
    context = {"case": case, "title": _("Plan and papers"), "parts": parts, "is_noted": False, **rights}
    return render(request, "cases/help.html", context)


@signed_in
@form_page
def noted(request: Request, case_id: UUID) -> HttpResponse:
    """Needs and services one by one: met, no longer needed, or noted by mistake."""
    if request.method == "POST":
        return _mend(request, recorded(request, case_id, "noted"))
    case = opened(request, case_id, "noted")
    parts, rights = noted_in(request.actor, case, now=timezone.now()), rights_in(request, case)
    context = {"case": case, "title": _("Needs and services"), "parts": parts, "is_noted": True, **rights}
    return render(request, "cases/help.html", context)


def _mend(request: Request, case: Case) -> HttpResponse:
    """As `_settle`."""
    now, actor, answer = timezone.now(), request.actor, request.POST.get("hasil", "")
    if key := request.POST.get("kebutuhan"):
        act = implement_need if answer == "ya" else drop_need
        act(actor, one_of(needs_of(actor, case, now=now), key), now=now)
    elif key := request.POST.get("layanan"):
        withdraw_service(actor, one_of(services_of(actor, case, now=now), key), now=now)
    messages.success(request, _("Saved."))
    return redirect("cases:noted", case.pk)


def _settle(request: Request, case: Case) -> HttpResponse:
    """What was pressed, of this very case; NotFound for anything else. Sent twice it is settled once."""
    now, actor, answer = timezone.now(), request.actor, request.POST.get("hasil", "")
    yes = answer == "ya"
    if key := request.POST.get("rencana"):
        settle_step(actor, one_of(plan_of(actor, case, now=now), key), done=yes, now=now)
    elif key := request.POST.get("janji"):
        settle_appointment(actor, one_of(appointments_of(actor, case, now=now), key), kept=yes, now=now)
    elif key := request.POST.get("dokumen"):
        settle_document(actor, one_of(documents_of(actor, case, now=now), key), had=yes, now=now)
    elif key := request.POST.get("kunjungan"):
        visit = one_of(visits_of(actor, case, now=now), key)
        record_visit(actor, visit, wellbeing=answer, on=today_of(case, now), now=now)
    messages.success(request, _("Saved."))
    return redirect(PLAN, case.pk)
