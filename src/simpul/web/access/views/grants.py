"""Who holds which role in the organisations one answers for, and ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import rules
from simpul.access.queries import grant_for, grants_for
from simpul.access.services import end_grant
from simpul.kernel.errors import Conflict, Invalid
from simpul.web.access.forms import EndForm
from simpul.web.access.panels import facts_of, grant_lines, label_of, preset_cards, role_rows
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

PAGE = 50


@signed_in
@require_safe
def grants(request: Request) -> HttpResponse:
    after = request.GET.get("mulai", "")
    start = int(after) if after.isdecimal() and len(after) < 6 else 0
    rows = list(grants_for(request.actor, now=timezone.now())[start : start + PAGE + 1])
    context = {
        "grants": grant_lines(rows[:PAGE]),
        "presets": preset_cards(request.actor) if request.actor.may(rules.MANAGE) else [],
        "may_enrol": request.actor.may(rules.ENROL),
        "at_node": rules.gives_at_node(request.actor),
        "newer": f"?mulai={max(0, start - PAGE)}" if start else "",
        "older": f"?mulai={start + PAGE}" if len(rows) > PAGE else "",
    }
    return render(request, "access/grants.html", context)


@signed_in
@require_safe
def roles(request: Request) -> HttpResponse:
    return render(request, "access/roles.html", {"roles": role_rows()})


@signed_in
@require_safe
def grant(request: Request, grant_id: UUID) -> HttpResponse:
    found = grant_for(request.actor, grant_id)
    mine = found.person_id == request.actor.person_id
    may_end = mine or rules.may_end(request.actor, found)
    context = {"grant": found, "rows": facts_of(found), "role": label_of(found.role), "may_end": may_end}
    context["fresh"] = "baru" in request.GET
    return render(request, "access/grant.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, grant_id: UUID) -> HttpResponse:
    found = grant_for(request.actor, grant_id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            end_grant(request.actor, found, reason=form.cleaned_data["reason"], now=timezone.now())
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            messages.success(request, _("The role has ended. From now on it opens nothing."))
            return redirect("access:grants")
    context = {"grant": found, "role": label_of(found.role), "form": form}
    return render(request, "access/end.html", context, status=422 if form.errors else 200)
