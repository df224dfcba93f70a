"""Opening a record in an emergency, looking at what was opened, closing it early."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import emergencies as rules
from simpul.access import services
from simpul.access.models import EmergencyOpening
from simpul.access.openable import openables
from simpul.access.queries.emergencies import may_read_reason, openable_places, opening_for, would_be_told
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.web.access.forms import OpeningForm
from simpul.web.access.openings import HOURS, check_rows, facts_of, is_open, page_of_record
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: Request) -> HttpResponse:
    """Typed, looked over with who is told, opened with `yakin`. Only then is the record looked for."""
    places = {str(place.pk): place for place in openable_places(request.actor)}
    if not places:
        raise Denied(rules.BREAK_GLASS)
    if not openables():
        return render(request, "access/open_nothing.html")
    form = _form(request, places)
    sure = form.is_valid() and _is_worded(form) and "yakin" in request.POST
    opening = _opened(request, form, places) if sure else None
    if opening is not None:
        return redirect(f"{reverse('access:opening', args=[opening.pk])}?baru")
    return _check(request, form, places) if form.is_bound and not form.errors else _ask(request, form)


def _ask(request: Request, form: OpeningForm) -> HttpResponse:
    context = {"form": form, "hours": HOURS}
    return private(render(request, "access/open.html", context, status=422 if form.errors else 200))


def _form(request: Request, places: dict[str, Organisation]) -> OpeningForm:
    form, kinds = OpeningForm(sent(request), initial={"id": uuid7()}), openables()
    form.offer([(key, place.name) for key, place in places.items()], [(o.kind, o.label) for o in kinds])
    if len(kinds) == 1:
        form.call_number(kinds[0].asks)
    return form


def _is_worded(form: OpeningForm) -> bool:
    """Said before the page that asks whether they are sure, not after it."""
    try:
        rules.check_reason(form.cleaned_data["reason"])
    except Invalid as error:
        refuse(form, error)
    return not form.errors


def _check(request: Request, form: OpeningForm, places: dict[str, Organisation]) -> HttpResponse:
    given = form.cleaned_data
    place = places[given["organisasi"]]
    told = would_be_told(request.actor, place, now=timezone.now())
    label = next(o.label for o in openables() if o.kind == given["kind"])
    rows = check_rows(place, label, given["number"], given["reason"], told)
    context = {"form": form, "rows": rows, "told": told, "place": place}
    return private(render(request, "access/open_check.html", context))


def _opened(request: Request, form: OpeningForm, places: dict[str, Organisation]) -> EmergencyOpening | None:
    given = dict(form.cleaned_data)
    place = places[given.pop("organisasi")]
    try:
        return services.open_by_number(request.actor, organisation=place, **given, now=timezone.now())
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return None


@signed_in
@require_safe
def opening(request: Request, opening_id: UUID) -> HttpResponse:
    found, now = opening_for(request.actor, opening_id), timezone.now()
    reads = may_read_reason(request.actor, found, now=now)
    context = {
        "opening": found,
        "rows": facts_of(found, reads_reason=reads, now=now),
        "fresh": "baru" in request.GET and found.person_id == request.actor.person_id,
        "may_close": is_open(found, now) and rules.may_close(request.actor, found),
        "record": page_of_record(found, request.actor, now),
        "hours": HOURS,
    }
    return private(render(request, "access/opening.html", context))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, opening_id: UUID) -> HttpResponse:
    """Sent twice, the second answer says that it is done."""
    found = opening_for(request.actor, opening_id)
    if not rules.may_close(request.actor, found):
        raise Denied(rules.BREAK_GLASS, found.ref)
    if request.method == "POST":
        services.close_glass(request.actor, found, now=timezone.now())
        messages.success(request, _("Closed. The record is out of sight again."))
        return redirect("access:opening", found.pk)
    return render(request, "access/open_close.html", {"opening": found})
