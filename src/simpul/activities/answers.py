"""Answers to the questions that an organiser added to a registration: read as each question asks, and kept."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import AnswerKind
from simpul.activities.models import Event, EventAnswer, EventQuestion, Participant
from simpul.kernel.errors import Invalid
from simpul.kernel.text import squeeze

LONGEST: Final = 1000
MOST: Final = Decimal(10) ** 9

Read = Mapping[EventQuestion, Any]


def questions_of(event: Event) -> list[EventQuestion]:
    """Those on the form, in their order."""
    return list(EventQuestion.objects.filter(event=event, removed_at=None))


def answers_to(event: Event, given: Mapping[str, Any], *, whole: bool = True) -> Read:
    """Question -> what is kept; None where nothing was said. Answers to what is not asked are dropped.

    Invalid("answer_needed" | "unknown_choice" | "not_a_number" | "too_long", key of the question); `whole`: what must
    be answered is answered.
    """
    found: dict[EventQuestion, Any] = {}
    for question in questions_of(event):
        value = _READ[AnswerKind(question.kind)](question, given.get(str(question.pk)))
        if value is None and question.is_required and whole:
            raise _invalid(question, "answer_needed", _("The organisers need an answer to this."))
        found[question] = value
    return found


def keep_answers(participant: Participant, answers: Read) -> None:
    """In place of what they answered to these questions before. In the caller's transaction."""
    EventAnswer.objects.filter(participant=participant, question__in=list(answers)).delete()
    for question, value in answers.items():
        if value is not None:
            EventAnswer.objects.create(participant=participant, question=question, value=value)


def _invalid(question: EventQuestion, code: str, message: Any) -> Invalid:
    return Invalid(code, str(question.pk), message=message)


def _text(question: EventQuestion, given: Any) -> str | None:
    words = str(given or "").strip()
    if len(words) > LONGEST:
        message = _("Use at most %(longest)s characters.") % {"longest": LONGEST}
        raise _invalid(question, "too_long", message)
    return words or None


def _one(question: EventQuestion, given: Any) -> str | None:
    words = squeeze(str(given or ""))
    if words and words not in question.choices:
        raise _invalid(question, "unknown_choice", _("Choose one of the list."))
    return words or None


def _several(question: EventQuestion, given: Any) -> list[str] | None:
    asked: Sequence[Any] = given if isinstance(given, list | tuple) else [given]
    chosen = [words for one in asked if (words := _one(question, one))]
    return [words for words in question.choices if words in chosen] or None


def _number(question: EventQuestion, given: Any) -> int | float | None:
    words = str("" if given is None else given).strip().replace(",", ".")
    if not words:
        return None
    try:
        number = Decimal(words)
    except InvalidOperation as error:
        raise _invalid(question, "not_a_number", _("Write a number, such as 2 or 2,5.")) from error
    if not number.is_finite() or abs(number) > MOST:
        raise _invalid(question, "not_a_number", _("Write a number, such as 2 or 2,5."))
    return int(number) if number == number.to_integral_value() else float(number)


_READ: Final = {
    AnswerKind.TEXT: _text,
    AnswerKind.ONE: _one,
    AnswerKind.SEVERAL: _several,
    AnswerKind.NUMBER: _number,
}
