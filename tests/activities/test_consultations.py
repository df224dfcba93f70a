"""Questions: asked, heard, answered; overdue where nothing is given back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from simpul.activities.kinds import EventKind, Visibility
from simpul.activities.models import Consultation, ConsultationAnswer, Voice
from simpul.activities.queries.consultations import (
    answers_of,
    by_urgency,
    consultation_for,
    consultations_for,
    meetings_of,
    standings_of,
    voices_of,
)
from simpul.activities.queries.results import result_for
from simpul.activities.result_kinds import ConsultationState, Reply
from simpul.activities.services.consultations import (
    add_consultation_meeting,
    ask_question,
    change_consultation,
    give_answer,
    hear_voice,
    publish_consultation,
)
from simpul.activities.services.results import withdraw_result
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.services.safety import set_safety_mode
from tests.activities.conftest import worker
from tests.factories.activities import make_held
from tests.factories.consultations import ASKED, NOW, answer, asked, hear, make_consultation
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PUBLIC = Anonymous()
CLOSES, DUE = ASKED + timedelta(days=14), ASKED + timedelta(days=44)
GIVEN: dict[str, Any] = {
    "reply": Reply.TAKEN_UP,
    "words": LocalizedText(id="Sumur bor masuk RKPDes."),
    "answered_on": date(2025, 6, 19),
    "answered_by": "Pemerintah Desa Contoh",
}


def state(row: Consultation, day: date) -> ConsultationState:
    return standings_of([row], day)[0].state


def test_a_question_waits_for_its_answer_and_is_overdue_without_one() -> None:
    draft, row = make_consultation(published=False), make_consultation()
    assert state(draft, DUE + timedelta(days=1)) is ConsultationState.DRAFT
    assert [state(row, day) for day in (CLOSES, CLOSES + timedelta(days=1), DUE, DUE + timedelta(days=1))] == [
        ConsultationState.OPEN,
        ConsultationState.WAITING,
        ConsultationState.WAITING,
        ConsultationState.OVERDUE,
    ]
    answer(row)
    assert state(row, DUE + timedelta(days=1)) is ConsultationState.ANSWERED


def test_overdue_ones_come_first_and_answered_ones_last() -> None:
    overdue = make_consultation()
    waiting = make_consultation(answer_due_on=DUE + timedelta(days=90))
    heard = make_consultation(closes_on=DUE + timedelta(days=60), answer_due_on=DUE + timedelta(days=90))
    answered = make_consultation()
    answer(answered)
    draft = make_consultation(published=False)
    rows = by_urgency(consultations_for(SYSTEM), DUE + timedelta(days=1))
    assert list(rows) == [overdue, waiting, heard, answered, draft]


def test_voices_are_told_by_group_with_the_meeting_where_they_were_heard() -> None:
    row, event = make_consultation(), make_held(kind=EventKind.VILLAGE_DISCUSSION)
    assert add_consultation_meeting(SYSTEM, row, event=event, now=NOW) == add_consultation_meeting(
        SYSTEM, row, event=event, now=NOW
    )
    first = hear(row, "disability", "Jalan yang rata", event=event, people=3)
    second = hear(row, "women")
    assert voices_of(row) == [first, second]
    (found,) = standings_of([row], ASKED)
    assert (found.voices, found.groups, found.meetings) == (2, 2, 1)
    withdraw_result(SYSTEM, second, now=NOW)
    assert voices_of(row) == [first]
    assert list(meetings_of(PUBLIC, row)) == [event]
    with pytest.raises(Invalid, match="meeting_of_another"):
        hear(row, event=make_held())


def test_a_later_answer_takes_the_place_of_the_earlier_which_is_kept() -> None:
    row = make_consultation()
    first = give_answer(SYSTEM, row, now=NOW, **GIVEN)
    second = give_answer(SYSTEM, row, now=NOW + timedelta(days=1), **{**GIVEN, "reply": Reply.PARTLY})
    assert [a.pk for a in answers_of(row)] == [second.pk, first.pk]
    assert standings_of([row], DUE)[0].answer == second
    assert ConsultationAnswer.objects.get(pk=first.pk).superseded_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"words": LocalizedText(id="x" * 4001)}, "too_long", "words"),
        ({"words": None}, "words_needed", "words"),
        ({"answered_by": " "}, "answered_by_needed", "answered_by"),
        ({"answered_on": ASKED - timedelta(days=1)}, "too_early", "answered_on"),
        ({"answered_on": date(2025, 7, 20)}, "in_the_future", "answered_on"),
        ({"reply": "maybe"}, "unknown_choice", "reply"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid, match=code) as refusal:
        give_answer(SYSTEM, make_consultation(), now=NOW, **{**GIVEN, **given})
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"question": None}, "title_needed", "question"),
        ({"asked": ""}, "asked_needed", "asked"),
        ({"closes_on": ASKED - timedelta(days=1)}, "ends_before_start", "closes_on"),
        ({"answer_due_on": ASKED}, "ends_before_start", "answer_due_on"),
        ({"opens_on": None}, "day_needed", "opens_on"),
        ({"visibility": "all"}, "unknown_choice", "visibility"),
    ],
)
def test_a_question_that_cannot_be_is_refused(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Invalid, match=code) as refusal:
        ask_question(SYSTEM, make_organisation(), now=NOW, **asked(**given))
    assert refusal.value.field == field


def test_before_it_is_published_nothing_is_heard_or_answered() -> None:
    row = make_consultation(published=False)
    with pytest.raises(Conflict, match="not_published"):
        hear(row)
    with pytest.raises(Conflict, match="not_published"):
        give_answer(SYSTEM, row, now=NOW, **GIVEN)
    assert publish_consultation(SYSTEM, row, now=NOW).published_at == NOW
    assert publish_consultation(SYSTEM, row, now=NOW + timedelta(days=1)).published_at == NOW


def test_who_sees_it_is_whom_it_is_for() -> None:
    host = make_organisation()
    public, inside = make_consultation(host), make_consultation(host, visibility=Visibility.HOSTS)
    draft = make_consultation(host, published=False)
    keeper = worker(host, "event.manage")
    assert set(consultations_for(PUBLIC)) == {public}
    assert set(consultations_for(keeper)) == {public, inside, draft}
    for row in (inside, draft):
        with pytest.raises(NotFound):
            consultation_for(PUBLIC, row.pk)
    voice = hear(inside)
    with pytest.raises(NotFound):
        result_for(worker(make_organisation(), "event.manage"), "voice", voice.pk)
    assert result_for(keeper, "voice", voice.pk) == voice
    set_safety_mode(SYSTEM, host, on=True, reason_code="threat", now=NOW)
    assert not consultations_for(PUBLIC).exists()


def test_sent_twice_is_one_and_an_id_of_something_else_is_refused() -> None:
    host, key = make_organisation(), uuid7()
    assert ask_question(SYSTEM, host, id=key, now=NOW, **asked()) == ask_question(
        SYSTEM, host, id=key, now=NOW, **asked()
    )
    with pytest.raises(Conflict, match="id_taken"):
        ask_question(SYSTEM, make_organisation(), id=key, now=NOW, **asked())
    row, other = make_consultation(), make_consultation()
    assert hear(row, id=key) == hear(row, id=key)
    assert give_answer(SYSTEM, row, id=key, now=NOW, **GIVEN) == give_answer(SYSTEM, row, id=key, now=NOW, **GIVEN)
    for act in (lambda: hear(other, id=key), lambda: give_answer(SYSTEM, other, id=key, now=NOW, **GIVEN)):
        with pytest.raises(Conflict, match="id_taken"):
            act()
    assert (Voice.objects.count(), ConsultationAnswer.objects.count()) == (1, 1)


def test_two_who_write_at_once_see_both_versions() -> None:
    row = make_consultation()
    change_consultation(SYSTEM, row, seen=1, asked="Dinas Kesehatan", now=NOW)
    with pytest.raises(Conflict, match="edited_meanwhile") as refusal:
        change_consultation(SYSTEM, row, seen=1, asked="Bappeda", now=NOW)
    assert refusal.value.theirs == {"asked": "Dinas Kesehatan"}
    with pytest.raises(ValueError, match="not to be written"):
        change_consultation(SYSTEM, row, seen=2, published_at=NOW, now=NOW)


ACTS: list[Callable[[Any, Consultation], object]] = [
    lambda actor, row: change_consultation(actor, row, seen=row.version, asked="Bappeda", now=NOW),
    lambda actor, row: publish_consultation(actor, row, now=NOW),
    lambda actor, row: add_consultation_meeting(actor, row, event=make_held(), now=NOW),
    lambda actor, row: hear_voice(actor, row, group="women", words="Rahasia", now=NOW),
    lambda actor, row: give_answer(actor, row, now=NOW, **{**GIVEN, "words": LocalizedText(id="Rahasia")}),
]


@denies(ask_question, change_consultation, publish_consultation, add_consultation_meeting, hear_voice, give_answer)
def test_only_its_own_people_keep_a_question() -> None:
    host, guest = make_organisation(), worker(make_organisation(), "event.manage")
    row, draft = make_consultation(host), make_consultation(host, published=False)
    with pytest.raises(Denied, match=r"event\.manage"):
        ask_question(guest, host, now=NOW, **asked())
    for act in ACTS:
        with pytest.raises(Denied, match=r"event\.manage"):
            act(guest, row)
        with pytest.raises(NotFound):
            act(guest, draft)


@audits(ask_question, change_consultation, publish_consultation, add_consultation_meeting, hear_voice, give_answer)
def test_each_act_is_recorded_without_a_word_of_it() -> None:
    host = make_organisation()
    keeper = worker(host, "event.manage", "organisation.see_protected")
    row = ask_question(keeper, host, now=NOW, **asked())
    for act in ACTS:
        act(keeper, row)
        row.refresh_from_db()
    acts = Act.objects.filter(person_id=None, user_id=keeper.user_id, act__startswith="activities.").order_by("pk")
    assert [act.act.removeprefix("activities.") for act in acts] == [
        "ask_question", "change_consultation", "publish_consultation", "add_consultation_meeting", "hear_voice",
        "give_answer",
    ]  # fmt: skip
    assert "Rahasia" not in str([act.details for act in acts])


@pytest.mark.parametrize("many", [1, 3])
def test_how_they_stand_costs_the_same_however_many(many: int, django_assert_num_queries: Any) -> None:
    rows = [make_consultation() for _ in range(many)]
    for row in rows:
        hear(row)
        answer(row)
    with django_assert_num_queries(3):
        assert len(standings_of(rows, ASKED)) == many
