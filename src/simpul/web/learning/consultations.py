"""Consultations as their pages show them: how each stands, whose voices there are, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.models import Consultation, ConsultationAnswer, Voice
from simpul.activities.queries.consultations import Standing, answers_of, meetings_of, standings_of, voices_of
from simpul.activities.result_kinds import ConsultationState, Group, Reply
from simpul.kernel.actor import Actor
from simpul.web import formats
from simpul.web.activities.rows import event_rows, said
from simpul.web.components import Event, Text, Tone
from simpul.web.learning.results import VoiceRow, group_bars, voice_rows

TONES = {
    ConsultationState.DRAFT: Tone.IDLE,
    ConsultationState.OPEN: Tone.INFO,
    ConsultationState.WAITING: Tone.WARN,
    ConsultationState.OVERDUE: Tone.BAD,
    ConsultationState.ANSWERED: Tone.OK,
}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    key: UUID
    question: str
    state: Text
    tone: Tone
    host: str
    where: str
    heard: str
    href: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Voices of one group."""

    group: Text
    voices: Sequence[VoiceRow]


def rows_of(rows: Sequence[Consultation], today: date) -> list[QuestionRow]:
    return [_row(one) for one in standings_of(rows, today)]


def _row(one: Standing) -> QuestionRow:
    row = one.row
    return QuestionRow(
        key=row.pk,
        question=said(row.question, _language()),
        state=one.state.label,
        tone=TONES[one.state],
        host=row.owner_organisation.name,
        where=row.area.title if row.area else "",
        heard=_heard(one),
        href=reverse("learning:consultation", args=[row.pk]),
    )


def _heard(one: Standing) -> str:
    if not one.voices:
        return _("no voice noted yet")
    voices = ngettext("%(n)s voice", "%(n)s voices", one.voices) % {"n": one.voices}
    groups = ngettext("of %(n)s group", "of %(n)s groups", one.groups) % {"n": one.groups}
    return f"{voices} {groups}"


def _language() -> str:
    return get_language() or "id"


def shown(actor: Actor, row: Consultation, today: date) -> dict[str, Any]:
    (standing,) = standings_of([row], today)
    voices = voices_of(row)
    answers = answers_of(row)
    counts: dict[str, int] = {}
    for voice in voices:
        counts[voice.group] = counts.get(voice.group, 0) + 1
    return {
        "state": standing.state.label,
        "tone": TONES[standing.state],
        "overdue": standing.state is ConsultationState.OVERDUE,
        "draft": standing.state is ConsultationState.DRAFT,
        "line": _line(row, standing.answer, today),
        "answer": standing.answer,
        "reply": Reply(standing.answer.reply).label if standing.answer else "",
        "earlier": [answer for answer in answers if answer.superseded_at],
        "heard": _by_group(voices),
        "groups": group_bars(counts),
        "compared": max(counts.values(), default=0) > 1,  # bars that are all of one length tell nothing
        "meetings": event_rows(meetings_of(actor, row), today),
    }


def _by_group(voices: Sequence[Voice]) -> list[Heard]:
    order = list(Group)
    groups = sorted({voice.group for voice in voices}, key=lambda code: order.index(Group(code)))
    return [Heard(Group(code).label, voice_rows(v for v in voices if v.group == code)) for code in groups]


def _line(row: Consultation, answer: ConsultationAnswer | None, today: date) -> list[Event]:
    """Asked, heard, answered: where it stands."""

    def at(day: date, title: Text, *, done: bool, now: bool) -> Event:
        state = "now" if now else ("done" if done else "")
        return Event(formats.day(day, language=_language()), title, iso=day.isoformat(), state=state)  # type: ignore[arg-type]

    heard = today > row.closes_on
    asked = row.published_at is not None and today >= row.opens_on
    last = (
        at(answer.answered_on, _("Answered"), done=True, now=False)
        if answer
        else at(row.answer_due_on, _("The answer is due"), done=False, now=heard)
    )
    return [
        at(row.opens_on, _("The question is asked"), done=asked, now=False),
        at(row.closes_on, _("Voices are heard until here"), done=heard, now=asked and not heard and not answer),
        last,
    ]
