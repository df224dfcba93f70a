"""Who was there: once for each session, by the earliest word of it; heads where nobody is named."""

from datetime import timedelta

import pytest

from simpul.activities.models import Attendance, HeadCount, Participant
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.queries.attendance import attendance_of, door_list, tally_for
from simpul.activities.queries.registrations import find_participants, registration_by_receipt
from simpul.activities.services.attendance import Heads, check_in, count_heads, undo_check_in, walk_in
from simpul.activities.services.life import cancel_event, close_event, hold_event
from simpul.activities.services.programme import add_session
from simpul.activities.services.registrations import withdraw
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.activities.conftest import Frame
from tests.factories.activities import NOW, START, SYSTEM, TITLE, came, enrol, make_event, session_of, somebody

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


def test_a_pass_finds_its_registration_and_no_other_event_s(frame: Frame) -> None:
    receipt = new_receipt()
    row = enrol(frame.event, receipt=receipt)
    done = check_in(frame.door, session_of(frame.event), shown=pass_of(receipt).lower(), now=START)
    assert (done.is_new, done.attendance.participant_id) == (True, row.participant_id)
    other = make_event(frame.host)
    for session, shown in ((session_of(other), pass_of(receipt)), (session_of(frame.event), pass_of(new_receipt()))):
        with pytest.raises(Invalid) as error:
            check_in(frame.door, session, shown=shown, now=START)
        assert error.value.code == "unknown_pass"
    with pytest.raises(NotFound):
        check_in(frame.door, session_of(other), participant=row.participant, now=START)


def test_a_pass_opens_nothing_and_names_nobody(frame: Frame) -> None:
    receipt = new_receipt()
    row = enrol(frame.event, somebody("Inaq Sari"), receipt=receipt)
    shown = pass_of(receipt)
    assert registration_by_receipt(receipt) == row
    with pytest.raises(NotFound):
        registration_by_receipt(shown)
    assert shown.replace("-", "") not in receipt.replace("-", "")
    assert pass_of("kosong") == ""


def test_noted_again_the_earlier_arrival_stands(frame: Frame) -> None:
    """A telephone without signal for an hour, and its twin that was online."""
    row, session = enrol(frame.event), session_of(frame.event)
    online = check_in(frame.door, session, participant=row.participant, now=START + AN_HOUR)
    offline = check_in(
        frame.door, session, participant=row.participant, arrived_at=START, id=uuid7(), now=START + 2 * AN_HOUR
    )
    assert (online.is_new, offline.is_new) == (True, False)
    assert offline.attendance.pk == online.attendance.pk
    assert Attendance.objects.get().arrived_at == START


def test_a_clock_that_is_ahead_is_not_believed(frame: Frame) -> None:
    row = enrol(frame.event)
    done = check_in(
        frame.door, session_of(frame.event), participant=row.participant, arrived_at=START + AN_HOUR, now=START
    )
    assert done.attendance.arrived_at == START


def test_somebody_undone_may_be_noted_again(frame: Frame) -> None:
    row, session = enrol(frame.event), session_of(frame.event)
    done = check_in(frame.door, session, participant=row.participant, now=START)
    undo_check_in(frame.door, done.attendance, reason="Salah orang", now=START)
    assert check_in(frame.door, session, participant=row.participant, now=START).is_new
    assert attendance_of(frame.door, session).count() == 1


def test_who_comes_unannounced_is_somebody_new_once(frame: Frame) -> None:
    key, session = uuid7(), session_of(frame.event)
    notes = [walk_in(frame.door, session, details=somebody("Amaq Rudi", phone=""), id=key, now=START) for _ in range(2)]
    assert [note.is_new for note in notes] == [True, False]
    assert Participant.objects.filter(event=frame.event).count() == 1
    with pytest.raises(Conflict):
        walk_in(frame.door, session_of(make_event(frame.host)), details=somebody(), id=key, now=START)


def test_people_of_two_sessions_are_counted_once_for_the_event(frame: Frame) -> None:
    event = frame.event
    morning = add_session(SYSTEM, event, starts_at=START, ends_at=START + AN_HOUR, title=TITLE, now=NOW)
    noon = add_session(SYSTEM, event, starts_at=START + AN_HOUR, ends_at=START + 2 * AN_HOUR, title=TITLE, now=NOW)
    woman = enrol(event, somebody(sex="P", age_band="25-39", disability="none")).participant
    man = enrol(event, somebody(sex="L", disability="physical")).participant
    enrol(event, somebody(sex="P"))
    for session, person in ((morning, woman), (noon, woman), (morning, man)):
        check_in(SYSTEM, session, participant=person, now=START)
    guest = walk_in(SYSTEM, noon, details=somebody(sex="P"), now=START).attendance
    found = tally_for(frame.door, event)
    assert (found.people, found.registered, found.came_unannounced) == (3, 3, 1)
    assert found.by["sex"] == {"L": 1, "P": 2}
    assert found.by["age_band"] == {"": 2, "25-39": 1}
    assert found.by["disability"] == {"": 1, "none": 1, "physical": 1}
    assert found.sessions == {morning.pk: 2, noon.pk: 2}
    assert {sum(counts.values()) for counts in found.by.values()} == {3}
    undo_check_in(SYSTEM, guest, reason="Pengantar", now=START)
    assert tally_for(frame.door, event).people == 2
    with pytest.raises(Denied):
        tally_for(frame.planner, event)


def test_of_a_sensitive_event_heads_are_counted_and_nobody_is_named(frame: Frame) -> None:
    event = make_event(frame.host, is_sensitive=True)
    session = session_of(event)
    for act in (
        lambda: check_in(frame.door, session, shown="KODE", now=START),
        lambda: walk_in(frame.door, session, details=somebody(), now=START),
        lambda: enrol(event),
    ):
        with pytest.raises(Conflict) as error:
            act()
        assert error.value.code == "counts_only"
    first = [Heads(7, sex="P", age_band="25-39"), Heads(2, sex="L")]
    count_heads(frame.door, session, rows=first, now=START)
    count_heads(frame.door, session, rows=list(reversed(first)), now=START)
    assert HeadCount.objects.count() == 2, "the same count in another order is the same count"
    count_heads(frame.door, session, rows=[Heads(9, sex="P"), Heads(2, sex="L")], now=START)
    found = tally_for(frame.door, event)
    assert (found.people, found.by["sex"]) == (11, {"L": 2, "P": 9})
    assert HeadCount.objects.filter(superseded_at=None).count() == 2


def test_of_heads_counted_session_by_session_the_fullest_stands_for_the_event(frame: Frame) -> None:
    event = make_event(frame.host, is_sensitive=True)
    first = add_session(SYSTEM, event, starts_at=START, ends_at=START + AN_HOUR, title=TITLE, now=NOW)
    second = add_session(SYSTEM, event, starts_at=START + AN_HOUR, ends_at=START + 2 * AN_HOUR, title=TITLE, now=NOW)
    count_heads(SYSTEM, first, rows=[Heads(20, sex="P")], now=START)
    count_heads(SYSTEM, second, rows=[Heads(12, sex="P"), Heads(15, sex="L")], now=START)
    assert tally_for(frame.door, event).by["sex"] == {"L": 15, "P": 12}


def test_heads_are_not_counted_beside_names(frame: Frame) -> None:
    came(frame.event, somebody())
    with pytest.raises(Conflict) as error:
        count_heads(SYSTEM, session_of(frame.event), rows=[Heads(5)], now=START)
    assert error.value.code == "named"


def test_nothing_is_noted_of_a_cancelled_or_closed_event(frame: Frame) -> None:
    row = enrol(frame.event)
    cancelled = make_event(frame.host)
    cancel_event(SYSTEM, cancelled, reason="Hujan", now=NOW)
    hold_event(SYSTEM, frame.event, now=START)
    close_event(SYSTEM, frame.event, now=START + AN_HOUR)
    with pytest.raises(Conflict) as closed:
        check_in(frame.door, session_of(frame.event), participant=row.participant, now=START)
    with pytest.raises(Conflict) as over:
        walk_in(frame.door, session_of(cancelled), details=somebody(), now=START)
    assert (closed.value.code, over.value.code) == ("closed", "cancelled")


def test_the_list_at_the_door_shows_who_is_expected_and_who_is_here(frame: Frame) -> None:
    expected, gone = enrol(frame.event), enrol(frame.event)
    withdraw(SYSTEM, gone, now=NOW)
    (guest,) = came(frame.event, somebody())
    shown = door_list(frame.door, session_of(frame.event))
    assert [(one.participant, one.here is not None) for one in shown] == [
        (expected.participant, False),
        (guest, True),
    ]
    with pytest.raises(Denied):
        door_list(frame.planner, session_of(frame.event))


def test_names_are_found_by_their_words_whatever_their_spelling(frame: Frame) -> None:
    came(frame.event, somebody("Baiq Rini Astuti"))
    enrol(frame.event, somebody("Lalu Réza"))
    assert [row.name.open() for row in find_participants(frame.door, frame.event, "rini BAIQ")] == ["Baiq Rini Astuti"]
    assert [row.name.open() for row in find_participants(frame.door, frame.event, "reza")] == ["Lalu Réza"]
    with pytest.raises(Denied):
        find_participants(frame.stranger, frame.event, "rini")
