"""Abstract bases. None has a table of its own."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Period


def this_node() -> str:
    """The deployment that made a record; kept for the day nodes exchange public ones."""
    return str(settings.NODE)


class Record(models.Model):
    """A UUIDv7 key that a client may supply (intake is idempotent on it), and the node it was made at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin_node = models.CharField(max_length=40, default=this_node, editable=False)

    class Meta:
        abstract = True

    @property
    def ref(self) -> RecordRef:
        return RecordRef(self._meta.label_lower, self.pk)


class Versioned(models.Model):
    """Optimistic lock: services change a row with `claim_version` and nothing else raises `version`."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Dated(models.Model):
    """When it was true: `valid_from` inclusive, `valid_until` exclusive, None open."""

    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)


class Known(models.Model):
    """When we knew it. A row is never changed but for `superseded_at`, set once when a correction is appended."""

    recorded_at = models.DateTimeField(editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


def true_on(day: date, prefix: str = "") -> Q:
    """Rows whose period covers `day`; `prefix` is a relation path ending in "__"."""
    starts = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    ends = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": day})
    return starts & ends


def known_at(instant: datetime | None, prefix: str = "") -> Q:
    """Rows as they were known at `instant`; None: as they are known now."""
    if instant is None:
        return Q(**{f"{prefix}superseded_at": None})
    before = Q(**{f"{prefix}recorded_at__lte": instant})
    return before & (Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gt": instant}))


def period_in_order(name: str) -> models.CheckConstraint:
    """The period ends after it starts, or is open."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
    )
