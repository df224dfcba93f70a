"""Opening a response, keeping it true, publishing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import Response
from simpul.activities.queries.responses import areas_of, response_for
from simpul.activities.rules.responses import LEAD, require_lead
from simpul.activities.services.responses import edit_response, open_response, publish_response
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.web.accounts.guards import signed_in
from simpul.web.choices import offer
from simpul.web.editing.entry import accepted, sent
from simpul.web.editing.fields import in_two, out_of_two
from simpul.web.http import Request
from simpul.web.responses.forms import ResponseForm


@signed_in
def open_new(request: Request) -> HttpResponse:
    networks = _networks(request)
    first = next(iter(networks)) if len(networks) == 1 else ""
    form = ResponseForm(sent(request), initial={"key": uuid7(), "network": first})
    offer(form, "network", networks.items())
    made: list[Response] = []
    if accepted(form, lambda: made.append(_opened(request, form))):
        messages.success(request, _("It is a draft: only you see it. Fill it, then publish it."))
        return redirect("responses:response", made[0].pk)
    return render(request, "responses/response-form.html", {"form": form}, status=422 if form.errors else 200)


def _networks(request: Request) -> dict[str, str]:
    """Those the actor may lead a response for; Denied where there is none."""
    scope = request.actor.scope(LEAD)
    if not scope:
        raise Denied(LEAD)
    rows = Organisation.objects.filter(within(scope), kind__in=NETWORKS).order_by("sort_key", "pk")
    return {str(pk): name for pk, name in rows.values_list("pk", "name")[:50]}


def _opened(request: Request, form: ResponseForm) -> Response:
    network = Organisation.objects.get(pk=form.cleaned_data["network"])
    return open_response(
        request.actor,
        network,
        name=form.cleaned_data["name"],
        areas=form.areas(),
        valid_from=form.cleaned_data["valid_from"],
        valid_until=form.until(),
        summary=_summary(form),
        response_id=form.cleaned_data["key"],
        now=timezone.now(),
    )


def _summary(form: ResponseForm) -> LocalizedText | None:
    texts = in_two(form.cleaned_data, "summary")
    return LocalizedText(**texts) if texts and texts.get("id") else None


@signed_in
def change(request: Request, key: UUID) -> HttpResponse:
    response = response_for(request.actor, key)
    require_lead(request.actor, response)
    form = ResponseForm(sent(request), initial=_initial(response))
    del form.fields["network"]
    if accepted(form, lambda: _changed(request, response, form)):
        messages.success(request, _("Saved."))
        return redirect("responses:response", response.pk)
    context = {"form": form, "response": response}
    return render(request, "responses/response-form.html", context, status=422 if form.errors else 200)


def _initial(response: Response) -> dict[str, Any]:
    areas = dict(zip(("area", "area_2", "area_3", "area_4"), (a.code for a in areas_of(response)), strict=False))
    period = response.period
    last = period.until and period.until.fromordinal(period.until.toordinal() - 1)
    return {
        "version": response.version,
        "name": response.name,
        "valid_from": response.valid_from,
        "last_day": last,
        **areas,
        **out_of_two(response.summary, "summary"),
    }


def _changed(request: Request, response: Response, form: ResponseForm) -> None:
    given = form.cleaned_data
    changes = {
        "name": given["name"],
        "valid_from": given["valid_from"],
        "valid_until": form.until(),
        "summary": _summary(form),
    }
    seen = given["version"] or 0
    edit_response(request.actor, response, changes, areas=form.areas(), seen=seen, now=timezone.now())


@signed_in
@require_POST
def publish(request: Request, key: UUID) -> HttpResponse:
    response = response_for(request.actor, key)
    publish_response(request.actor, response, now=timezone.now())
    messages.success(request, _("Everybody can read it now, and organisations tell what they do themselves."))
    return redirect("responses:response", response.pk)
