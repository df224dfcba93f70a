"""The API: what an event leaves behind. As on the pages: who keeps it; with names, who receives people there too."""

from collections.abc import Mapping

from simpul.activities.models import Event
from simpul.activities.services.notes import write_note
from tests.cast import Cast
from tests.factories.activities import START, SYSTEM, session_of
from tests.matrix import CREATED, DENIED, INVALID, OK, TOKEN_NEEDED, UNSEEN, Row
from tests.matrix.api import FIRST, reading, writing
from tests.matrix.outcomes import (
    action,
    asked,
    certificate,
    certified,
    draft,
    event,
    lenteras_action,
    no_action,
    verdict,
)

KEPT = {"default": DENIED, "publik": TOKEN_NEEDED, "eko": OK}
NONE_YET = {"If-Match": '"v0-00000000000000000000"'}
DUE = "2025-07-01"


def session(cast: Cast) -> dict[str, object]:
    return {"session_id": session_of(Event.objects.get(pk=event(cast)["event_id"])).pk}


def note(cast: Cast) -> dict[str, object]:
    row = session_of(Event.objects.get(pk=event(cast)["event_id"]))
    return {"note_id": write_note(SYSTEM, row, kind="discussed", text="Air bersih.", now=START).pk}


def points(cast: Cast) -> Mapping[str, object]:
    """Of everybody at the one event there is."""
    people = Event.objects.get().participants.values_list("pk", flat=True)
    return {"rows": [{"participant": str(key), "before": 40, "after": 70.5} for key in people]}


def code(cast: Cast) -> dict[str, object]:
    return {"certificate_code": verdict(cast)["code"]}


def no_code(cast: Cast) -> dict[str, object]:
    return {"certificate_code": "AAAA-BBBB-CCCC"}


PROMISE = {"words": "Kirim surat", "due_on": DUE, "owner_name": "Pak Kawil"}
RULE = {"measure": "sessions", "least": 1, "signer": "Ibu Ketua"}
ROWS: list[Row] = [
    reading("list_actions", default=OK, publik=TOKEN_NEEDED),
    reading("read_event_actions", event, **KEPT),
    reading("read_event_actions", draft, default=UNSEEN, publik=TOKEN_NEEDED, eko=OK, because="a draft"),
    writing("create_action", event, data=PROMISE, eko=CREATED),
    reading("read_action", action, default=UNSEEN, publik=TOKEN_NEEDED, eko=OK),
    reading(
        "read_action", lenteras_action, default=UNSEEN, publik=TOKEN_NEEDED, eko=OK, ani=OK, budi=OK,
        because="Lentera's",
    ),
    writing(
        "replace_action", action, method="put", headers=FIRST, data={"words": "Kirim", "due_on": DUE}, default=UNSEEN,
        eko=OK,
    ),
    writing(
        "replace_action", lenteras_action, method="put", headers=FIRST, data={"words": "Kirim", "due_on": DUE},
        default=UNSEEN, eko=OK, ani=DENIED, budi=DENIED, because="its owner doesn't move it",
    ),
    writing("finish_promised", lenteras_action, data={}, default=UNSEEN, eko=OK, ani=OK, budi=OK),
    writing("finish_promised", no_action, data={}, default=UNSEEN, because="nothing there"),
    writing("drop_promised", action, data={"reason": "Batal"}, default=UNSEEN, eko=OK),
    reading("read_minutes", event, **KEPT),
    writing("replace_minutes", event, method="put", headers=NONE_YET, data={"agenda": "Anggaran"}, eko=OK),
    reading("list_meeting_notes", event, **KEPT),
    writing("create_meeting_note", session, data={"kind": "discussed", "text": "Air bersih."}, eko=CREATED),
    writing(
        "replace_meeting_note", note, method="put", headers=FIRST, data={"kind": "decided", "text": "Air."},
        default=UNSEEN, eko=OK,
    ),
    writing("create_feedback", event, data={"questions": ["useful"]}, eko=CREATED),
    reading("read_feedback", asked, **KEPT),
    reading("read_feedback", event, **{**KEPT, "eko": UNSEEN}, because="nothing is asked"),
    writing("end_feedback", asked, eko=OK),
    reading("read_certificate_rule", event, **KEPT),
    writing("replace_certificate_rule", event, method="put", data=RULE, eko=OK),
    writing("create_certificates", certified, eko=OK),
    reading("list_certificates", certified, **KEPT),
    writing("reissue_issued", certificate, data={"name": "Inaq Sari"}, eko=OK),
    writing("withdraw_issued", certificate, data={"reason": "Salah orang"}, eko=OK),
    writing("withdraw_issued", certificate, data={"reason": ""}, eko=INVALID, because="without a reason"),
    # Its code is printed on a wall: whoever reads it may ask, and is told no name.
    reading("read_verdict", code),
    reading("read_verdict", no_code, default=UNSEEN, because="a code that nobody was given"),
    reading("list_scores", event, **KEPT),
    writing("put_event_scores", event, method="put", data=points, eko=OK),
    reading("read_score_summary", event, **KEPT),
]  # fmt: skip
