"""Asked to come by name or as an organisation; seats kept until a day; an organiser's own questions; and the minutes of
an online meeting: who may, what is refused, and one line in the record for each.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from simpul.activities.details import Details
from simpul.activities.kinds import AnswerKind, How
from simpul.activities.models import Attendance, Event, EventAnswer, EventQuestion, Invitation, Registration
from simpul.activities.passes import new_receipt
from simpul.activities.queries.answers import answers_of, questions_asked
from simpul.activities.queries.invitations import (
    asked_of,
    invitation_to,
    invitations_for,
    letter_by_code,
    unanswered_for,
)
from simpul.activities.queries.seats import seats_of
from simpul.activities.rounds import offers
from simpul.activities.services.events import clone_event
from simpul.activities.services.invitations import invite
from simpul.activities.services.letters import decline_letter, invite_person, renew_letter, withdraw_invitation
from simpul.activities.services.lists import take_away_list
from simpul.activities.services.participants import change_participant, erase_participant
from simpul.activities.services.presence import note_presence, withdraw_presence
from simpul.activities.services.questions import add_question, remove_question
from simpul.activities.services.registrations import register
from simpul.activities.services.seats import reserve_seats, set_capacity
from simpul.activities.states import SeatState
from simpul.activities.stretches import Stretch, joined, minutes_in
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.localized import LocalizedText
from tests.activities.conftest import Frame, worker
from tests.factories.activities import HOURS, NOW, START, SYSTEM, enrol, make_event, session_of, somebody
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
QUESTION = LocalizedText(id="Ukuran kaus?", en="Size of shirt?")


def refused(act: Callable[[Actor], object], actor: Actor) -> str:
    try:
        act(actor)
    except Denied as refusal:
        return refusal.permission
    except NotFound:
        return "unseen"
    return "allowed"


def acts_of() -> list[str]:
    rows = Act.objects.filter(act__startswith="activities.").order_by("id")
    return [act.removeprefix("activities.") for act in rows.values_list("act", flat=True)]


def ask(event: Event, kind: str = AnswerKind.TEXT, **more: Any) -> EventQuestion:
    return add_question(SYSTEM, event, kind=kind, label=QUESTION, now=NOW, **more)


def answering(question: EventQuestion, answer: object) -> Details:
    told = somebody()
    return Details(name=told.name, phone=told.phone, answers={str(question.pk): answer})


@denies(invite_person, renew_letter, withdraw_invitation, add_question, remove_question)
def test_only_who_keeps_the_event_asks_people_and_questions(frame: Frame) -> None:
    event, question = frame.event, ask(frame.event)
    letter, _code = invite_person(SYSTEM, event, name="Ibu Contoh", now=NOW)
    acts: list[Callable[[Actor], object]] = [
        lambda who: invite_person(who, event, name="Ibu Contoh", now=NOW),
        lambda who: renew_letter(who, letter, now=NOW),
        lambda who: withdraw_invitation(who, letter, now=NOW),
        lambda who: add_question(who, event, kind="text", label=QUESTION, now=NOW),
        lambda who: remove_question(who, question, now=NOW),
    ]
    for actor in (frame.stranger, frame.door, Anonymous()):
        assert [refused(act, actor) for act in acts] == ["event.manage"] * len(acts)


@denies(note_presence, withdraw_presence, take_away_list, decline_letter)
def test_only_who_receives_people_notes_their_minutes_and_takes_the_list_away(frame: Frame) -> None:
    event, row = frame.event, enrol(frame.event)
    hour = [Stretch(START, START + timedelta(hours=1))]
    letter, _code = invite_person(SYSTEM, event, name="Ibu Contoh", now=NOW)
    acts: list[Callable[[Actor], object]] = [
        lambda who: note_presence(who, event, stretches=hour, participant=row.participant, now=START),
        lambda who: withdraw_presence(who, row.participant, now=START),
        lambda who: take_away_list(who, event, now=START),
    ]
    for actor in (frame.stranger, frame.planner, Anonymous()):
        assert [refused(act, actor) for act in acts] == ["attendance.record"] * len(acts)
        assert refused(lambda who: decline_letter(who, letter, code=new_receipt(), now=NOW), actor) == "unseen"


@audits(invite_person, renew_letter, decline_letter, withdraw_invitation, add_question, remove_question)
def test_asking_leaves_a_line_for_each_act_and_no_name(frame: Frame) -> None:
    event = frame.event
    before = len(acts_of())
    letter, _first = invite_person(frame.planner, event, name="Inaq Sari", office="Kepala desa", now=NOW)
    code = renew_letter(frame.planner, letter, now=NOW + A_DAY)
    decline_letter(Anonymous(), letter, code=code, now=NOW + A_DAY)
    decline_letter(Anonymous(), letter, code=code, now=NOW + A_DAY)
    withdraw_invitation(frame.planner, letter, now=NOW + A_DAY)
    question = add_question(frame.planner, event, kind="text", label=QUESTION, now=NOW)
    remove_question(frame.planner, question, now=NOW)
    remove_question(frame.planner, question, now=NOW)
    assert acts_of()[before:] == [
        "invite_person", "renew_letter", "decline_letter", "withdraw_invitation", "add_question", "remove_question",
    ]  # fmt: skip
    assert "Inaq" not in str(list(Act.objects.values_list("details", flat=True)))


@audits(note_presence, withdraw_presence, take_away_list)
def test_minutes_and_lists_leave_a_line_each_and_the_same_again_none(frame: Frame) -> None:
    event, row = frame.event, enrol(frame.event)
    hour = [Stretch(START, START + timedelta(hours=1))]
    before = len(acts_of())
    done = note_presence(frame.door, event, stretches=hour, participant=row.participant, now=START + HOURS)
    note_presence(frame.door, event, stretches=hour, participant=row.participant, now=START + HOURS)
    withdraw_presence(frame.door, row.participant, added=done.added, noted=done.noted, now=START + HOURS)
    take_away_list(frame.door, event, now=START + HOURS)
    assert acts_of()[before:] == ["check_in", "note_presence", "withdraw_presence", "take_away_list"]


def test_a_letter_opens_an_event_that_is_not_for_everybody_and_is_answered_by_registering(frame: Frame) -> None:
    event = make_event(frame.host, visibility="hosts")
    letter, code = invite_person(frame.planner, event, name="Ibu Contoh", reach="0812", now=NOW)
    with pytest.raises(NotFound):
        enrol(event, actor=Anonymous())
    with pytest.raises(NotFound):
        enrol(event, actor=Anonymous(), letter=new_receipt())
    assert [row.pk for row in unanswered_for(frame.planner, event)] == [letter.pk]
    row = enrol(event, actor=Anonymous(), letter=code)
    assert row.state is SeatState.SEATED
    assert letter_by_code(code).registration_id == row.pk
    assert not unanswered_for(frame.planner, event).exists()
    with pytest.raises(Conflict) as error:
        decline_letter(Anonymous(), letter, code=code, now=NOW)
    assert error.value.code == "registered"
    with pytest.raises(Conflict):
        renew_letter(frame.planner, letter, now=NOW)


def test_a_letter_is_kept_as_a_digest_and_the_newest_alone_opens(frame: Frame) -> None:
    letter, first = invite_person(frame.planner, frame.event, name="Ibu Contoh", now=NOW)
    second = renew_letter(frame.planner, letter, now=NOW + A_DAY)
    with pytest.raises(NotFound):
        letter_by_code(first)
    assert letter_by_code(second.lower().replace("-", " ")).reminded_at == NOW + A_DAY
    assert first not in str(Invitation.objects.values())
    same, third = invite_person(frame.planner, frame.event, name="Ibu Contoh", id=letter.pk, now=NOW)
    assert (same.pk, Invitation.objects.count()) == (letter.pk, 1)
    assert letter_by_code(third).pk == letter.pk


def test_who_declined_may_come_after_all(frame: Frame) -> None:
    letter, code = invite_person(frame.planner, frame.event, name="Ibu Contoh", now=NOW)
    assert decline_letter(Anonymous(), letter, code=code, now=NOW).declined_at == NOW
    enrol(frame.event, actor=Anonymous(), letter=code)
    [row] = invitations_for(frame.planner, frame.event)
    assert (row.declined_at, row.is_registered) == (None, True)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("more", "code"), [({"published": False}, "not_announced"), ({"is_sensitive": True}, "counts_only")]
)
def test_nobody_is_asked_by_name_to_what_they_could_not_open_or_where_nobody_is_named(
    frame: Frame, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Conflict) as error:
        invite_person(frame.planner, make_event(frame.host, **more), name="Ibu Contoh", now=NOW)
    assert error.value.code == code


def test_an_organisation_s_own_people_see_that_it_is_asked_until_it_answers(frame: Frame) -> None:
    guests = make_organisation()
    theirs = worker(guests, "attendance.record", "organisation.see_protected")
    invite(frame.planner, frame.event, organisations=[guests], now=NOW)
    [asked] = asked_of(theirs, now=NOW)
    assert invitation_to(theirs, frame.event) == asked
    assert not asked_of(frame.planner, now=NOW).exists()
    assert not asked_of(theirs, now=START).exists()  # it has begun
    told = Details(name="Inaq Sari", phone="08123456789", organisation=guests)
    register(theirs, frame.event, receipt=new_receipt(), details=told, now=NOW)
    assert not asked_of(theirs, now=NOW).exists()
    assert invitation_to(theirs, frame.event) is None


def test_seats_kept_until_a_day_are_anybody_s_from_then_on(frame: Frame) -> None:
    event, guests, until = frame.event, make_organisation(), NOW + A_DAY
    set_capacity(SYSTEM, event, capacity=2, now=NOW)
    _kept, code = reserve_seats(frame.planner, event, organisation=guests, seats=1, until=until, now=NOW)
    enrol(event)
    waiting = enrol(event)
    assert waiting.state is SeatState.WAITING
    assert seats_of(event, now=NOW).kept == 1
    assert seats_of(event, now=until).kept == 0
    offers(lambda: until)
    assert Registration.objects.get(pk=waiting.pk).state is SeatState.OFFERED
    with pytest.raises(Invalid) as error:
        enrol(event, code=code, now=until)
    assert error.value.code == "bad_code"


def test_a_newcomer_after_that_day_does_not_overtake_who_waits(frame: Frame) -> None:
    event, until = frame.event, NOW + A_DAY
    set_capacity(SYSTEM, event, capacity=1, now=NOW)
    reserve_seats(frame.planner, event, organisation=make_organisation(), seats=1, until=until, now=NOW)
    first = enrol(event)
    second = enrol(event, now=until)
    states = [Registration.objects.get(pk=row.pk).state for row in (first, second)]
    assert states == [SeatState.OFFERED, SeatState.WAITING]


@pytest.mark.parametrize("until", [NOW, START + HOURS])
def test_seats_are_not_kept_until_a_time_that_is_over_or_after_it_began(frame: Frame, until: datetime) -> None:
    set_capacity(SYSTEM, frame.event, capacity=2, now=NOW)
    with pytest.raises(Invalid) as error:
        reserve_seats(frame.planner, frame.event, organisation=frame.host, seats=1, until=until, now=NOW)
    assert error.value.code == "not_to_come"


@pytest.mark.parametrize(
    ("kind", "choices", "given", "kept"),
    [
        (AnswerKind.TEXT, (), "  Besar ", "Besar"),
        (AnswerKind.ONE, ("S", "M", "L"), "M", "M"),
        (AnswerKind.SEVERAL, ("Pagi", "Siang", "Malam"), ["Malam", "Pagi"], ["Pagi", "Malam"]),
        (AnswerKind.NUMBER, (), "2,5", 2.5),
        (AnswerKind.NUMBER, (), "3", 3),
        (AnswerKind.TEXT, (), "   ", None),
    ],
)
def test_an_answer_is_kept_as_its_question_asks(
    frame: Frame, kind: str, choices: tuple[str, ...], given: object, kept: object
) -> None:
    question = ask(frame.event, kind, choices=choices)
    row = enrol(frame.event, answering(question, given))
    said = answers_of([row.participant_id]).get(row.participant_id, {})
    assert said.get(question.pk) == kept
    assert "Besar" not in str(EventAnswer.objects.values())  # sealed


@pytest.mark.parametrize(
    ("kind", "choices", "given", "code"),
    [
        (AnswerKind.TEXT, (), "", "answer_needed"),
        (AnswerKind.TEXT, (), "x" * 1001, "too_long"),
        (AnswerKind.ONE, ("S", "M"), "XL", "unknown_choice"),
        (AnswerKind.SEVERAL, ("S", "M"), ["S", "XL"], "unknown_choice"),
        (AnswerKind.SEVERAL, ("S", "M"), 3.5, "unknown_choice"),
        (AnswerKind.NUMBER, (), "banyak", "not_a_number"),
        (AnswerKind.NUMBER, (), "1e99", "not_a_number"),
        (AnswerKind.NUMBER, (), "nan", "not_a_number"),
    ],
)
def test_what_is_no_answer_is_told_beside_its_question(
    frame: Frame, kind: str, choices: tuple[str, ...], given: object, code: str
) -> None:
    question = ask(frame.event, kind, choices=choices, is_required=True)
    with pytest.raises(Invalid) as error:
        enrol(frame.event, answering(question, given))
    assert (error.value.code, error.value.field) == (code, str(question.pk))
    assert not Registration.objects.exists()


def test_who_receives_people_registers_somebody_without_their_answers(frame: Frame) -> None:
    ask(frame.event, is_required=True)
    assert enrol(frame.event, actor=frame.door).state is SeatState.SEATED


def test_answers_are_changed_and_forgotten_with_who_gave_them(frame: Frame) -> None:
    question, receipt = ask(frame.event), new_receipt()
    row = enrol(frame.event, answering(question, "Besar"), receipt=receipt)
    person = row.participant
    change_participant(Anonymous(), person, details=somebody(), receipt=receipt, now=NOW)
    assert answers_of([person.pk]) == {person.pk: {question.pk: "Besar"}}  # nothing was said of it
    change_participant(Anonymous(), person, details=answering(question, "Kecil"), receipt=receipt, now=NOW)
    assert answers_of([person.pk]) == {person.pk: {question.pk: "Kecil"}}
    erase_participant(Anonymous(), person, receipt=receipt, now=NOW)
    assert not EventAnswer.objects.exists()


def test_a_question_that_was_answered_stays_with_its_answers_and_is_asked_no_more(frame: Frame) -> None:
    asked, idle = ask(frame.event), ask(frame.event)
    row = enrol(frame.event, answering(asked, "Besar"))
    for question in (asked, idle):
        remove_question(frame.planner, question, now=NOW)
    assert questions_asked(frame.event) == [asked]
    assert answers_of([row.participant_id]) == {row.participant_id: {asked.pk: "Besar"}}
    enrol(frame.event, answering(asked, "Kecil"))
    assert EventAnswer.objects.count() == 1


def test_questions_are_few_and_have_something_to_choose_from(frame: Frame) -> None:
    for choices in ((), ("S",), ("S", " S "), ["x" * 121, "y"], [str(n) for n in range(31)]):
        with pytest.raises(Invalid):
            ask(frame.event, AnswerKind.ONE, choices=choices)
    for _n in range(20):
        ask(frame.event)
    with pytest.raises(Conflict) as error:
        ask(frame.event)
    assert error.value.code == "too_many"
    with pytest.raises(Conflict):
        ask(make_event(frame.host, is_sensitive=True))


def test_an_event_that_is_planned_again_asks_the_same(frame: Frame) -> None:
    ask(frame.event, AnswerKind.ONE, choices=["S", "M"], is_required=True)
    remove_question(SYSTEM, ask(frame.event), now=NOW)
    again = clone_event(frame.planner, frame.event, starts_at=START + 7 * A_DAY, now=NOW)
    [copy] = again.questions.all()
    assert (copy.label, copy.choices, copy.is_required) == (QUESTION, ["S", "M"], True)


def at(*minutes: tuple[int, int]) -> list[Stretch]:
    return [Stretch(START + timedelta(minutes=a), START + timedelta(minutes=b)) for a, b in minutes]


@pytest.mark.parametrize(
    ("stretches", "total"),
    [
        ([(0, 30)], 30),
        ([(0, 30), (20, 60)], 60),
        ([(0, 30), (0, 30)], 30),
        ([(0, 10), (50, 60)], 20),
        ([(-30, 10), (170, 300)], 20),
        ([(-30, 0), (180, 200)], 0),
    ],
)
def test_minutes_are_counted_once_and_within_the_session(stretches: list[tuple[int, int]], total: int) -> None:
    assert minutes_in(at(*stretches), Stretch(START, START + HOURS)) == total


def test_a_moment_is_a_minute_and_stretches_that_touch_are_one() -> None:
    moment = [Stretch(START, START + timedelta(seconds=5))]
    assert minutes_in(moment, Stretch(START, START + HOURS)) == 1
    assert joined(at((0, 10), (10, 20), (30, 40))) == at((0, 20), (30, 40))
    with pytest.raises(ValueError, match="after it begins"):
        Stretch(START, START)


def test_minutes_of_somebody_unknown_make_them_known_once(frame: Frame) -> None:
    told, event = Details(name="Rahmat Hidayat"), frame.event
    first = note_presence(frame.door, event, stretches=at((0, 30)), details=told, now=START + HOURS)
    again = note_presence(
        frame.door, event, stretches=at((0, 30)), details=told, id=first.participant.pk, now=START + HOURS
    )
    assert (first.made, again.made, again.added) == (True, False, ())
    row = Attendance.objects.get(session=session_of(event))
    assert (row.how, row.minutes, row.arrived_at) == (How.REPORT, 30, START)
    with pytest.raises(Invalid):
        note_presence(frame.door, event, stretches=at((0, 30)), now=START)
    with pytest.raises(Invalid):
        note_presence(frame.door, event, details=told, now=START)
