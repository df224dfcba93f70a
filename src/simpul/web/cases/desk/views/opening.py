"""The first screen, and the same on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.channels import Channel
from simpul.cases.kinds import Branch
from simpul.cases.queries.cases import Case
from simpul.cases.queries.duplicates import likely_duplicates_for
from simpul.cases.queries.worklist import groups_of
from simpul.cases.relations import Relation
from simpul.cases.rules.sight import require_desk
from simpul.cases.services.opening import open_case
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import FirstScreenForm, type_groups
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Five things and how the report came. What is known already is shown beside the case, once it is safe."""
    groups = {str(group.pk): group for group in groups_of(request.actor)}
    if not groups:
        raise Denied("case.record")
    form = FirstScreenForm([(key, group.name) for key, group in groups.items()], sent(request))
    made: list[Case] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_open(request, form, groups))):
        messages.success(request, _("Kept safely. Now the rest, in your own time."))
        like = likely_duplicates_for(request.actor, made[0], now=timezone.now())
        return redirect("cases:alike" if like else "cases:case", made[0].pk)
    chosen = request.POST.getlist("types")
    return render(request, "cases/new.html", {"form": form, "chosen": chosen, **_asked()}, status=_status(form))


def _open(request: Request, form: FirstScreenForm, groups: dict[str, Organisation]) -> Case:
    told = form.cleaned_data
    return open_case(
        request.actor,
        groups[told["group"]],
        area=told["area"],
        branch=told["branch"],
        types=told["types"],
        victim=form.victim(),
        narrative=told["narrative"],
        channel=told["channel"],
        relation=told["relation"],
        now=timezone.now(),
        id=told["key"],
    )


def _asked() -> dict[str, object]:
    return {"branches": [(value, label, type_groups(value)) for value, label in Branch.choices]}


def _status(form: FirstScreenForm) -> int:
    return 422 if form.errors else 200


@signed_in
@require_safe
def paper(request: Request) -> HttpResponse:
    """Blank, in the order of the first screen: for where there is no telephone, or no signal."""
    require_desk(request.actor)
    context = {**_asked(), "channels": Channel.choices, "relations": Relation.choices}
    return render(request, "cases/paper.html", context)
