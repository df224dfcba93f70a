"""What a phone takes along to a door: names and digests of one event, for three days, to who receives people there."""

import hmac
from datetime import timedelta

import pytest

from simpul.activities.models import Session
from simpul.activities.passes import door_digest, new_receipt, pass_of
from simpul.activities.queries.door import called_the_same, door_kit, taken_back_since
from simpul.activities.services.attendance import check_in, undo_check_in
from simpul.activities.services.life import cancel_event
from simpul.activities.services.registrations import withdraw
from simpul.kernel.errors import Conflict, Denied
from tests.activities.conftest import Frame
from tests.factories.activities import NOW, START, SYSTEM, came, enrol, make_event, session_of, somebody

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_phone_finds_whose_code_it_is_by_the_key_of_the_door_alone(frame: Frame) -> None:
    receipt = new_receipt()
    row = enrol(frame.event, receipt=receipt)
    kit = door_kit(frame.door, session_of(frame.event), now=START)
    shown = pass_of(receipt).replace("-", "")
    mine = [hmac.digest(key.encode(), shown.encode(), "sha256").hex() for key in kit.keys]
    assert [one.participant.pk for one in kit.people if one.digest in mine] == [row.participant_id]
    other = door_kit(SYSTEM, session_of(make_event(frame.host)), now=START)
    assert set(other.keys).isdisjoint(kit.keys)


@pytest.mark.parametrize("shown", ["", "K7MX", "https://lain.example/"])
def test_what_is_no_pass_has_no_digest(frame: Frame, shown: str) -> None:
    assert door_digest(frame.event.pk, shown) == ""


def test_who_withdrew_is_not_on_the_list_and_who_is_there_is_marked(frame: Frame) -> None:
    gone, comes, here = enrol(frame.event), enrol(frame.event), enrol(frame.event)
    withdraw(SYSTEM, gone, now=NOW)
    check_in(SYSTEM, session_of(frame.event), participant=here.participant, now=START)
    kit = door_kit(frame.door, session_of(frame.event), now=START)
    assert {one.participant.pk: one.here for one in kit.people} == {
        comes.participant_id: False, here.participant_id: True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("when", "until"), [(START - 4 * DAY, START - DAY), (START, START + timedelta(days=1, hours=3))]
)
def test_the_names_go_after_three_days_and_a_day_after_the_end(frame: Frame, when: object, until: object) -> None:
    assert door_kit(frame.door, session_of(frame.event), now=when).until == until  # type: ignore[arg-type]


@pytest.mark.parametrize(("away", "code"), [(-8 * DAY, "too_early"), (2 * DAY, "over")])
def test_not_long_before_and_not_long_after(frame: Frame, away: timedelta, code: str) -> None:
    with pytest.raises(Conflict) as error:
        door_kit(frame.door, session_of(frame.event), now=START + away)
    assert error.value.code == code


def test_of_a_sensitive_or_a_cancelled_event_there_is_no_list(frame: Frame) -> None:
    sensitive = make_event(frame.host, is_sensitive=True)
    cancel_event(frame.planner, frame.event, reason="Banjir", now=NOW)
    for session, code in ((session_of(sensitive), "counts_only"), (session_of(frame.event), "over")):
        with pytest.raises(Conflict) as error:
            door_kit(SYSTEM, session, now=START)
        assert error.value.code == code


def test_a_list_is_for_who_receives_people(frame: Frame) -> None:
    for actor in (frame.planner, frame.stranger):
        with pytest.raises(Denied):
            door_kit(actor, session_of(frame.event), now=START)


def test_a_name_is_the_same_however_it_is_written(frame: Frame) -> None:
    enrol(frame.event, somebody("Baiq Sri  Lestari"))
    session = session_of(frame.event)
    assert len(called_the_same(session, "lestari, SRI baiq")) == 1
    assert called_the_same(session, "Sri Lestari") == []


def test_an_arrival_that_was_taken_back_is_known(frame: Frame) -> None:
    (person,) = came(frame.event, somebody())
    session: Session = session_of(frame.event)
    assert taken_back_since(session, person, START - DAY) is None
    undo_check_in(SYSTEM, person.attendances.get(), reason="Salah orang", now=START)
    assert taken_back_since(session, person, START - DAY)
    assert taken_back_since(session, person, START + DAY) is None
