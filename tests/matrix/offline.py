"""The door without a signal: its page, its list and the notes are for who receives people at the event."""

from simpul.activities.models import MeetingNote
from simpul.activities.services.notes import write_note
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, make_event, session_of
from tests.matrix import DENIED, INVALID, LOGIN, OK, UNSEEN, Row, row
from tests.matrix.activities import no_session, session


def written(cast: Cast) -> MeetingNote:
    return write_note(SYSTEM, session_of(make_event(cast.forum)), kind="decided", text="Kata rapat", now=NOW)


def note(cast: Cast) -> dict[str, object]:
    return {"note_id": written(cast).pk}


def no_note(cast: Cast) -> dict[str, object]:
    return {"note_id": uuid7()}


GUARDED = {"default": DENIED, "publik": LOGIN}
ROWS: list[Row] = [
    row("offline:worker", default=OK),
    row("offline:shell", default=OK, publik=LOGIN, because="it holds nothing"),
    row("offline:deliver", method="post", default=400, because="there is nothing in it"),
    *(row(f"offline:{page}", session, **GUARDED, eko=OK) for page in ("door", "notes")),
    *(
        row(f"offline:{page}", no_session, default=UNSEEN, publik=LOGIN, because="nothing there")
        for page in ("door", "notes")
    ),
    row("offline:kit", session, method="post", **GUARDED, eko=OK),
    row("offline:kit", no_session, method="post", default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("offline:notes", session, method="post", **GUARDED, eko=INVALID),
    row("offline:note", note, default=UNSEEN, publik=LOGIN, eko=OK),
    row("offline:note", note, method="post", default=UNSEEN, publik=LOGIN, eko=INVALID),
    row("offline:note", no_note, default=UNSEEN, publik=LOGIN, because="nothing there"),
]
