"""Sheets on paper, for those who answer to a village or a regency."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.kernel.errors import Denied
from simpul.paper.figures import print_figures
from simpul.releases.rules import audience_of
from simpul.releases.tables import Audience
from simpul.web.accounts.guards import signed_in
from simpul.web.data.asking import address_of
from simpul.web.data.choosing import SheetForm, sheets_page
from simpul.web.data.paper import sheet_of
from simpul.web.data.periods import is_label
from simpul.web.http import Request


@signed_in
@require_safe
def sheets(request: Request) -> HttpResponse:
    """Which sheets there are of a place."""
    _check_reader(request)
    form = SheetForm(request.GET or None)
    return render(request, "data/sheets.html", sheets_page(request.actor, form), status=422 if form.errors else 200)


@signed_in
@require_safe
def sheet(request: Request, code: str, period: str) -> HttpResponse:
    """The sheet as PDF: what this reader's audience may read, and nothing else."""
    _check_reader(request)
    if not is_label(period):
        raise Http404
    address = request.build_absolute_uri(address_of(wilayah=code, periode=period))
    printed = print_figures(sheet_of(request.actor, code, period, address=address))
    response = HttpResponse(printed, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="simpul-{code}-{period}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _check_reader(request: Request) -> None:
    if audience_of(request.actor) == Audience.PUBLIC:
        raise Denied("release.read")
