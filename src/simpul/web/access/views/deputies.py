"""What was opened in emergencies, and who stands in for the coordinators: naming them, ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import services
from simpul.access.emergencies import openings_for
from simpul.access.openable import openables
from simpul.access.queries.emergencies import (
    coordinated_by,
    coordinated_organisation,
    deputies_for,
    deputy_for,
    openable_places,
    possible_deputies,
)
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.web.access.forms import DeputyForm
from simpul.web.access.openings import HOURS, opening_rows, place_rows
from simpul.web.access.panels import person_choices
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

PAGE = 50
MOST = 200


@signed_in
@require_safe
def emergencies(request: Request) -> HttpResponse:
    after = request.GET.get("mulai", "")
    start = int(after) if after.isdecimal() and len(after) < 6 else 0
    rows = list(openings_for(request.actor)[start : start + PAGE + 1])
    listed = {
        "openings": opening_rows(rows[:PAGE], timezone.now()),
        "newer": f"?mulai={max(0, start - PAGE)}" if start else "",
        "older": f"?mulai={start + PAGE}" if len(rows) > PAGE else "",
    }
    return render(request, "access/emergencies.html", {**_standing_in(request.actor), **listed})


def _standing_in(actor: Actor) -> dict[str, object]:
    deputies = list(deputies_for(actor))
    return {
        "hours": HOURS,
        "coordinated": place_rows(coordinated_by(actor), deputies),
        "mine": [d for d in deputies if d.person_id == actor.person_id],
        "may_open": openable_places(actor).exists(),
        "anything": bool(openables()),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: Request, organisation_id: UUID) -> HttpResponse:
    """Named anew, somebody else no longer stands in. Sent twice, it is one deputy."""
    place = coordinated_organisation(request.actor, organisation_id)
    form = DeputyForm(sent(request))
    choices = person_choices(possible_deputies(request.actor, place, on=today(timezone.now()))[:MOST])
    form.offer(choices)
    if form.is_valid() and _named(request, form, place):
        messages.success(request, _("Named. They find it in their inbox, and how it works."))
        return redirect("access:emergencies")
    context = {"form": form, "place": place, "hours": HOURS, "anybody": bool(choices)}
    return render(request, "access/deputy_name.html", context, status=422 if form.errors else 200)


def _named(request: Request, form: DeputyForm, place: Organisation) -> bool:
    person = Person.objects.get(pk=form.cleaned_data["orang"])
    try:
        services.name_deputy(request.actor, person, organisation=place, now=timezone.now())
    except Invalid as error:
        refuse(form, error)
        return False
    return True


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, deputy_id: UUID) -> HttpResponse:
    """Sent twice, the second answer says that it is done."""
    deputy = deputy_for(request.actor, deputy_id)
    if request.method == "POST":
        services.end_deputy(request.actor, deputy, now=timezone.now())
        messages.success(request, _("It has ended. From now on nobody stands in there."))
        return redirect("access:emergencies")
    context = {"deputy": deputy, "mine": deputy.person_id == request.actor.person_id}
    return render(request, "access/deputy_end.html", context)
