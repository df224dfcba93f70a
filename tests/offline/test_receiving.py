"""What a phone wrote without a signal: each record taken in by itself, once, and answered; a clash is a person's to
settle.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from simpul.activities.kinds import How, NoteKind
from simpul.activities.models import Attendance, Event, MeetingNote, Participant, Session
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.attendance import check_in, undo_check_in, walk_in
from simpul.activities.services.life import cancel_event, close_event, hold_event
from simpul.activities.services.notes import change_note
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.offline.models import Delivery, Kind
from simpul.offline.records import MOST_LETTERS, Answer, Sent, State, read
from simpul.offline.rounds import deliveries
from simpul.offline.services import KEPT, drop_deliveries, receive_record
from tests.activities.conftest import worker
from tests.factories.activities import START, SYSTEM, enrol, make_event, session_of, somebody
from tests.factories.organisations import make_organisation
from tests.factories.outboxes import sent
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PHONE = uuid7()
NAME = "Inaq Contoh Lestari"


@pytest.fixture
def event(db: None) -> Event:
    return make_event(make_organisation())


@pytest.fixture
def session(event: Event) -> Session:
    return session_of(event)


@pytest.fixture
def door(event: Event) -> Actor:
    return worker(event.owner_organisation, "attendance.record", "organisation.see_protected")


def deliver(actor: Actor, one: Sent, *, late: timedelta = HOUR) -> Answer:
    return receive_record(actor, one, device=PHONE, now=START + late)


def arrival(session: Session, **content: Any) -> Sent:
    return sent(session, Kind.ARRIVAL, content, at=START)


def stranger(session: Session, name: str = NAME, **content: Any) -> Sent:
    return sent(session, Kind.STRANGER, {"name": name, **content}, at=START)


def note(session: Session, text: str, **content: Any) -> Sent:
    return sent(session, Kind.NOTE, {"kind": NoteKind.DECIDED.value, "text": text, **content}, at=START)


@audits(receive_record)
def test_an_arrival_is_taken_in_with_its_own_time_and_a_receipt(session: Session, door: Actor) -> None:
    receipt = new_receipt()
    row = enrol(session.event, somebody(NAME), receipt=receipt)
    answer = deliver(door, arrival(session, code=pass_of(receipt)))
    here = Attendance.objects.get()
    assert (answer.state, answer.name, here.participant_id) == (State.ACCEPTED, NAME, row.participant_id)
    assert (here.arrived_at, here.recorded_at, here.how) == (START, START + HOUR, How.QR)
    stored = Delivery.objects.get()
    assert (answer.receipt, answer.received_at) == (stored.receipt, START + HOUR)
    assert Act.objects.filter(act="offline.receive_record").count() == 1


def test_delivered_again_it_is_answered_with_the_same_receipt(session: Session, door: Actor) -> None:
    one = stranger(session)
    first, again = deliver(door, one), deliver(door, one, late=3 * HOUR)
    assert (first.state, again.state) == (State.ACCEPTED, State.THERE)
    assert (again.receipt, again.received_at) == (first.receipt, START + HOUR)
    assert (Participant.objects.count(), Attendance.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_its_twin_that_was_online_noted_it_before(session: Session, door: Actor) -> None:
    """The phone was without a signal for an hour; of the two arrivals the earlier stands, and it has its proof."""
    row = enrol(session.event)
    check_in(SYSTEM, session, participant=row.participant, now=START + HOUR / 2)
    answer = deliver(door, arrival(session, participant=str(row.participant_id)))
    assert (answer.state, bool(answer.receipt)) == (State.THERE, True)
    assert Attendance.objects.get().arrived_at == START


def test_one_code_at_two_doors_is_one_arrival_with_two_receipts(session: Session, door: Actor) -> None:
    receipt = new_receipt()
    enrol(session.event, receipt=receipt)
    answers = [deliver(door, arrival(session, code=pass_of(receipt), door=name)) for name in ("Barat", "Timur")]
    assert [one.state for one in answers] == [State.ACCEPTED, State.THERE]
    assert len({one.receipt for one in answers}) == 2
    assert Attendance.objects.get().door == "Barat"


def test_what_was_taken_back_meanwhile_is_a_person_s_to_decide(session: Session, door: Actor) -> None:
    row = enrol(session.event, somebody(NAME))
    done = check_in(SYSTEM, session, participant=row.participant, now=START)
    undo_check_in(SYSTEM, done.attendance, reason="Salah orang", now=START + HOUR / 2)
    one = arrival(session, participant=str(row.participant_id))
    answer = deliver(door, one)
    assert (answer.state, answer.code, answer.receipt) == (State.CLASH, "taken_back", "")
    assert (answer.theirs["name"], answer.theirs["reason"]) == (NAME, "Salah orang")
    assert not Attendance.objects.filter(undone_at=None).exists()
    insists = sent(session, Kind.ARRIVAL, {**one.content, "insists": True}, at=START, id=one.id)
    assert deliver(door, insists).state == State.ACCEPTED
    assert Attendance.objects.filter(undone_at=None).count() == 1


def test_noted_after_it_was_taken_back_it_is_an_arrival(session: Session, door: Actor) -> None:
    row = enrol(session.event)
    done = check_in(SYSTEM, session, participant=row.participant, now=START - HOUR)
    undo_check_in(SYSTEM, done.attendance, reason="Belum datang", now=START - HOUR / 2)
    assert deliver(door, arrival(session, participant=str(row.participant_id))).state == State.ACCEPTED


def test_two_phones_note_somebody_of_one_name_and_a_person_says_who_it_is(session: Session, door: Actor) -> None:
    walk_in(SYSTEM, session, details=somebody(NAME, sex="P", organisation_name="Kelompok Contoh"), now=START)
    one = stranger(session, "inaq CONTOH lestari", sex="P")
    answer = deliver(door, one)
    assert (answer.state, answer.code, answer.same) == (State.CLASH, "alike", Participant.objects.get().pk)
    assert (answer.theirs["name"], answer.theirs["organisation"]) == (NAME, "Kelompok Contoh")
    same = sent(session, Kind.STRANGER, {**one.content, "same": str(answer.same)}, at=START, id=one.id)
    assert deliver(door, same).state == State.THERE
    assert Participant.objects.count() == 1


def test_or_that_it_is_somebody_else(session: Session, door: Actor) -> None:
    walk_in(SYSTEM, session, details=somebody(NAME), now=START)
    one = stranger(session, insists=True)
    assert deliver(door, one).state == State.ACCEPTED
    assert (Participant.objects.count(), Attendance.objects.count()) == (2, 2)


def test_the_same_number_with_other_words_is_a_clash_and_changes_nothing(session: Session, door: Actor) -> None:
    one = stranger(session)
    deliver(door, one)
    other = sent(session, Kind.STRANGER, {"name": "Orang Lain"}, at=START, id=one.id)
    answer = deliver(door, other)
    assert (answer.state, answer.code, answer.theirs["name"]) == (State.CLASH, "other_words", NAME)
    assert Participant.objects.get().name.open() == NAME


def test_somebody_else_s_number_tells_nothing(session: Session, door: Actor) -> None:
    assert isinstance(door, Member)
    one = stranger(session)
    deliver(replace(door, person_id=uuid7()), one)
    for words in (NAME, "Coba"):
        tried = sent(session, Kind.STRANGER, {"name": words}, at=START, id=one.id)
        answer = deliver(replace(door, person_id=uuid7()), tried)
        assert (answer.state, answer.theirs, answer.receipt) == (State.CLASH, {}, "")


def test_a_village_is_looked_up_and_an_unknown_one_is_said(session: Session, door: Actor) -> None:
    areas("52.03.05.2008")
    known, unknown = stranger(session, "Satu", area="Masbagik Utara Baru"), stranger(session, "Dua", area="Antah")
    assert deliver(door, known).said == ""
    assert str(deliver(door, unknown).said)
    codes = [row.area.code if row.area else "" for row in Participant.objects.order_by("recorded_at", "pk")]
    assert codes == ["52.03.05.2008", ""]


def test_a_note_is_written_then_corrected_and_a_faster_hand_is_met(session: Session, door: Actor) -> None:
    first = note(session, "Air bersih dianggarkan.")
    answer = deliver(door, first)
    assert (answer.state, answer.seen) == (State.ACCEPTED, 1)
    stored = MeetingNote.objects.select_related("session__event").get()
    change_note(SYSTEM, stored, seen=1, kind=NoteKind.DECIDED, text="Kata orang lain.", now=START)
    mine = note(session, "Kata kami.", note=str(first.id), seen=1)
    met = deliver(door, mine)
    assert (met.state, met.code, met.theirs["text"], met.seen) == (
        State.CLASH, "edited_meanwhile", "Kata orang lain.", 2,
    )  # fmt: skip
    insists = sent(session, Kind.NOTE, {**mine.content, "seen": met.seen}, at=START, id=mine.id)
    assert deliver(door, insists).state == State.ACCEPTED
    assert MeetingNote.objects.get().text.open() == "Kata kami."


def test_what_can_t_be_taken_in_is_refused_in_words_and_may_be_sent_again(session: Session, door: Actor) -> None:
    event = hold_event(SYSTEM, session.event, now=START)
    close_event(SYSTEM, event, now=START)
    one = stranger(session)
    answer = deliver(door, one)
    assert (answer.state, answer.code) == (State.REFUSED, "closed")
    assert str(answer.said)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"code": "2222222222"}, "unknown_pass"),
        ({"code": ""}, "unknown_pass"),
        ({"participant": str(uuid7())}, "not_found"),
    ],
)
def test_a_code_of_nobody_here_is_refused(session: Session, door: Actor, content: dict[str, str], code: str) -> None:
    answer = deliver(door, arrival(session, **content))
    assert (answer.state, answer.code) == (State.REFUSED, code)


@pytest.mark.parametrize("content", [{}, {"name": ["a"]}, {"name": "x", "sex": "?"}, {"name": "", "insists": 1}])
def test_what_makes_no_sense_is_refused(session: Session, door: Actor, content: dict[str, Any]) -> None:
    assert deliver(door, sent(session, Kind.STRANGER, content, at=START)).state == State.REFUSED
    assert not Participant.objects.exists()


def test_nothing_of_a_cancelled_event(session: Session, door: Actor) -> None:
    cancel_event(SYSTEM, session.event, reason="Banjir", now=START)
    assert {deliver(door, one).code for one in (stranger(session), note(session, "Kata"))} == {"cancelled"}


@denies(receive_record)
def test_of_who_receives_nobody_there_nothing_is_taken(session: Session) -> None:
    elsewhere = worker(make_organisation(), "attendance.record", "organisation.see_protected")
    for one in (stranger(session), arrival(session, code="2222222222"), note(session, "Kata")):
        assert deliver(elsewhere, one).code == "denied"
    hidden = session_of(make_event(published=False))
    assert deliver(elsewhere, stranger(hidden)).code == deliver(elsewhere, _of_nothing()).code == "not_found"
    assert not Delivery.objects.exists()
    assert not Attendance.objects.exists()


def _of_nothing() -> Sent:
    return Sent(uuid7(), Kind.STRANGER, uuid7(), {"name": NAME}, START)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"kind": "arrival"}', '{"kind": "x", "session": 1, "content": {}}',
             '{"kind": "arrival", "session": "0190", "content": {}}', "[" * 5000, '"' + "x" * (MOST_LETTERS + 1) + '"'],
)  # fmt: skip
def test_what_no_phone_of_ours_writes_is_damaged(text: str) -> None:
    with pytest.raises(Invalid):
        read(uuid7(), text, noted_at=START)


def test_nothing_in_the_book_tells_what_was_said(session: Session, door: Actor) -> None:
    deliver(door, stranger(session))
    assert NAME not in str(Delivery.objects.values())
    assert NAME not in str(Act.objects.values())


@audits(drop_deliveries)
def test_its_proof_is_kept_for_a_year_and_what_was_delivered_for_good(session: Session, door: Actor) -> None:
    old = [stranger(session), note(session, "Air bersih dianggarkan.")]
    for one in old:
        deliver(door, one)
    deliver(door, arrival(session, participant=str(enrol(session.event).participant_id)), late=2 * HOUR)
    due = START + HOUR + KEPT
    assert deliveries(lambda: due) == 0
    assert deliveries(lambda: due + HOUR / 2) == 2
    assert [row.received_at for row in Delivery.objects.all()] == [START + 2 * HOUR]
    assert (Attendance.objects.count(), MeetingNote.objects.count()) == (2, 1)
    told = [act.details for act in Act.objects.filter(act="offline.drop_deliveries")]
    assert told == [{"deliveries": 2}]


def test_sent_again_after_its_proof_has_gone_nothing_is_made_twice(session: Session, door: Actor) -> None:
    """From a queue that was saved to a file."""
    sent_before = [
        stranger(session), note(session, "Air bersih dianggarkan."),
        arrival(session, participant=str(enrol(session.event).participant_id)),
    ]  # fmt: skip
    for one in sent_before:
        deliver(door, one)
    deliveries(lambda: START + KEPT + 2 * HOUR)
    assert not Delivery.objects.exists()
    answers = [deliver(door, one, late=KEPT + 3 * HOUR) for one in sent_before]
    assert [one.state for one in answers] == [State.THERE] * 3
    assert (Participant.objects.count(), Attendance.objects.count(), MeetingNote.objects.count()) == (2, 2, 1)


@denies(drop_deliveries)
def test_no_person_drops_a_proof(session: Session, door: Actor) -> None:
    deliver(door, stranger(session))
    with pytest.raises(Denied):
        drop_deliveries(door, now=START + 2 * KEPT)
    assert Delivery.objects.count() == 1


def test_so_many_at_once_and_the_oldest_first(session: Session, door: Actor) -> None:
    for number in range(3):
        deliver(door, stranger(session, f"Peserta {number}"), late=number * HOUR)
    assert [drop_deliveries(SYSTEM, now=START + 2 * KEPT, most=2) for _round in range(3)] == [2, 1, 0]
