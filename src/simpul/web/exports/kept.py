"""Tables of those who keep something: signed in, with the right to it, and never kept by a browser."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from simpul.people.services import export_people
from simpul.web.accounts.guards import to_sign_in
from simpul.web.exports.tables.people import table_of
from simpul.web.exports.views import FORMS, as_file, export
from simpul.web.http import Request


def kept(request: Request, *, table: str, form: str, **given: Any) -> HttpResponseBase:
    """One of `TABLES` that is not for everybody: its own rule says who gets it."""
    return export(request, table=table, form=form, **given) if request.user.is_authenticated else to_sign_in(request)


def people(request: Request, form: str) -> HttpResponseBase:
    """People as their page lists them. Sent, and not asked for in an address: a name may be in it."""
    return _people(request, form) if request.user.is_authenticated else to_sign_in(request)


@require_POST
def _people(request: Request, form: str) -> HttpResponse | HttpResponseBase:
    if form not in FORMS:
        raise Http404
    now = timezone.now()
    taken = export_people(request.actor, search=request.POST.get("cari", ""), form=form, now=now)
    return as_file(request, "orang", table_of(taken, now), form, for_excel=request.POST.get("untuk") == "excel")
