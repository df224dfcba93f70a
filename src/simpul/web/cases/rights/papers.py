"""Record of processing, impact assessment, agreement of joint controllers: printed for one organisation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from simpul.cases.queries.breaches import organisations_papered_by
from simpul.cases.rules.breaches import require_papers
from simpul.paper.sheets import print_sheet
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.rights.filling import filled, sheet_of
from simpul.web.cases.rights.forms import PaperForm
from simpul.web.cases.rights.pages import groups_on_page, pdf_response
from simpul.web.editing.entry import sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: Request) -> HttpResponse:
    """For coordinators, secretariats and operators. Nothing of anybody stands in it."""
    require_papers(request.actor)
    kept, older = groups_on_page(request, organisations_papered_by(request.actor))
    form = PaperForm([(key, row.name) for key, row in kept.items()], sent(request))
    if request.method == "POST" and form.is_valid():
        given, on = form.cleaned_data, timezone.localdate()
        organisation = kept[given["group"]]
        words = filled(given["paper"], given["language"], organisation, on=on)
        return pdf_response(print_sheet(sheet_of(words, given["language"], organisation, on=on)), given["paper"])
    return private(
        render(request, "rights/papers.html", {"form": form, "older": older}, status=422 if form.errors else 200)
    )
