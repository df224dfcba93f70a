"""The questions that an organiser may ask after an event, and what can be answered.

Few, and the same everywhere: a question that somebody words for one event can be worded so that its answer names who
gave it. Every question may be left out by who answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Answering(StrEnum):
    RATING = "rating"  # one of five faces
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """`choices` is code -> words, in order; none for what is answered in words."""

    key: str
    answering: Answering
    words: Text
    choices: Mapping[str, Text]


LONGEST: Final = 600
MOST: Final = 8
RATINGS: Final[Mapping[str, Text]] = {
    "5": pgettext_lazy("rating", "Very good"),
    "4": pgettext_lazy("rating", "Good"),
    "3": pgettext_lazy("rating", "So-so"),
    "2": pgettext_lazy("rating", "Not so good"),
    "1": pgettext_lazy("rating", "Bad"),
}


def _rated(key: str, words: Text) -> Asked:
    return Asked(key, Answering.RATING, words, RATINGS)


def _told(key: str, words: Text) -> Asked:
    return Asked(key, Answering.TEXT, words, {})


QUESTIONS: Final[tuple[Asked, ...]] = (
    _rated("useful", _("How useful was it for you?")),
    _rated("clear", _("How easy was it to understand?")),
    _rated("speakers", _("How did the speakers do?")),
    _rated("heard", _("How well could you say what you wanted to say?")),
    _rated("safe", _("How safe did you feel?")),
    _rated("place", _("How did the place and the time suit you?")),
    Asked(
        "apply",
        Answering.CHOICE,
        _("Will you use what you learned?"),
        {
            "soon": _("Yes, soon"),
            "help": _("Yes, but I need help with it"),
            "unsure": _("I don't know yet"),
            "no": pgettext_lazy("answer", "No"),
        },
    ),
    Asked(
        "length",
        Answering.CHOICE,
        _("How long was it?"),
        {
            "short": pgettext_lazy("length", "Too short"),
            "right": pgettext_lazy("length", "Just right"),
            "long": pgettext_lazy("length", "Too long"),
        },
    ),
    Asked(
        "again",
        Answering.CHOICE,
        _("Would you come again?"),
        {
            "yes": pgettext_lazy("answer", "Yes"),
            "perhaps": pgettext_lazy("answer", "Perhaps"),
            "no": pgettext_lazy("answer", "No"),
        },
    ),
    _told("best", _("What was best?")),
    _told("better", _("What should be better next time?")),
    _told("next", _("What should come next?")),
)
BY_KEY: Final[Mapping[str, Asked]] = {asked.key: asked for asked in QUESTIONS}
USUAL: Final = ("useful", "clear", "heard", "apply", "best", "better")
