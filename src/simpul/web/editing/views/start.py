"""What somebody keeps, and what of an entry is still to be told."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.rules.organisations import within
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import EDIT, entry
from simpul.web.editing.panels import tasks_guarded, tasks_network, tasks_standing, tasks_told
from simpul.web.http import Request

PAGE, REGISTER = 25, "organisation.register"


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """The entries the actor may change, by name; a search narrows them by the words of the directory."""
    actor = request.actor
    if not (actor.may(EDIT) or actor.may(REGISTER)):
        raise Denied(EDIT)
    text = request.GET.get("teks", "").strip()
    found = list(_after(_kept(actor, text), request.GET.get("setelah", ""))[: PAGE + 1])
    context = {
        "organisations": found[:PAGE],
        "text": text,
        "older": f"?setelah={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "may_register": actor.may(REGISTER),
    }
    return render(request, "editing/home.html", context)


def _kept(actor: Actor, text: str) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(within(actor.scope(EDIT))).select_related("seat").order_by("sort_key", "id")
    if not text:
        return rows
    return rows.filter(pk__in=[row.pk for row in directory(actor, Search(text=text), limit=100).rows])


def _after(rows: QuerySet[Organisation], last: str) -> QuerySet[Organisation]:
    """The page after that organisation; the first one where it is not among them."""
    try:
        row = rows.filter(pk=UUID(last)).first() if last else None
    except ValueError:
        row = None
    if row is None:
        return rows
    return rows.filter(Q(sort_key__gt=row.sort_key) | Q(sort_key=row.sort_key, pk__gt=row.pk))


@signed_in
@require_safe
def organisation(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    today = local_date(timezone.now(), Zone.WIB)
    context = {
        "row": row,
        "told": tasks_told(row),
        "standing": tasks_standing(row, today),
        "network": tasks_network(request.actor, row),
        "guarded": tasks_guarded(request.actor, row),
    }
    return render(request, "editing/organisation.html", context)
