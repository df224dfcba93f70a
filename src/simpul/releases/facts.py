"""What releases are willing to have counted: what was published, and nothing else. Results of cases come from here."""

from datetime import datetime

from django.db.models import QuerySet

from simpul.releases.models import PublishedCell


def published_cells(*, as_of: datetime | None = None) -> QuerySet[PublishedCell]:
    """Cells that everybody may read, as published by that instant. A blank is no row: what sums them says what is
    missing.
    """
    rows = PublishedCell.objects.filter(tier=0)
    return rows if as_of is None else rows.filter(release__published_at__lte=as_of)
