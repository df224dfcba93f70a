"""Who did what, when, to which record."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from simpul.audit.queries import acts_for
from simpul.audit.rules import reads_all
from simpul.kernel.errors import Denied
from simpul.web.accounts.guards import signed_in
from simpul.web.audit.forms import ActsForm
from simpul.web.audit.panels import act_row, seal_rows
from simpul.web.http import Request

PAGE = 50


@signed_in
@require_safe
def acts(request: Request) -> HttpResponse:
    if not request.actor.may("audit.read"):
        raise Denied("audit.read")
    form = ActsForm(request.GET)
    reads = reads_all(request.actor)
    found = list(acts_for(request.actor, **form.narrowed())[: PAGE + 1]) if reads and form.is_valid() else []
    context = {
        "form": form,
        "reads_all": reads,
        "acts": [act_row(act) for act in found[:PAGE]],
        "seals": seal_rows() if reads else [],
        "newest": _address(form, None) if form.is_valid() and form.cleaned_data["sebelum"] else "",
        "older": _address(form, found[PAGE - 1].pk) if len(found) > PAGE else "",
    }
    return render(request, "audit/acts.html", context, status=422 if form.errors else 200)


def _address(form: ActsForm, before: int | None) -> str:
    """The same narrowing from another row on."""
    kept = {name: form.data.get(name, "") for name in form.fields if name != "sebelum"}
    return "?" + urlencode({**{k: v for k, v in kept.items() if v}, **({"sebelum": before} if before else {})})
