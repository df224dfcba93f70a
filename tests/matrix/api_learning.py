"""The API: learning forums, what came of events, consultations, the library. Eko's forum keeps the ones here."""

from collections.abc import Mapping

from simpul.activities.models import Contribution
from simpul.activities.services.results import note_outcome
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.activities import make_held
from tests.factories.consultations import NOW, make_consultation
from tests.factories.organisations import SYSTEM
from tests.matrix import CREATED, OK, TOKEN_NEEDED, UNSEEN, Row
from tests.matrix.api import FIRST, reading, writing
from tests.matrix.learning import (
    draft_edition,
    draft_item,
    edition,
    for_organisers,
    forum,
    held,
    hidden_outcome,
    item,
    no_forum,
    no_stage,
    service,
    stage,
)

EMPTY = 204
WORDS = {"words": "Air bersih didahulukan."}


def question(cast: Cast) -> dict[str, object]:
    return {"consultation_id": make_consultation(cast.forum).pk}


def draft_question(cast: Cast) -> dict[str, object]:
    return {"consultation_id": make_consultation(cast.forum, published=False).pk}


def result(cast: Cast) -> dict[str, object]:
    event = make_held(cast.forum)
    return {"result_id": note_outcome(SYSTEM, event, kind="open", words="Terbuka", now=NOW).pk}


def hidden_result(cast: Cast) -> dict[str, object]:
    return {"result_id": hidden_outcome(cast)["row_id"]}


def no_result(cast: Cast) -> dict[str, object]:
    return {"result_id": uuid7()}


def a_stage(cast: Cast) -> Mapping[str, object]:
    return {"stage": "mapped", "reached_on": "2025-02-01", "evidence": "Notulensi"}


def an_input(cast: Cast) -> Mapping[str, object]:
    """By the speaker of the one workshop there is."""
    return {**WORDS, "contribution": str(Contribution.objects.latest("pk").pk)}


def a_voice(cast: Cast) -> Mapping[str, object]:
    return {**WORDS, "group": "women"}


def an_outcome(cast: Cast) -> Mapping[str, object]:
    return {**WORDS, "kind": "open"}


def a_question(cast: Cast) -> Mapping[str, object]:
    return {
        "organisation": str(cast.forum.pk),
        "question": {"id": "Apa yang didahulukan?"},
        "asked": "Pemerintah Desa Contoh",
        "opens_on": "2025-06-01",
        "closes_on": "2025-06-15",
        "answer_due_on": "2025-07-15",
        "visibility": "public",
    }


def a_meeting(cast: Cast) -> Mapping[str, object]:
    return {"event": str(make_held(cast.forum).pk)}


def an_answer(cast: Cast) -> Mapping[str, object]:
    return {
        "reply": "taken_up",
        "words": {"id": "Masuk RKPDes."},
        "answered_on": "2025-06-19",
        "answered_by": "Pemerintah Desa Contoh",
    }


def an_item(cast: Cast) -> Mapping[str, object]:
    return {
        "organisation": str(cast.forum.pk),
        "kind": "handbook",
        "title": {"id": "Tugas divisi"},
        "visibility": "public",
    }


def a_reading(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.lentera.pk), "language": "id", "read_on": "2025-06-19"}


# Whoever may say what their group has read: here what Lentera did.
NOTERS = {"ani": CREATED, "budi": CREATED, "kartika": CREATED}

ROWS: list[Row] = [
    reading("list_learning_forums"),
    reading("read_learning_forum", forum),
    reading("read_learning_forum", no_forum, default=UNSEEN, because="a network of another kind"),
    writing("create_forum_stage", forum, data=a_stage, eko=CREATED),
    writing("create_forum_stage", no_forum, data=a_stage, default=UNSEEN, because="a network of another kind"),
    writing("withdraw_told_stage", stage, eko=OK),
    writing("withdraw_told_stage", no_stage, default=UNSEEN, because="nothing there"),
    reading("read_event_results", held),
    reading("read_event_results", for_organisers, default=UNSEEN, eko=OK, because="for its organisers alone"),
    writing("create_event_input", held, data=an_input, eko=CREATED),
    writing("create_event_voice", held, data=a_voice, eko=CREATED),
    writing("create_event_outcome", held, data=an_outcome, eko=CREATED),
    writing("create_event_outcome", for_organisers, data=an_outcome, default=UNSEEN, eko=CREATED, because="hidden"),
    writing("put_event_served", service, method="put", data={"rows": [{"kind": "AD.1", "number": 12}]}, eko=OK),
    writing("withdraw_event_result", result, eko=EMPTY),
    writing("withdraw_event_result", hidden_result, default=UNSEEN, eko=EMPTY, because="of a hidden event"),
    writing("withdraw_event_result", no_result, default=UNSEEN, because="nothing there"),
    reading("list_consultations"),
    reading("read_consultation", question),
    reading("read_consultation", draft_question, default=UNSEEN, eko=OK, because="a draft"),
    writing("create_consultation", data=a_question, eko=CREATED),
    writing("change_asked_question", question, method="patch", headers=FIRST, data={"asked": "Bupati"}, eko=OK),
    writing("publish_question", draft_question, default=UNSEEN, eko=OK),
    writing("create_question_meeting", question, data=a_meeting, eko=CREATED),
    writing("create_question_voice", question, data=a_voice, eko=CREATED),
    writing("create_answer", question, data=an_answer, eko=CREATED),
    reading("list_library"),
    reading("read_library_item", item),
    reading("read_library_item", draft_item, default=UNSEEN, eko=OK, because="a draft"),
    writing("create_library_item", data=an_item, eko=CREATED),
    writing("change_library_item", item, method="patch", headers=FIRST, data={"kind": "guide"}, eko=OK),
    writing("publish_library_item", draft_item, default=UNSEEN, eko=OK),
    writing("withdraw_library_item", item, eko=OK),
    reading("read_edition", edition),
    reading("read_edition", draft_edition, default=UNSEEN, eko=OK, because="a draft"),
    writing("put_edition", edition, method="put", data={"text": "Baru", "seen": 1}, eko=OK),
    reading("list_readings", item, publik=TOKEN_NEEDED),  # of groups in reach: others see none of them
    writing("create_reading", item, data=a_reading, **NOTERS),
]
