"""Seats: given in order, kept for groups, offered to those who wait, taken back in time; never more than there are."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.activities.models import Event, Registration, Telling, What
from simpul.activities.passes import new_receipt
from simpul.activities.queries.registrations import place_in_line
from simpul.activities.queries.seats import Openness, openness, reservations_of, seats_of
from simpul.activities.rounds import offers
from simpul.activities.services.registrations import accept_offer, register, settle_offers, withdraw
from simpul.activities.services.seats import release_seats, reserve_seats, set_capacity
from simpul.activities.states import SeatState
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Invalid
from tests.activities.conftest import worker
from tests.factories.activities import NOW, START, SYSTEM, enrol, make_event, somebody
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def states(event: Event) -> list[str]:
    return [row.state.value for row in Registration.objects.filter(event=event).order_by("registered_at", "id")]


def again(row: Registration) -> Registration:
    return Registration.objects.get(pk=row.pk)


def gone(row: Registration, now: datetime = NOW) -> Registration:
    return withdraw(SYSTEM, row, now=now)


def test_the_last_seat_is_given_once_and_the_next_waits() -> None:
    event = make_event(capacity=2)
    rows = [enrol(event) for _ in range(4)]
    assert states(event) == ["seated", "seated", "waiting", "waiting"]
    assert [row.seat for row in rows] == [1, 2, None, None]
    assert [place_in_line(row) for row in rows] == [0, 0, 1, 2]
    seats = seats_of(event, now=NOW)
    assert (seats.taken, seats.waiting, seats.free, seats.is_full) == (2, 2, 0, True)


def test_an_event_without_an_end_of_seats_seats_everybody() -> None:
    event = make_event()
    assert {enrol(event).state for _ in range(3)} == {SeatState.SEATED}
    assert seats_of(event, now=NOW).free is None


def test_a_seat_given_back_is_offered_to_the_next_and_blocked_until_they_answer() -> None:
    event = make_event(capacity=1)
    first, second, third = (enrol(event) for _ in range(3))
    gone(first)
    assert [again(row).state for row in (second, third)] == [SeatState.OFFERED, SeatState.WAITING]
    assert enrol(event).state is SeatState.WAITING, "an offered seat is nobody else's"
    assert accept_offer(SYSTEM, again(second), now=NOW).state is SeatState.SEATED
    assert accept_offer(SYSTEM, again(second), now=NOW).seat == 1
    with pytest.raises(Conflict) as error:
        accept_offer(SYSTEM, again(third), now=NOW)
    assert error.value.code == "no_offer"


def test_an_offer_that_nobody_answers_goes_to_the_next() -> None:
    event = make_event(capacity=1, offer_hours=6)
    first, second, third = (enrol(event) for _ in range(3))
    gone(first)
    assert again(second).offered_until == NOW + timedelta(hours=6)
    late = NOW + timedelta(hours=7)
    assert offers(lambda: late) == 1
    assert [again(row).state for row in (second, third)] == [SeatState.LAPSED, SeatState.OFFERED]
    with pytest.raises(Conflict) as error:
        accept_offer(SYSTEM, again(second), now=late)
    assert error.value.code == "offer_over"
    assert list(Telling.objects.filter(what=What.OFFERED).values_list("registration", flat=True)) == [
        second.pk,
        third.pk,
    ]


def test_an_answer_a_moment_late_is_too_late_without_any_worker() -> None:
    event = make_event(capacity=1, offer_hours=6)
    first, second, third = (enrol(event) for _ in range(3))
    gone(first)
    with pytest.raises(Conflict):
        accept_offer(SYSTEM, again(second), now=NOW + timedelta(hours=6))
    assert accept_offer(SYSTEM, again(third), now=NOW + timedelta(hours=7)).state is SeatState.SEATED


def test_an_offer_ends_when_the_event_begins_and_none_is_made_afterwards() -> None:
    event = make_event(capacity=1, offer_hours=100)
    first, second = enrol(event), enrol(event)
    shortly = START - timedelta(hours=2)
    gone(first, shortly)
    assert again(second).offered_until == START
    settle_offers(SYSTEM, event, now=START)
    assert again(second).state is SeatState.LAPSED
    assert not settle_offers(SYSTEM, event, now=START + A_DAY)


def test_a_newcomer_never_overtakes_who_waits() -> None:
    event = make_event(capacity=1, offer_hours=2)
    first, second = enrol(event), enrol(event)
    gone(first)
    late = NOW + timedelta(hours=3)  # the offer to `second` is over, nobody has looked since
    third = enrol(event, now=late)
    assert (again(second).state, third.state) == (SeatState.LAPSED, SeatState.SEATED)
    fourth, fifth = enrol(event, now=late), None
    gone(third, late)
    fifth = enrol(event, now=late)
    assert (again(fourth).state, fifth.state) == (SeatState.OFFERED, SeatState.WAITING)


def test_seats_kept_for_a_group_are_theirs_by_code_or_by_their_own_people() -> None:
    group = make_organisation()
    event = make_event(capacity=3)
    kept, code = reserve_seats(SYSTEM, event, organisation=group, seats=2, now=NOW)
    assert seats_of(event, now=NOW).free == 1
    assert [enrol(event).state for _ in range(2)] == [SeatState.SEATED, SeatState.WAITING]
    by_code = enrol(event, code=code.lower().replace("-", " "))
    by_grant = enrol(event, actor=worker(group))
    assert {by_code.reservation, by_grant.reservation} == {kept}
    assert [row.taken for row in reservations_of(event)] == [2]  # type: ignore[attr-defined]
    assert enrol(event, code=code).state is SeatState.WAITING, "a third of the group waits like anybody"
    with pytest.raises(Invalid) as error:
        enrol(event, code=new_receipt())
    assert (error.value.code, error.value.field) == ("bad_code", "code")


def test_released_seats_go_to_those_who_wait() -> None:
    event = make_event(capacity=2)
    kept, code = reserve_seats(SYSTEM, event, organisation=make_organisation(), seats=1, now=NOW)
    _seated, waiting = enrol(event), enrol(event)
    release_seats(SYSTEM, kept, now=NOW)
    assert again(waiting).state is SeatState.OFFERED
    with pytest.raises(Invalid):
        enrol(event, code=code)


def test_more_seats_than_are_free_can_t_be_kept() -> None:
    event = make_event(capacity=3)
    enrol(event)
    with pytest.raises(Conflict) as error:
        reserve_seats(SYSTEM, event, organisation=make_organisation(), seats=3, now=NOW)
    assert (error.value.code, error.value.theirs) == ("not_enough_seats", {"free": 2})
    with pytest.raises(Invalid):
        reserve_seats(SYSTEM, make_event(), organisation=make_organisation(), seats=1, now=NOW)


def test_more_seats_are_offered_in_the_order_of_the_line() -> None:
    event = make_event(capacity=1)
    _first, second, third, fourth = (enrol(event) for _ in range(4))
    set_capacity(SYSTEM, event, capacity=3, now=NOW)
    assert [again(row).state.value for row in (second, third, fourth)] == ["offered", "offered", "waiting"]
    set_capacity(SYSTEM, event, capacity=None, now=NOW)
    assert {again(row).state for row in (second, third, fourth)} == {SeatState.SEATED}


def test_an_event_gets_an_end_of_seats_later_and_not_below_those_given() -> None:
    event = make_event()
    rows = [enrol(event) for _ in range(3)]
    with pytest.raises(Conflict) as error:
        set_capacity(SYSTEM, event, capacity=2, now=NOW)
    assert (error.value.code, error.value.theirs) == ("seats_given", {"held": 3})
    set_capacity(SYSTEM, event, capacity=3, now=NOW)
    assert [again(row).seat for row in rows] == [1, 2, 3]
    gone(rows[0])
    set_capacity(SYSTEM, event, capacity=2, now=NOW)
    assert sorted(again(row).seat or 0 for row in rows) == [0, 1, 2]


def test_a_freed_number_is_given_again() -> None:
    event = make_event(capacity=3)
    rows = [enrol(event) for _ in range(3)]
    gone(rows[1])
    assert enrol(event).seat == 2


def test_the_same_receipt_is_the_same_registration_however_often_it_is_sent() -> None:
    event, receipt = make_event(capacity=5), new_receipt()
    rows = [enrol(event, somebody("Sari"), receipt=receipt) for _ in range(3)]
    assert len({row.pk for row in rows}) == 1
    assert seats_of(event, now=NOW).taken == 1
    with pytest.raises(Conflict) as error:
        enrol(make_event(), receipt=receipt)
    assert error.value.code == "id_taken"
    with pytest.raises(Conflict):
        enrol(event, id=rows[0].pk)
    with pytest.raises(Invalid) as missing:
        enrol(event, receipt="bukan resi")
    assert missing.value.code == "bad_receipt"


def test_the_database_gives_no_seat_of_an_event_to_two() -> None:
    """Whatever a service would do: not even code that forgot the lock sells a seat twice."""
    event = make_event(capacity=2)
    rows = [enrol(event) for _ in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=rows[1].pk).update(seat=rows[0].seat)


@pytest.mark.parametrize(
    ("more", "now", "expected"),
    [
        ({}, NOW, Openness.OPEN),
        ({"registration_opens_at": NOW + A_DAY}, NOW, Openness.NOT_YET),
        ({"registration_closes_at": NOW}, NOW, Openness.OVER),
        ({}, START + A_DAY, Openness.OVER),
        ({"takes_registrations": False}, NOW, Openness.NONE),
    ],
)
def test_registration_is_open_from_its_first_to_its_last_moment(
    more: dict[str, object], now: datetime, expected: Openness
) -> None:
    event = make_event(**more)
    assert openness(event, now=now) is expected
    if expected is Openness.OPEN:
        assert enrol(event, now=now).pk
    else:
        with pytest.raises(Conflict) as error:
            enrol(event, now=now)
        assert error.value.code == "registration_closed"


def test_who_receives_people_may_still_register_somebody() -> None:
    host = make_organisation()
    event = make_event(host, registration_closes_at=NOW)
    door = worker(host, "attendance.record", "organisation.see_protected")
    row = register(door, event, receipt=new_receipt(), details=somebody(), now=NOW)
    assert row.state is SeatState.SEATED
    with pytest.raises(Conflict):
        register(Anonymous(), event, receipt=new_receipt(), details=somebody(), now=NOW)
