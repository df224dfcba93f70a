"""Two phones at once, and one phone that sends twice."""

from collections import Counter
from functools import partial

import pytest

from simpul.activities.models import Attendance, Participant
from simpul.activities.passes import new_receipt, pass_of
from simpul.kernel.ids import uuid7
from simpul.offline.models import Delivery, Kind
from simpul.offline.records import Answer, State
from simpul.offline.services import receive_record
from tests.factories.activities import START, SYSTEM, enrol, make_event, session_of
from tests.factories.outboxes import sent
from tests.racing import at_once

pytestmark = pytest.mark.racing


def states(answers: list[object]) -> Counter[str]:
    assert [one for one in answers if not isinstance(one, Answer)] == []
    return Counter(one.state.value for one in answers if isinstance(one, Answer))


def test_one_record_sent_four_times_at_once_is_taken_in_once(raced: None) -> None:
    one = sent(session_of(make_event()), Kind.STRANGER, {"name": "Inaq Contoh"}, at=START)
    answers = at_once(*(partial(receive_record, SYSTEM, one, device=uuid7(), now=START) for _ in range(4)))
    assert states(answers) == {State.ACCEPTED: 1, State.THERE: 3}
    assert len({one.receipt for one in answers if isinstance(one, Answer)}) == 1
    assert (Participant.objects.count(), Delivery.objects.count()) == (1, 1)


def test_one_code_from_four_phones_at_once_is_one_arrival(raced: None) -> None:
    session, receipt = session_of(make_event()), new_receipt()
    enrol(session.event, receipt=receipt)
    records = [sent(session, Kind.ARRIVAL, {"code": pass_of(receipt)}, at=START) for _ in range(4)]
    answers = at_once(*(partial(receive_record, SYSTEM, one, device=uuid7(), now=START) for one in records))
    assert states(answers) == {State.ACCEPTED: 1, State.THERE: 3}
    assert (Attendance.objects.count(), Delivery.objects.count()) == (1, 4)


def test_two_phones_that_note_one_name_at_once_leave_it_to_a_person(raced: None) -> None:
    session = session_of(make_event())
    records = [sent(session, Kind.STRANGER, {"name": "Inaq Contoh"}, at=START) for _ in range(3)]
    answers = at_once(*(partial(receive_record, SYSTEM, one, device=uuid7(), now=START) for one in records))
    assert states(answers) == {State.ACCEPTED: 1, State.CLASH: 2}
    assert Participant.objects.count() == 1
