"""The first screen, and the same on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.channels import Channel
from simpul.cases.queries.cases import Case
from simpul.cases.queries.duplicates import likely_duplicates_for
from simpul.cases.relations import Relation
from simpul.cases.rules.sight import require_desk
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.first_screen import asked, first_screen, groups_at, open_from
from simpul.web.cases.unsent.keeping import kit_of
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Five things and how the report came. What is known already is shown beside the case, once it is safe."""
    groups, now = groups_at(request.actor), timezone.now()
    form, made = first_screen(groups, sent(request)), list[Case]()
    if request.method == "POST" and accepted(
        form, lambda: made.append(open_from(request.actor, form, groups, now=now))
    ):
        messages.success(request, _("Kept safely. Now the rest, in your own time."))
        like = likely_duplicates_for(request.actor, made[0], now=now)
        return redirect("cases:alike" if like else "cases:case", made[0].pk)
    context = {"form": form, "kit": kit_of(request, groups, now=now), **asked(sent(request))}
    return render(request, "cases/new.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def paper(request: Request) -> HttpResponse:
    """Blank, in the order of the first screen: for where there is no telephone, or no signal."""
    require_desk(request.actor)
    context = {**asked(), "channels": Channel.choices, "relations": Relation.choices}
    return render(request, "cases/paper.html", context)
