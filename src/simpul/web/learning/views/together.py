"""Learning together: what comes next, what there is to read, the forums, and what was asked in villages."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from simpul.activities.queries.consultations import by_urgency, consultations_for
from simpul.activities.queries.events import upcoming_for
from simpul.activities.queries.forums import forums_for
from simpul.activities.queries.library import items_for, languages_of
from simpul.kernel.time import Zone, local_date
from simpul.web.activities.rows import event_rows
from simpul.web.http import Request
from simpul.web.learning.consultations import rows_of

MOST: Final = 3


@require_safe
def together(request: Request) -> HttpResponse:
    """A few of each, and the way to all of them."""
    today = local_date(timezone.now(), Zone.WIB)
    events = upcoming_for(request.actor, since=today).filter(cancelled_at=None)[:MOST]
    items = list(items_for(request.actor).order_by("-created_at", "-id")[:MOST])
    tongues = languages_of(items)
    questions = list(by_urgency(consultations_for(request.actor), today)[:MOST])
    forums = forums_for(request.actor).count()
    context = {
        "events": event_rows(events, today),
        "items": [(item, [tongue.label for tongue in tongues[item.pk]]) for item in items],
        "questions": rows_of(questions, today),
        "forums": ngettext("%(n)s learning forum", "%(n)s learning forums", forums) % {"n": forums} if forums else "",
    }
    return render(request, "learning/together.html", context)
