"""What was said, as bars and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.queries.feedback import Answers, Results
from simpul.web import formats
from simpul.web.components import Bar, Text
from simpul.web.outcomes.faces import MOUTHS


@dataclass(frozen=True, slots=True)
class Told:
    """One question. `mean` in words, with the `mouth` nearest to it, for ratings; `texts` in no order."""

    question: Text
    people: str
    mean: str
    mouth: str
    bars: Sequence[Bar]
    texts: Sequence[str]
    in_words: bool


def answers_told(results: Results) -> list[Told]:
    return [_told(row) for row in results.answers]


def _told(row: Answers) -> Told:
    language = get_language() or "id"
    count = formats.number(row.answered, language=language)
    people = ngettext("%(n)s person answered", "%(n)s people answered", row.answered) % {"n": count}
    bars = _bars(row, language) if row.counts else []
    mean = mouth = ""
    if row.mean is not None:
        mean = _("%(mean)s of 5") % {"mean": formats.number(row.mean, language=language, decimals=1)}
        mouth = MOUTHS[str(max(1, min(5, int(row.mean + 0.5))))]
    return Told(row.asked.words, people, mean, mouth, bars, row.texts, not row.asked.choices)


def _bars(row: Answers, language: str) -> list[Bar]:
    return [
        Bar(words, row.counts[code], _share(row.counts[code], row.answered, language), total=row.answered or 1)
        for code, words in row.asked.choices.items()
    ]


def _share(part: int, whole: int, language: str) -> str:
    number = formats.number(part, language=language)
    return f"{number} · {formats.percent(part, whole, language=language, decimals=0)}" if whole else number
