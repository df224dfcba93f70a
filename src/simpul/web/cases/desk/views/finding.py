"""Finding a case again. What is looked for is sent, never in an address, and shown by what lists show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from simpul.cases.queries.worklist import types_of_cases
from simpul.cases.rules.sight import require_desk
from simpul.cases.services.finding import find_cases
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.forms.finding import FindForm
from simpul.web.cases.desk.panels import CaseRow, case_rows
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """For companions, coordinators, and supervisors to whom something was brought; Denied to others."""
    require_desk(request.actor)
    form, rows, now = FindForm(sent(request)), list[CaseRow](), timezone.now()

    def act() -> None:
        found = find_cases(request.actor, **form.given(), now=now)
        rows.extend(case_rows(found, types_of_cases(found), now=now))

    looked = request.method == "POST" and accepted(form, act)
    context = {"form": form, "looked": looked, "rows": rows}
    return private(render(request, "cases/find.html", context, status=422 if form.errors else 200))
