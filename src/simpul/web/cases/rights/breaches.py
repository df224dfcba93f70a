"""The record of data breaches, and its letters. Nothing of any case stands here."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.breaches import DataBreach, breach_for, breaches_for, organisations_kept_by
from simpul.cases.rules.breaches import require_record
from simpul.cases.services.breaches import note_breach_step, record_breach
from simpul.deadlines.queries import clocks_for
from simpul.kernel.errors import NotFound
from simpul.paper.sheets import print_sheet
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.pages import key_after
from simpul.web.cases.desk.panels import zone_at
from simpul.web.cases.rights.breach_panels import LANGUAGES, LETTERS, breach_rows, breach_tasks, letter_sheet
from simpul.web.cases.rights.forms import BreachForm, BreachStepForm
from simpul.web.cases.rights.pages import groups_on_page, pdf_response
from simpul.web.cases.rights.panels import clock_rows
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


@signed_in
@require_safe
def record(request: Request) -> HttpResponse:
    require_record(request.actor)
    found = list(breaches_for(request.actor, after=key_after(request))[: PAGE + 1])
    older = f"?setelah={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return private(render(request, "rights/breaches.html", {"tasks": breach_tasks(found[:PAGE]), "older": older}))


@signed_in
@form_page
def new(request: Request) -> HttpResponse:
    require_record(request.actor)
    kept, older = groups_on_page(request, organisations_kept_by(request.actor))
    form, made = BreachForm([(key, row.name) for key, row in kept.items()], sent(request)), list[DataBreach]()

    def act() -> None:
        told = form.given()
        organisation = kept[told.pop("group")]
        noticed_at = datetime.combine(told.pop("day"), told.pop("time"), zone_at(organisation).info)
        made.append(record_breach(request.actor, organisation, noticed_at=noticed_at, **told, now=timezone.now()))

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Written down. The three days run from when it was noticed."))
        return private(redirect("rights:breach", made[0].pk))
    context = {
        "form": form, "title": _("A data breach"), "back": reverse("rights:breaches"), "older": older,
        "lead": _("No names, and nothing of any case: whoever runs this Simpul reads it too."),
    }  # fmt: skip
    return private(render(request, "rights/form.html", context, status=422 if form.errors else 200))


@signed_in
@form_page
def one(request: Request, key: UUID) -> HttpResponse:
    """What is known, its clock, whom one told; letters to print."""
    found, form = breach_for(request.actor, key), BreachStepForm(sent(request))

    def act() -> None:
        note_breach_step(request.actor, found, **form.given(), now=timezone.now())

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Noted."))
        return private(redirect("rights:breach", key))
    clock = next(iter(clocks_for([found.ref])[found.ref]), None)
    zone = zone_at(found.organisation)
    context = {
        "breach": found, "rows": breach_rows(found), "clock": clock_rows(clock, zone, timezone.now()), "form": form,
        "zone": zone,
        "steps": [(step, step.words.open()) for step in found.steps.all()], "letters": LETTERS.items(),
    }  # fmt: skip
    return private(render(request, "rights/breach.html", context, status=422 if form.errors else 200))


@signed_in
@require_POST
def letter(request: Request, key: UUID, to: str) -> HttpResponse:
    """To the people or to the authority, in the language that was pressed. NotFound for anybody else."""
    found, language = breach_for(request.actor, key), request.POST.get("bahasa", "id")
    if to not in LETTERS or language not in LANGUAGES:
        raise NotFound("cases.databreach", key)
    with override(language):
        return pdf_response(print_sheet(letter_sheet(found, to, now=timezone.now())), "surat")
