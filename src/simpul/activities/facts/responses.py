"""What responses are willing to have counted: whom they reached, on a day, in lines that the public sees.

Reach by sex, by age and by disability are three splits of the same people: never added to one another.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.models import ResponseActivity
from simpul.activities.queries.reach import Reach, reach_of
from simpul.activities.rules.responses import lines_visible_to, responses_visible_to
from simpul.kernel.actor import Anonymous
from simpul.records.models import known_at


def lines_told(
    day: date,
    *,
    responses: Collection[UUID] | None = None,
    network_id: UUID | None = None,
    area_code: str | None = None,
    known: datetime | None = None,
) -> QuerySet[ResponseActivity]:
    """Lines of published responses (or of these), of figures up to `day`, as they were known then."""
    public = Anonymous()
    seen = responses_visible_to(public, "response__") & lines_visible_to(public)
    rows = ResponseActivity.objects.filter(seen, known_at(known), _asked(responses, network_id), as_of__lte=day)
    return rows.filter(area__code__within=area_code) if area_code else rows


def reach(
    day: date,
    *,
    responses: Collection[UUID] | None = None,
    network_id: UUID | None = None,
    area_code: str | None = None,
    known: datetime | None = None,
) -> Reach:
    return reach_of(lines_told(day, responses=responses, network_id=network_id, area_code=area_code, known=known))


def _asked(responses: Collection[UUID] | None, network_id: UUID | None) -> Q:
    asked = Q()
    if responses is not None:
        asked &= Q(response__in=responses)
    return asked & Q(response__network=network_id) if network_id else asked
