"""One event, and one series, as anybody may read them who may see them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from simpul.activities.queries.events import event_with_doors, one_series_for
from simpul.activities.states import MANAGE
from simpul.kernel.time import Zone, local_date
from simpul.organisations.rules.organisations import may
from simpul.web.activities.panels import programme_of, seats_told, told
from simpul.web.activities.regular import regularity_told
from simpul.web.activities.rows import event_rows, said
from simpul.web.http import Request


@require_safe
def event(request: Request, event_id: UUID) -> HttpResponse:
    (found, doors), now = event_with_doors(request.actor, event_id), timezone.now()
    row = event_rows([found], local_date(now, found.clock))[0]
    address = request.build_absolute_uri(reverse("activities:event", args=[found.pk]))
    context: dict[str, Any] = {
        "event": found, "row": row, "address": address, "programme": programme_of(found, keeps=False),
        "seats": seats_told(found, now), "hidden": found.owner_organisation.in_safety_mode,
        "card": request.build_absolute_uri(reverse("activities:card", args=[found.pk])),
        "share": f"*{row.title}*\n{row.when}\n{row.place}\n{address}",
        **told(request.actor, found, doors),
    }  # fmt: skip
    return render(request, "activities/event.html", context)


@require_safe
def series(request: Request, series_id: UUID) -> HttpResponse:
    """What it is, how regularly it was held, and its events, the last first."""
    found = one_series_for(request.actor, series_id)
    today = local_date(timezone.now(), Zone(found.zone))
    context = {
        "series": found,
        **regularity_told(request.actor, found, today),
        "hidden": found.owner_organisation.in_safety_mode,
        "keeps": may(request.actor, MANAGE, found.owner_organisation),
        "feed": f"{reverse('activities:feed')}?seri={found.pk}",
        "share": f"{said(found.title, get_language() or 'id')} {request.build_absolute_uri()}",
    }
    return render(request, "activities/series.html", context)
