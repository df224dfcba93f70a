"""Points before and after a training: each for who receives people, the average for who keeps the event."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from simpul.activities.models import Participant, Stage
from simpul.activities.queries.events import event_for
from simpul.activities.queries.scores import gain_for
from simpul.activities.rules.events import require_receiver
from simpul.activities.services.scores import Points, put_scores
from simpul.api.activities.minuting import RECEIVING
from simpul.api.activities.promising import WRITING, router
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Sent
from simpul.kernel.errors import Invalid

Mark = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]


class ScoreLine(Shape):
    """Of one participant, out of 100; null: that test was not taken."""

    participant: UUID
    name: str
    before: float | None
    after: float | None


class ScoreSent(Sent):
    """What is left out stays; what is null is taken away."""

    participant: UUID
    before: Mark | None = None
    after: Mark | None = None


class ScoresSent(Sent):
    rows: list[ScoreSent] = Field(max_length=500)


class ScoresChanged(Shape):
    changed: int = Field(description=prose("Scores that are new or other than before."))


class ScoreSummary(Shape):
    """Averages of those with both tests; of fewer than five nothing is told but how many they are."""

    both: int
    before: float | None
    after: float | None
    gain: float | None = Field(description=prose("In points."))
    of_possible: float | None = Field(description=prose("The part of what could still be gained that was, 0 to 1."))
    better: int


@router.get(
    "/events/{uuid:event_id}/scores",
    **told(prose("Test scores"), prose("For who receives people there."), response=Page[ScoreLine], **RECEIVING),
)
def list_scores(request: Call, event_id: UUID, cut: Query[Cut]) -> Page[ScoreLine]:
    event = event_for(request.actor, event_id)
    require_receiver(request.actor, event)
    rows = Participant.objects.filter(event=event, erased_at=None).prefetch_related("scores")
    return page_of(request, rows, cut, lambda found: [_line(row) for row in found])


@router.put(
    "/events/{uuid:event_id}/scores",
    **told(prose("Put in test scores"), prose("All of them or none."), response=ScoresChanged, **RECEIVING),
)
def put_event_scores(request: Call, event_id: UUID, sent: ScoresSent) -> ScoresChanged:
    rows = {row.participant: _points(row) for row in sent.rows}
    if len(rows) < len(sent.rows):
        raise Invalid("twice", "rows", message=_("Somebody stands in it twice."))
    return ScoresChanged(
        changed=put_scores(request.actor, event_for(request.actor, event_id), rows=rows, now=timezone.now())
    )


@router.get(
    "/events/{uuid:event_id}/score-summary",
    **told(
        prose("What people learned, on average"), prose("For who keeps the event."), response=ScoreSummary, **WRITING
    ),
)
def read_score_summary(request: Call, event_id: UUID) -> ScoreSummary:
    found = gain_for(request.actor, event_for(request.actor, event_id))
    return ScoreSummary(
        both=found.both, before=_number(found.before), after=_number(found.after), gain=_number(found.gain),
        of_possible=_number(found.of_possible), better=found.better,
    )  # fmt: skip


def _points(row: ScoreSent) -> Points:
    gone = {name for name in ("before", "after") if name in row.model_fields_set and getattr(row, name) is None}
    return Points(before=row.before, after=row.after, erase=frozenset(gone))


def _line(row: Participant) -> ScoreLine:
    points = {score.stage: score.points for score in row.scores.all()}
    return ScoreLine(
        participant=row.pk, name=row.name.open() if row.name else "", before=_number(points.get(Stage.BEFORE)),
        after=_number(points.get(Stage.AFTER)),
    )  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
