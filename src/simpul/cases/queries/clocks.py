"""The clocks of a case and of its referrals, and why one of them stands still."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from simpul.cases.models import Case, Referral
from simpul.cases.rules.sight import KIND, require_sight
from simpul.deadlines.models import Clock, Pause
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.records.constants import constant

REFERRAL: Any = "cases.referral"


def clocks_of_case(actor: Actor, case: Case, *, now: datetime) -> list[Clock]:
    """Of the case and of what was asked of offices in it, running ones first, then by due date. Each with `why`, the
    reason for which it stands still, and `office`, whose answer it waits for ("" where none). NotFound out of sight.
    """
    require_sight(actor, case, now=now)
    return clocks_in(case)


def clocks_in(case: Case) -> list[Clock]:
    """The same, of a case that was looked up for its reader. One query."""
    rows: list[Any] = [*Clock.objects.filter(_about(case)).select_related("rule").annotate(**_beside())]
    for row in rows:
        row.office = row.office or ""  # a clock of the case itself waits for no office
    return sorted(rows, key=lambda row: (row.stopped_at is not None, row.due_at, row.pk))


@constant(Clock)
def _beside() -> dict[str, Any]:
    office = Referral.objects.filter(pk=OuterRef("about_id")).values("service_point__name")[:1]
    pause = Pause.objects.filter(clock=OuterRef("pk"), resumed_at=None).values("reason")[:1]
    return {"why": Subquery(pause), "office": Subquery(office)}


def clock_of_case(actor: Actor, case: Case, clock_id: UUID, *, now: datetime) -> Clock:
    """NotFound for one of anything else."""
    require_sight(actor, case, now=now)
    found = Clock.objects.filter(_about(case), pk=clock_id).select_related("rule").first()
    if found is None:
        raise NotFound("deadlines.clock", clock_id)
    return found


def _about(case: Case) -> Q:
    referrals = Referral.objects.filter(case=case).values("pk")
    return Q(about_kind=KIND, about_id=case.pk) | Q(about_kind=REFERRAL, about_id__in=referrals)


@constant(Case)
def pauses() -> dict[str, Any]:
    """`waits` of cases: why one of a case's clocks stands still, None where none does."""
    referrals = Referral.objects.filter(case=OuterRef(OuterRef("pk"))).values("pk")
    of_case = Q(clock__about_kind=KIND, clock__about_id=OuterRef("pk"))
    of_referral = Q(clock__about_kind=REFERRAL, clock__about_id__in=referrals)
    rows: QuerySet[Pause] = Pause.objects.filter(of_case | of_referral, resumed_at=None)
    return {"waits": Subquery(rows.order_by("paused_at").values("reason")[:1])}
