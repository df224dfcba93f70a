"""Where programmes work and who does what in them, for figures. Areas are annotated with the codes figures count."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from simpul.kernel.time import Period
from simpul.organisations.models import ProgrammeArea, ProgrammeRole
from simpul.records.models import known_at


def programme_areas(
    programme_id: UUID | None,
    *,
    period: Period | None = None,
    as_of: datetime | None = None,
    area_code: str | None = None,
) -> QuerySet[ProgrammeArea]:
    """Coverage that held on some day of `period` (None: ever), in the regency or city of each area.

    Count `regency_code` distinctly for regencies and cities, `province_code` for the provinces they lie in. What covers
    a whole province names no regency and is left out; what covers a village counts for its regency.
    """
    rows = ProgrammeArea.objects.filter(
        _held(period), _held(period, "programme__"), known_at(as_of), area__level__gte=2
    ).annotate(regency_code=Substr("area_id", 1, 5), province_code=Substr("area_id", 1, 2))
    if programme_id:
        rows = rows.filter(programme=programme_id)
    if area_code:
        rows = rows.filter(area__code__within=area_code)
    return rows.select_related("area", "programme")


def programme_roles(
    programme_id: UUID | None,
    *,
    role: str | None = None,
    period: Period | None = None,
    as_of: datetime | None = None,
    area_code: str | None = None,
) -> QuerySet[ProgrammeRole]:
    """Roles that held on some day of `period` (None: ever). Count `organisation` distinctly: a partner may have two."""
    rows = ProgrammeRole.objects.filter(_held(period), _held(period, "programme__"), known_at(as_of))
    if programme_id:
        rows = rows.filter(programme=programme_id)
    if role:
        rows = rows.filter(role=role)
    if area_code:
        rows = rows.filter(area__code__within=area_code)
    return rows.select_related("organisation", "area", "programme")


def _held(period: Period | None, prefix: str = "") -> Q:
    """Periods that share a day with `period`. Three periods that share days two by two share one day together."""
    held = Q()
    if period and period.until:
        held &= Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lt": period.until})
    if period and period.start:
        held &= Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": period.start})
    return held
