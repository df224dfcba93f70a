"""How far feedback has come; what was said, once it is closed and by five at least; a form behind a code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from typing import Final

from simpul.activities.asking import BY_KEY, Answering, Asked
from simpul.activities.codes import FEWEST, ticket_of
from simpul.activities.letterboxes import taken_out
from simpul.activities.models import Event, FeedbackBag, FeedbackForm, FeedbackLetter, Registration
from simpul.activities.rules.events import require_manager
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound

KIND: Final = "activities.feedbackform"
_random: Final = SystemRandom()


@dataclass(frozen=True, slots=True)
class Answers:
    """To one question. `counts` is code -> people, all codes there are; `mean` of ratings; `texts` in no order.

    `counts` is empty where fewer than five answered it.
    """

    asked: Asked
    answered: int
    counts: Mapping[str, int]
    mean: float | None
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Results:
    """`answers` is empty while it is open, and where fewer than five answered."""

    codes: int
    answered: int
    is_over: bool
    answers: Sequence[Answers]

    @property
    def too_few(self) -> bool:
        return self.is_over and self.answered < FEWEST


@dataclass(frozen=True, slots=True)
class Behind:
    """What a code opens."""

    form: FeedbackForm
    questions: Sequence[Asked]
    is_spent: bool
    is_over: bool


def feedback_of(event: Event) -> FeedbackForm | None:
    return FeedbackForm.objects.filter(event=event).first()


def is_over(form: FeedbackForm, now: datetime) -> bool:
    return form.closed_at is not None or now >= form.closes_at


def results_for(actor: Actor, form: FeedbackForm, *, now: datetime) -> Results:
    """For who keeps the event. NotFound, Denied("event.manage").

    Told once, when it is over: whoever looked after each answer would see what the last one said.
    """
    require_manager(actor, form.event)
    over = is_over(form, now)
    answers: list[Answers] = []
    if over and form.answered >= FEWEST:
        bags = {row.question: row.held.open() for row in FeedbackBag.objects.filter(form=form)}
        answers = [_told(BY_KEY[key], bags[key]) for key in form.questions]
    return Results(form.codes, form.answered, over, answers)


def _told(asked: Asked, held: Mapping[str, object]) -> Answers:
    found, texts = held["counts"], held["texts"]
    assert isinstance(found, dict)
    assert isinstance(texts, list)
    counts = {code: int(found.get(code, 0)) for code in asked.choices}
    people = len(texts) if asked.answering is Answering.TEXT else sum(counts.values())
    mean = None
    if asked.answering is not Answering.TEXT and people < FEWEST:
        return Answers(asked, people, {}, None, ())
    if asked.answering is Answering.RATING:
        mean = sum(int(code) * number for code, number in counts.items()) / people
    return Answers(asked, people, counts, mean, _random.sample(texts, len(texts)))


def slips_of(actor: Actor, form: FeedbackForm) -> list[str]:
    """The codes to print, while it is open. For who keeps the event."""
    require_manager(actor, form.event)
    return list(form.slip_codes.open()) if form.slip_codes else []


def behind(code: str, *, now: datetime) -> Behind:
    """To whoever holds the code. NotFound; nothing is used up by looking."""
    ticket = ticket_of(code)
    if ticket is None:
        raise NotFound(KIND)
    form = ticket.form
    return Behind(form, [BY_KEY[key] for key in form.questions], ticket.is_spent, is_over(form, now))


def code_for(registration: Registration, receipt: str, *, now: datetime) -> str:
    """The code that was left for whoever registered, "" where there is none, or its time is over."""
    letter = FeedbackLetter.objects.filter(registration=registration).select_related("form").first()
    if letter is None or is_over(letter.form, now):
        return ""
    return taken_out(letter.letter, receipt)
