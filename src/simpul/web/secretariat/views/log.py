"""The service log: counted by kind, and who has had nothing for a year."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.queries.service_records import (
    KindCount,
    count_services,
    service_for,
    services_for,
    unserved,
)
from simpul.organisations.secretariat import MANAGE
from simpul.organisations.services.service_records import log_service, withdraw_service
from simpul.web import formats
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Bar
from simpul.web.editing.entry import accepted, entry, sent
from simpul.web.http import Request
from simpul.web.secretariat.forms import PeriodForm, ServiceForm, year_of

MOST_SHOWN, MOST_MEMBERS = 100, 200


@signed_in
@require_safe
def log(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    today = local_date(timezone.now(), Zone.WIB)
    form = PeriodForm(request.GET)
    year = year_of(form, today)
    years = sorted({today.year - 2, today.year - 1, today.year, year})
    context = {"row": network, "form": form, "year": year, "years": years}
    return render(request, "secretariat/log.html", context | _counted(request, network, year, today))


def _counted(request: Request, network: Organisation, year: int, today: date) -> dict[str, Any]:
    period = {"since": date(year, 1, 1), "until": date(year + 1, 1, 1)}
    counts = count_services(request.actor, network, **period)
    return {
        "bars": [_bar(row) for row in counts],
        "times": sum(row.times for row in counts),
        "records": services_for(request.actor, network, **period)[:MOST_SHOWN],
        "unserved": unserved(request.actor, network, on=today),
    }


def _bar(row: KindCount) -> Bar:
    language = get_language() or "id"
    times = formats.number(row.times, language=language)
    words = ngettext("%(times)s time", "%(times)s times", row.times) % {"times": times}
    if row.members:
        served = ngettext("for %(n)s member", "for %(n)s members", row.members)
        words = f"{words}, {served % {'n': formats.number(row.members, language=language)}}"
    return Bar(row.kind.label, row.times, words)


@signed_in
def add(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    today = local_date(timezone.now(), Zone.WIB)
    members = list(member_organisations(request.actor, network, on=today, levels=1)[:MOST_MEMBERS])
    form = ServiceForm(sent(request), members=members, initial={"key": uuid7(), "served_on": today})
    if accepted(form, lambda: _logged(request, network, form)):
        messages.success(request, _("It is in the log."))
        return redirect("secretariat:log", network.pk)
    context = {"row": network, "form": form, "title": _("Write a service down")}
    return render(request, "secretariat/form.html", context, status=422 if form.errors else 200)


def _logged(request: Request, network: Organisation, form: ServiceForm) -> object:
    given = dict(form.cleaned_data)
    return log_service(request.actor, network, id=given.pop("key"), now=timezone.now(), **given)


@signed_in
@require_POST
def withdraw(request: Request, row: UUID) -> HttpResponse:
    found = service_for(request.actor, row)
    withdraw_service(request.actor, found, now=timezone.now())
    messages.success(request, _("The entry is withdrawn."))
    return redirect("secretariat:log", found.network_id)
