"""Who is to be asked whether an organisation is still at work: a month before its year is over, then, a month after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import DateField, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone
from simpul.organisations.at_work import AT_WORK_FOR
from simpul.organisations.models import Confirmation, Organisation, OrganisationName
from simpul.organisations.rules.organisations import within

A_MONTH: Final = timedelta(days=30)
BATCH: Final = 500


class Stage(StrEnum):
    """How far the asking has come. Each is asked once; at the last one the network's secretariat is told too."""

    SOON = "soon"
    OVER = "over"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Due:
    """`since`: the last day somebody found it at work; where nobody ever did, a year before it was a month old here.

    So whoever is newly registered is asked after a month.
    """

    organisation: Organisation
    since: date
    stage: Stage

    @property
    def holds_until(self) -> date:
        return self.since + AT_WORK_FOR


def stage_on(since: date, today: date) -> Stage | None:
    over = today - (since + AT_WORK_FOR)
    if over >= A_MONTH:
        return Stage.SILENT
    if over >= timedelta(0):
        return Stage.OVER
    return Stage.SOON if over >= -A_MONTH else None


def due_for_asking(actor: Actor, today: date) -> Iterator[Due]:
    """Organisations whose profile the actor keeps and whose people are to be asked, in the order of their keys."""
    last = Confirmation.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    entered = OrganisationName.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    first_day = entered.annotate(day=TruncDate(Min("recorded_at"), tzinfo=Zone.WIB.info)).values("day")
    rows: Any = Organisation.objects.filter(within(actor.scope("organisation.edit")), dissolved_on=None).annotate(
        confirmed_on=Subquery(last.annotate(last=Max("confirmed_on")).values("last"), output_field=DateField()),
        entered_on=Subquery(first_day, output_field=DateField()),
    )
    after: UUID | None = None
    oldest = today - AT_WORK_FOR + A_MONTH
    asked = rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lte=oldest)).order_by("pk")
    while page := list((asked.filter(pk__gt=after) if after else asked)[:BATCH]):
        for row in page:
            since = row.confirmed_on or (row.entered_on or today) + A_MONTH - AT_WORK_FOR
            if stage := stage_on(since, today):
                yield Due(row, since, stage)
        after = page[-1].pk
