"""What is said at a meeting: written once, corrected by who saw what stands there."""

from datetime import timedelta

import pytest

from simpul.activities.kinds import NoteKind
from simpul.activities.models import MeetingNote
from simpul.activities.queries.notes import note_for, notes_of
from simpul.activities.services.life import cancel_event
from simpul.activities.services.notes import LONGEST, change_note, write_note
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.activities.conftest import Frame
from tests.factories.activities import START, SYSTEM, make_event, session_of
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
SAID = "Anggaran air bersih ditambah."


def write(frame: Frame, text: str = SAID, **more: object) -> MeetingNote:
    told = {"kind": NoteKind.DECIDED, "text": text, "now": START, **more}
    return write_note(frame.door, session_of(frame.event), **told)  # type: ignore[arg-type]


@audits(write_note, change_note)
def test_notes_are_written_and_corrected(frame: Frame) -> None:
    note = write(frame, noted_at=START - timedelta(hours=1))
    changed = change_note(
        frame.door, note_for(frame.door, note.pk), seen=1, kind=NoteKind.ASKED, text=" Siapa? ", now=START
    )
    assert (changed.kind, changed.text.open(), changed.version) == ("asked", "Siapa?", 2)
    assert [row.pk for row in notes_of(frame.door, frame.event)] == [note.pk]
    acts = Act.objects.filter(act__in=("activities.write_note", "activities.change_note")).order_by("pk")
    assert [act.act for act in acts] == ["activities.write_note", "activities.change_note"]
    assert SAID not in str(list(acts.values()))


def test_the_same_note_twice_is_one(frame: Frame) -> None:
    key = uuid7()
    assert write(frame, id=key) == write(frame, id=key)
    other = session_of(make_event(frame.host))
    with pytest.raises(Conflict) as error:
        write_note(SYSTEM, other, kind=NoteKind.ASKED, text=SAID, id=key, now=START)
    assert error.value.code == "id_taken"


def test_a_clock_that_is_ahead_is_not_believed(frame: Frame) -> None:
    assert write(frame, noted_at=START + timedelta(days=400)).noted_at == START


def test_who_was_slower_is_shown_both_and_may_insist(frame: Frame) -> None:
    note = write(frame)
    change_note(frame.door, note_for(frame.door, note.pk), seen=1, kind=NoteKind.DECIDED, text="Kata Eko", now=START)
    mine = {"kind": NoteKind.DECIDED, "text": "Kata Ani", "now": START}
    with pytest.raises(Conflict) as error:
        change_note(frame.door, note_for(frame.door, note.pk), seen=1, **mine)
    assert (error.value.code, error.value.theirs["text"], error.value.theirs["version"]) == (
        "edited_meanwhile", "Kata Eko", 2,
    )  # fmt: skip
    assert change_note(frame.door, note_for(frame.door, note.pk), seen=2, **mine).text.open() == "Kata Ani"
    assert change_note(frame.door, note_for(frame.door, note.pk), seen=1, **mine).version == 3


@pytest.mark.parametrize("text", ["", "   \n", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(frame: Frame, text: str) -> None:
    with pytest.raises(Invalid):
        write(frame, text)


def test_of_a_cancelled_event_nothing_is_noted(frame: Frame) -> None:
    cancel_event(frame.planner, frame.event, reason="Banjir", now=START - timedelta(days=1))
    with pytest.raises(Conflict):
        write(frame)


@denies(write_note, change_note)
def test_only_who_receives_people_writes_and_reads(frame: Frame) -> None:
    note = write(frame)
    with pytest.raises(Denied):
        write_note(frame.stranger, session_of(frame.event), kind=NoteKind.ASKED, text=SAID, now=START)
    with pytest.raises(Denied):
        change_note(frame.planner, note, seen=1, kind=NoteKind.ASKED, text=SAID, now=START)
    with pytest.raises(Denied):
        notes_of(frame.stranger, frame.event)
    with pytest.raises(NotFound):
        note_for(frame.stranger, note.pk)


def test_what_was_said_lies_encrypted(frame: Frame) -> None:
    note = write(frame)
    assert SAID not in str(MeetingNote.objects.filter(pk=note.pk).values())
