"""What those who came thought: asked, closed, and told together. Answers come in by a code, never by a token."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from simpul.activities.asking import MOST, QUESTIONS, Answering
from simpul.activities.models import FeedbackForm
from simpul.activities.queries.events import event_for
from simpul.activities.queries.feedback import feedback_of, results_for
from simpul.activities.rules.events import require_manager
from simpul.activities.services.feedback import LONGEST_OPEN, close_feedback, open_feedback
from simpul.api.activities.promising import WRITING, router
from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, Sent
from simpul.kernel.errors import NotFound

KEYS = [asked.key for asked in QUESTIONS]


class NewFeedback(Sent):
    questions: list[str] = Field(
        max_length=MOST, description=prose("Keys of the questions, eight at most."), examples=[KEYS[:2]]
    )
    days: int = Field(14, ge=1, le=LONGEST_OPEN, description=prose("How long answers are taken."))


class FeedbackAnswers(Shape):
    """To one question, all together; `counts` is empty where fewer than five answered it."""

    question: str
    answering: Answering
    answered: int
    counts: dict[str, int]
    mean: float | None = Field(description=prose("Of a rating from 1 to 5."))
    texts: list[str] = Field(description=prose("In another order each time."))


class FeedbackFull(Shape):
    """How far it has come. `answers` stays empty until it is over, and where fewer than five people answered."""

    event: UUID
    questions: list[str]
    opened_on: Day
    closes_at: datetime
    is_over: bool
    codes: int = Field(description=prose("How many were asked: each has a code that works once."))
    mails: int
    slips: int
    answered: int
    too_few: bool
    answers: list[FeedbackAnswers]


@router.post(
    "/events/{uuid:event_id}/feedback",
    **told(
        prose("Ask those who came"), prose("Once for an event: the same again is what is there."),
        response=FeedbackFull, status=201, **WRITING,
    ),
)  # fmt: skip
def create_feedback(request: Call, event_id: UUID, sent: NewFeedback) -> FeedbackFull:
    event = event_for(request.actor, event_id)
    open_feedback(request.actor, event, questions=sent.questions, days=sent.days, now=timezone.now())
    return _full(request, event_id)


@router.get(
    "/events/{uuid:event_id}/feedback",
    **told(
        prose("How far feedback has come, and what was said"), prose("Told once it is over, from five answers on."),
        response=FeedbackFull, **WRITING,
    ),
)  # fmt: skip
def read_feedback(request: Call, event_id: UUID) -> FeedbackFull:
    return _full(request, event_id)


@router.post(
    "/events/{uuid:event_id}/feedback/close",
    **told(prose("Take no more answers"), prose("For good."), response=FeedbackFull, **WRITING),
)
def end_feedback(request: Call, event_id: UUID) -> FeedbackFull:
    close_feedback(request.actor, _form(request, event_id), now=timezone.now())
    return _full(request, event_id)


def _form(call: Call, event_id: UUID) -> FeedbackForm:
    event = event_for(call.actor, event_id)
    require_manager(call.actor, event)
    form = feedback_of(event)
    if form is None:
        raise NotFound("activities.feedbackform", event_id)
    form.event = event
    return form


def _full(call: Call, event_id: UUID) -> FeedbackFull:
    form = _form(call, event_id)
    found = results_for(call.actor, form, now=timezone.now())
    return FeedbackFull(
        event=form.event_id, questions=form.questions, opened_on=form.opened_on, closes_at=form.closes_at,
        is_over=found.is_over, codes=form.codes, mails=form.mails, slips=form.slips, answered=found.answered,
        too_few=found.too_few,
        answers=[
            FeedbackAnswers(
                question=one.asked.key, answering=one.asked.answering, answered=one.answered, counts=dict(one.counts),
                mean=one.mean, texts=list(one.texts),
            )
            for one in found.answers
        ],
    )  # fmt: skip
