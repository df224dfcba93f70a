"""How events and series appear in a thread and behind a figure, to one reader."""

from uuid import UUID

from django.utils.translation import get_language

from simpul.activities.models import Event, EventSeries
from simpul.activities.rules.events import series_visible_to, visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.localized import REQUIRED
from simpul.threads.registry import Knot


def event_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    language = get_language() or REQUIRED
    rows = Event.objects.filter(visible_to(actor), pk__in=ids)
    return {row.pk: Knot(row.title.to(language) if row.title else "", state=row.state) for row in rows}


def series_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    language = get_language() or REQUIRED
    rows = EventSeries.objects.filter(series_visible_to(actor), pk__in=ids)
    return {row.pk: Knot(row.title.to(language) if row.title else "") for row in rows}
