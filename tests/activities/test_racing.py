"""Many at once, on a database that several may write to: no seat is sold twice, nobody is noted twice."""

from collections import Counter
from functools import partial

import pytest

from simpul.activities.models import Attendance, Registration
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.attendance import CheckIn, check_in
from simpul.activities.services.registrations import accept_offer, withdraw
from simpul.kernel.errors import Conflict
from tests.factories.activities import NOW, START, SYSTEM, enrol, make_event, session_of
from tests.racing import at_once

pytestmark = pytest.mark.racing


def test_ten_people_for_four_seats_take_four(raced: None) -> None:
    event = make_event(capacity=4)
    rows = at_once(*(partial(enrol, event) for _ in range(10)))
    assert [row for row in rows if not isinstance(row, Registration)] == []
    stored = Registration.objects.filter(event=event)
    assert Counter(row.state.value for row in stored) == {"seated": 4, "waiting": 6}
    assert sorted(stored.filter(seat__isnull=False).values_list("seat", flat=True)) == [1, 2, 3, 4]


def test_one_form_sent_by_four_at_once_is_one_registration(raced: None) -> None:
    event, receipt = make_event(capacity=4), new_receipt()
    rows = at_once(*(partial(enrol, event, receipt=receipt) for _ in range(4)))
    assert len({row.pk for row in rows if isinstance(row, Registration)}) == 1
    assert Registration.objects.filter(event=event).count() == 1


def test_one_qr_at_four_doors_at_once_counts_once(raced: None) -> None:
    event, receipt = make_event(), new_receipt()
    enrol(event, receipt=receipt)
    session = session_of(event)
    scan = partial(check_in, SYSTEM, session, shown=pass_of(receipt), now=START)
    noted = at_once(*(partial(scan, door=f"Pintu {n}") for n in range(4)))
    assert Counter(one.is_new for one in noted if isinstance(one, CheckIn)) == {True: 1, False: 3}
    assert Attendance.objects.filter(session=session).count() == 1


def test_an_offer_taken_while_it_is_given_back_has_one_end(raced: None) -> None:
    event = make_event(capacity=1)
    first, second = enrol(event), enrol(event)
    withdraw(SYSTEM, first, now=NOW)
    ends = at_once(
        lambda: accept_offer(SYSTEM, Registration.objects.get(pk=second.pk), now=NOW),
        lambda: withdraw(SYSTEM, Registration.objects.get(pk=second.pk), now=NOW),
    )
    assert all(isinstance(end, Registration | Conflict) for end in ends)
    assert Registration.objects.get(pk=second.pk).state.value == "withdrawn"
    assert not Registration.objects.filter(event=event, seat__isnull=False).exists()
