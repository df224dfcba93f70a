"""How far organisations have come on the way to a secretariat of their own, for figures.

Rows are of all organisations; a figure counts those that its reader may see (decision 23).
"""

from datetime import datetime

from django.db.models import QuerySet

from simpul.kernel.time import Period
from simpul.organisations.models import Organisation, ReadinessRecord
from simpul.organisations.secretariat import ReadinessStage
from simpul.records.models import known_at


def reached_stage(
    stage: ReadinessStage, *, period: Period | None = None, as_of: datetime | None = None
) -> QuerySet[Organisation]:
    """Organisations of which it was stated that they reached this stage on a day of the period, each once."""
    return Organisation.objects.filter(pk__in=_stated(stage, period, as_of).values("organisation_id"))


def networks_formed(*, period: Period | None = None, as_of: datetime | None = None) -> QuerySet[Organisation]:
    """The networks that came of it, each once."""
    return Organisation.objects.filter(pk__in=_stated(ReadinessStage.FORMED, period, as_of).values("formed_id"))


def _stated(stage: str, period: Period | None, as_of: datetime | None) -> QuerySet[ReadinessRecord]:
    rows = ReadinessRecord.objects.filter(known_at(as_of), stage=stage)
    if period and period.start:
        rows = rows.filter(reached_on__gte=period.start)
    return rows.filter(reached_on__lt=period.until) if period and period.until else rows
