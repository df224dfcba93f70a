"""Questions that villages were asked, and what came of events, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from simpul.activities.kinds import EventKind, Part, Visibility
from simpul.activities.models import Consultation, Contribution, Event, Voice
from simpul.activities.services.consultations import ask_question, give_answer, hear_voice, publish_consultation
from simpul.activities.services.programme import add_contribution
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from tests.factories.activities import make_held
from tests.factories.organisations import SYSTEM, make_organisation

NOW = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
ASKED = date(2025, 6, 1)
QUESTION = LocalizedText(id="Apa yang harus didahulukan dalam RKPDes?", en="What should the village plan put first?")


def asked(**more: Any) -> dict[str, Any]:
    return {
        "question": QUESTION,
        "asked": "Pemerintah Desa Contoh",
        "opens_on": ASKED,
        "closes_on": ASKED + timedelta(days=14),
        "answer_due_on": ASKED + timedelta(days=44),
        "visibility": Visibility.PUBLIC,
        **more,
    }


def make_consultation(host: Organisation | None = None, *, published: bool = True, **more: Any) -> Consultation:
    row = ask_question(SYSTEM, host or make_organisation(), now=NOW, **asked(**more))
    return publish_consultation(SYSTEM, row, now=NOW) if published else row


def hear(row: Consultation, group: str = "women", words: str = "Air bersih dulu", **more: Any) -> Voice:
    return hear_voice(SYSTEM, row, group=group, words=words, now=NOW, **more)


def answer(row: Consultation, **more: Any) -> None:
    given = {"reply": "taken_up", "words": LocalizedText(id="Sumur bor masuk RKPDes."), **more}
    give_answer(SYSTEM, row, answered_on=date(2025, 6, 19), answered_by="Pemerintah Desa Contoh", now=NOW, **given)


def make_workshop(host: Organisation | None = None, **more: Any) -> tuple[Event, Contribution]:
    """Held, with one speaker."""
    event = make_held(host, kind=EventKind.WORKSHOP, **more)
    return event, speaker(event)


def speaker(event: Event, **more: Any) -> Contribution:
    given = {"part": Part.SPEAKER, "name": "Ibu Contoh", "position": "Kepala Bappeda", **more}
    return add_contribution(SYSTEM, event, now=NOW, **given)
