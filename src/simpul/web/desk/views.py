"""What a home has too little room for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.organisations.queries.attention import kept_at_work
from simpul.web.accounts.guards import signed_in
from simpul.web.desk.due import Desk, at_work_rows
from simpul.web.http import Request

PAGE = 50


@signed_in
@require_safe
def at_work(request: Request) -> HttpResponse:
    """The organisations one keeps that nobody confirmed active for a year, each with its button."""
    desk = Desk(request)
    rows = [row for row in kept_at_work(request.actor) if row.is_due(desk.today)]
    return render(request, "desk/at_work.html", {"rows": at_work_rows(rows[:PAGE]), "more": max(len(rows) - PAGE, 0)})
