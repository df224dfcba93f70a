""" "Who can see this, and why": asked of an organisation, by its people and who may read its grants."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from simpul.access.permissions import PERMISSIONS
from simpul.access.queries import who_can_see
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold_words
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import own_organisations, within
from simpul.web.access.forms import Answers
from simpul.web.access.panels import seer_rows
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

ASKED = ("person.read", "organisation.see_protected", "grant.read", "person.manage", "organisation.edit")
SHOWN = 30


@signed_in
@require_safe
def seers(request: Request) -> HttpResponse:
    asked, what = Answers.read(request.GET).organisation, request.GET.get("izin", ASKED[0])
    places = _places(request.actor, request.GET.get("cari", ""))
    organisation = _organisation(request.actor, asked, places)
    what = what if what in ASKED else ASKED[0]
    context = {
        "organisation": organisation,
        "choices": places[:SHOWN],
        "questions": [(name, PERMISSIONS[name].label) for name in ASKED],
        "what": what,
        "label": PERMISSIONS[what].label,
        "seers": seer_rows(who_can_see(request.actor, organisation, what, now=timezone.now())) if organisation else [],
    }
    return render(request, "access/seers.html", context)


def _askable(actor: Actor) -> Q:
    return Q(pk__in=own_organisations(actor)) | within(actor.scope("grant.read"))


def _places(actor: Actor, search: str) -> list[Organisation]:
    rows = Organisation.objects.filter(_askable(actor), sort_key__contains=fold_words(search))
    return list(rows.order_by("sort_key", "pk")[: SHOWN + 1])


def _organisation(actor: Actor, asked: UUID | None, places: list[Organisation]) -> Organisation | None:
    """The one asked about; the only one there is, where nothing was asked. NotFound out of reach."""
    if asked is None:
        return places[0] if len(places) == 1 else None
    found = Organisation.objects.filter(_askable(actor), pk=asked).first()
    if found is None:
        raise NotFound("organisations.organisation", asked)
    return found
