"""The group's own counts: each look at them is kept on record, and nothing of them is kept anywhere else."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from simpul.cases.queries.closing import desk_for, desks_of
from simpul.cases.queries.own_counts import years_counted
from simpul.cases.services.own_counts import read_own_counts
from simpul.cases.stages import COORDINATE
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.paper.figures import print_figures
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.owncounts.panels import page_of
from simpul.web.cases.owncounts.paper import sheet_of
from simpul.web.components import Task
from simpul.web.http import Request


@signed_in
@require_safe
def groups(request: Request) -> HttpResponse:
    """Straight to the one group most coordinators lead."""
    if not request.actor.may(COORDINATE):
        raise Denied(COORDINATE)
    found = list(desks_of(request.actor))
    if len(found) == 1:
        return redirect("owncounts:page", found[0].pk)
    tasks = [Task(one.name, "", href=reverse("owncounts:page", args=[one.pk])) for one in found]
    return private(render(request, "owncounts/groups.html", {"tasks": tasks}))


@signed_in
@require_safe
def page(request: Request, organisation_id: UUID) -> HttpResponse:
    group, now = desk_for(request.actor, organisation_id)[0], timezone.now()
    this = local_date(now, Zone.WITA).year
    years = years_counted(request.actor, group, now=now)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), this)
    found = read_own_counts(request.actor, group, year=year, on_paper=False, now=now)
    context = {"group": group, "years": years, "year": year, **page_of(found, get_language() or "id")}
    return private(render(request, "owncounts/page.html", context))


@signed_in
@require_safe
def sheet(request: Request, organisation_id: UUID, year: int) -> HttpResponse:
    """One page as PDF. Its file name says nothing: it lies in a folder that anybody opens."""
    group, now = desk_for(request.actor, organisation_id)[0], timezone.now()
    if year not in years_counted(request.actor, group, now=now):
        raise NotFound("organisations.organisation", organisation_id)
    found = read_own_counts(request.actor, group, year=year, on_paper=True, now=now)
    address = request.build_absolute_uri(reverse("owncounts:page", args=[group.pk]))
    printed = print_figures(sheet_of(found, group, get_language() or "id", now=now, address=address))
    response = HttpResponse(printed, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{organisation_id.hex[-8:]}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    return private(response)
