"""What people thought: asked of those who came, answered once, told together, and led back to nobody."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.db.models import ForeignKey

from simpul.activities.asking import BY_KEY, QUESTIONS
from simpul.activities.letterboxes import letterbox_of, put_in, taken_out
from simpul.activities.models import (
    Event,
    FeedbackBag,
    FeedbackForm,
    FeedbackLetter,
    FeedbackTicket,
    Registration,
)
from simpul.activities.passes import new_receipt
from simpul.activities.queries.feedback import behind, code_for, results_for, slips_of
from simpul.activities.rounds import feedback as round_of_feedback
from simpul.activities.services.attendance import Heads, check_in, count_heads
from simpul.activities.services.feedback import close_feedback, give_feedback, open_feedback, send_feedback_codes
from simpul.activities.services.life import cancel_event, hold_event
from simpul.activities.services.participants import erase_participant
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.activities.conftest import Frame
from tests.factories.activities import HOURS, NOW, START, SYSTEM, came, enrol, make_event, session_of, somebody
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
NOBODY = Anonymous()
AFTER = START + HOURS
ASKED = ["useful", "apply", "best"]


def held(people: int = 6, **more: object) -> Event:
    event = make_event(**more)
    came(event, *(somebody() for _n in range(people)))
    return hold_event(SYSTEM, event, now=AFTER)


def opened(event: Event, **more: object) -> FeedbackForm:
    return open_feedback(SYSTEM, event, questions=ASKED, now=AFTER, **more)  # type: ignore[arg-type]


def said(form: FeedbackForm, codes: list[str], *answers: dict[str, str]) -> None:
    for code, told in zip(codes, answers, strict=False):
        give_feedback(NOBODY, code, answers=told, now=AFTER)


def slips(form: FeedbackForm) -> list[str]:
    return slips_of(SYSTEM, FeedbackForm.objects.select_related("event").get(pk=form.pk))


def fresh(form: FeedbackForm) -> FeedbackForm:
    return FeedbackForm.objects.select_related("event__owner_organisation").get(pk=form.pk)


def test_everybody_who_came_has_one_code_and_those_without_an_address_have_paper() -> None:
    form = opened(held(7))
    assert (form.codes, form.mails, form.slips) == (7, 0, 7)
    assert len(set(slips(form))) == 7
    assert FeedbackTicket.objects.filter(form=form, is_spent=False).count() == 7


def test_opened_twice_it_is_the_same_form_with_the_same_codes() -> None:
    event = held()
    assert opened(event).pk == opened(event).pk
    assert FeedbackTicket.objects.count() == 6


def test_fewer_than_five_are_not_asked() -> None:
    with pytest.raises(Conflict) as refusal:
        opened(held(4))
    assert refusal.value.code == "too_few"


@pytest.mark.parametrize(
    ("questions", "code"),
    [([], "no_question"), (["useful", "name"], "unknown_choice"), ([one.key for one in QUESTIONS], "too_many")],
)
def test_what_is_asked_is_from_the_list_and_short(questions: list[str], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        open_feedback(SYSTEM, held(), questions=questions, now=AFTER)
    assert refusal.value.code == code


def test_a_cancelled_event_and_one_to_come_ask_nothing() -> None:
    coming, cancelled = make_event(), make_event()
    cancel_event(SYSTEM, cancelled, reason="Banjir", now=NOW)
    found = []
    for event in (coming, cancelled):
        with pytest.raises(Conflict) as refusal:
            open_feedback(SYSTEM, Event.objects.get(pk=event.pk), questions=ASKED, now=NOW)
        found.append(refusal.value.code)
    assert found == ["not_yet", "cancelled"]


def test_where_heads_were_counted_as_many_slips_are_printed() -> None:
    event = make_event(is_sensitive=True)
    count_heads(SYSTEM, session_of(event), rows=[Heads(9, sex="P"), Heads(3, sex="L")], now=START)
    form = opened(event)
    assert (form.codes, form.slips) == (12, 12)


def test_mails_go_to_all_at_once_and_none_where_fewer_than_five_could_be_written_to() -> None:
    few, many = make_event(), make_event()
    for event, addresses in ((few, 4), (many, 6)):
        people = [somebody(email=f"orang{n}@contoh.id", may_contact=True) for n in range(addresses)]
        came(event, *people, *(somebody() for _n in range(3)))
        hold_event(SYSTEM, event, now=AFTER)
    assert (opened(few).mails, opened(few).slips) == (0, 7)
    form = opened(many)
    assert (form.mails, form.slips) == (6, 3)
    assert send_feedback_codes(SYSTEM, fresh(form), now=AFTER) == 6
    assert send_feedback_codes(SYSTEM, fresh(form), now=AFTER) == 0
    assert (len(mail.outbox), fresh(form).handed_over) == (6, 6)
    codes = [re.search(r"/tanggapan/buka/([^/]+)/", str(one.body))[1] for one in mail.outbox]  # type: ignore[index]
    assert len(set(codes)) == 6
    assert all(behind(code, now=AFTER).form.pk == form.pk for code in codes)
    assert all(one.to[0].split("@")[0] not in str(one.body) for one in mail.outbox)


def test_who_asked_to_be_forgotten_before_the_mails_went_gets_none() -> None:
    event = make_event()
    people = came(event, *(somebody(email=f"orang{n}@contoh.id", may_contact=True) for n in range(6)))
    form = opened(hold_event(SYSTEM, event, now=AFTER))
    erase_participant(SYSTEM, people[0], now=AFTER)
    assert send_feedback_codes(SYSTEM, fresh(form), now=AFTER) == 5
    assert (fresh(form).codes, fresh(form).mails) == (5, 5)


def test_who_left_no_address_finds_the_code_with_their_receipt_alone() -> None:
    event, receipt = make_event(), new_receipt()
    row = enrol(event, receipt=receipt)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    came(event, *(somebody() for _n in range(5)))
    form = opened(hold_event(SYSTEM, event, now=AFTER))
    assert (form.codes, form.slips) == (6, 5)
    row = Registration.objects.get(pk=row.pk)
    code = code_for(row, receipt, now=AFTER)
    give_feedback(NOBODY, code, answers={"useful": "5"}, now=AFTER)
    assert code_for(row, new_receipt(), now=AFTER) == ""
    assert code_for(row, receipt, now=AFTER + timedelta(days=15)) == ""
    assert fresh(form).answered == 1


def test_a_letter_opens_with_its_receipt_and_says_the_same_twice() -> None:
    receipt, other = new_receipt(), new_receipt()
    letter = put_in(letterbox_of(receipt), "ABCD-2345")
    assert [taken_out(letter, receipt), taken_out(letter, receipt.lower()), taken_out(letter, other)] == [
        "ABCD-2345", "ABCD-2345", "",
    ]  # fmt: skip
    assert taken_out("bukan surat", receipt) == taken_out("", receipt) == ""


def test_an_answer_is_taken_once() -> None:
    form = opened(held())
    code = slips(form)[0]
    give_feedback(NOBODY, code, answers={"useful": "4"}, now=AFTER)
    with pytest.raises(Conflict) as refusal:
        give_feedback(NOBODY, code, answers={"useful": "1"}, now=AFTER)
    assert refusal.value.code == "answered_already"
    assert fresh(form).answered == 1
    assert behind(code, now=AFTER).is_spent


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "nothing_said"), ({"useful": ""}, "nothing_said"), ({"useful": "6"}, "unknown_choice"),
        ({"clear": "5"}, "nothing_said"), ({"best": "x" * 601}, "too_long"),
    ],
)  # fmt: skip
def test_what_is_no_answer_uses_no_code_up(answers: dict[str, str], code: str) -> None:
    form = opened(held())
    with pytest.raises(Invalid) as refusal:
        give_feedback(NOBODY, slips(form)[0], answers=answers, now=AFTER)
    assert refusal.value.code == code
    give_feedback(NOBODY, slips(form)[0], answers={"useful": "5"}, now=AFTER)


def test_after_its_time_nothing_is_taken_and_the_round_closes_it() -> None:
    form = opened(held(), days=3)
    later = AFTER + timedelta(days=3)
    with pytest.raises(Conflict) as refusal:
        give_feedback(NOBODY, slips(form)[0], answers={"useful": "5"}, now=later)
    assert refusal.value.code == "feedback_closed"
    round_of_feedback(lambda: later)
    assert fresh(form).closed_at == later
    assert fresh(form).slip_codes is None
    assert not FeedbackTicket.objects.exists()


def six(form: FeedbackForm) -> None:
    answers = [
        {"useful": "5", "apply": "soon", "best": "Zakat dibahas"},
        {"useful": "5", "apply": "soon"},
        {"useful": "4", "best": "Anggaran jadi jelas"},
        {"useful": "3", "apply": "no"},
        {"apply": "help", "best": "Makan siang"},
        {"useful": "5", "apply": "no"},
    ]
    said(form, slips(form), *answers)


def test_while_it_is_open_only_how_many_answered_is_told() -> None:
    form = opened(held())
    six(form)
    results = results_for(SYSTEM, fresh(form), now=AFTER)
    assert (results.answered, results.codes, results.is_over, list(results.answers)) == (6, 6, False, [])


def test_closed_by_five_or_more_it_is_told_together() -> None:
    form = opened(held())
    six(form)
    results = results_for(SYSTEM, close_feedback(SYSTEM, fresh(form), now=AFTER), now=AFTER)
    useful, apply, best = results.answers
    assert results.codes == 6
    assert useful.counts == {"5": 3, "4": 1, "3": 1, "2": 0, "1": 0}
    assert (useful.answered, useful.mean) == (5, 4.4)
    assert apply.counts == {"soon": 2, "help": 1, "unsure": 0, "no": 2}
    assert sorted(best.texts) == ["Anggaran jadi jelas", "Makan siang", "Zakat dibahas"]


def test_a_question_that_four_answered_is_not_told() -> None:
    form = opened(held())
    said(form, slips(form), *({"useful": "5", **({"apply": "no"} if n < 4 else {})} for n in range(6)))
    useful, apply, _best = results_for(SYSTEM, close_feedback(SYSTEM, fresh(form), now=AFTER), now=AFTER).answers
    assert (useful.answered, useful.mean) == (6, 5.0)
    assert (apply.answered, apply.counts) == (4, {})


def test_four_answers_are_told_to_nobody() -> None:
    form = opened(held())
    said(form, slips(form)[:4], *({"useful": "5"} for _n in range(4)))
    results = results_for(SYSTEM, close_feedback(SYSTEM, fresh(form), now=AFTER), now=AFTER)
    assert results.too_few
    assert list(results.answers) == []


def test_texts_come_in_another_order_each_time() -> None:
    form = opened(held(9))
    said(form, slips(form), *({"best": f"Suara {n}"} for n in range(9)))
    found = close_feedback(SYSTEM, fresh(form), now=AFTER)
    orders = {tuple(results_for(SYSTEM, found, now=AFTER).answers[2].texts) for _look in range(20)}
    assert len(orders) > 1  # twenty times the same of 362,880: never


@denies(open_feedback, send_feedback_codes, close_feedback)
def test_only_who_keeps_the_event_asks_and_reads(frame: Frame) -> None:
    came(frame.event, *(somebody() for _n in range(5)))
    event = hold_event(SYSTEM, frame.event, now=AFTER)
    form = fresh(opened(event))
    acts = [
        lambda who: open_feedback(who, event, questions=ASKED, now=AFTER),
        lambda who: send_feedback_codes(who, form, now=AFTER),
        lambda who: close_feedback(who, form, now=AFTER),
        lambda who: results_for(who, form, now=AFTER),
        lambda who: slips_of(who, form),
    ]
    for actor in (frame.stranger, frame.door, NOBODY):
        for act in acts:
            with pytest.raises(Denied) as refusal:
                act(actor)
            assert refusal.value.permission == "event.manage"


@denies(give_feedback)
def test_without_a_code_of_its_own_nothing_is_said() -> None:
    first, second = opened(held()), opened(held())
    for code in ("", "K7MX", new_receipt()):
        with pytest.raises(Invalid) as refusal:
            give_feedback(SYSTEM, code, answers={"useful": "5"}, now=AFTER)
        assert refusal.value.code == "unknown_code"
        with pytest.raises(NotFound):
            behind(code, now=AFTER)
    give_feedback(NOBODY, slips(second)[0], answers={"useful": "5"}, now=AFTER)
    assert (fresh(first).answered, fresh(second).answered) == (0, 1)


@audits(open_feedback, send_feedback_codes, close_feedback)
def test_asking_and_closing_are_on_record_without_a_code() -> None:
    event = make_event()
    came(event, *(somebody(email=f"orang{n}@contoh.id", may_contact=True) for n in range(5)))
    form = fresh(opened(hold_event(SYSTEM, event, now=AFTER)))
    send_feedback_codes(SYSTEM, form, now=AFTER)
    close_feedback(SYSTEM, close_feedback(SYSTEM, form, now=AFTER), now=AFTER)
    acts = Act.objects.filter(act__contains="feedback").order_by("id")
    assert [(row.act, row.details["codes"]) for row in acts] == [
        ("activities.open_feedback", 5), ("activities.send_feedback_codes", 5), ("activities.close_feedback", 5),
    ]  # fmt: skip


# What somebody learns who has the database, its backups, and the rows in the order they lie in.


@audits(give_feedback)
def test_answering_leaves_nothing_in_the_record_of_acts() -> None:
    """On purpose: the instant of an act and its neighbours would tell who answered."""
    form = opened(held())
    before = Act.objects.count()
    six(form)
    assert Act.objects.count() == before


def test_nothing_of_feedback_has_a_key_to_somebody_or_an_instant() -> None:
    """Bags and tickets know the form alone; a letter knows a registration, and what it says nobody reads."""
    known = {
        model: {
            field.name: field.related_model.__name__ if isinstance(field, ForeignKey) else field.get_internal_type()
            for field in model._meta.concrete_fields
        }
        for model in (FeedbackBag, FeedbackTicket, FeedbackLetter)
    }
    assert known[FeedbackBag] == {
        "id": "UUIDField",
        "form": "FeedbackForm",
        "question": "CharField",
        "held": "TextField",
    }
    assert known[FeedbackTicket] == {
        "id": "UUIDField", "form": "FeedbackForm", "digest": "CharField", "is_spent": "BooleanField",
    }  # fmt: skip
    assert known[FeedbackLetter].keys() == {"id", "registration", "form", "letter"}


def test_keys_carry_no_time() -> None:
    form = opened(held())
    six(form)
    keys = [*FeedbackBag.objects.values_list("pk", flat=True), *FeedbackTicket.objects.values_list("pk", flat=True)]
    assert {key.version for key in keys if isinstance(key, UUID)} == {4}


def lying(table: str) -> list[tuple[object, ...]]:
    """The rows in the order they lie in, with what the engine says of where and when: rowid, or ctid and xmin."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid::text, xmin::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place}, * FROM {table} ORDER BY 1")
        return list(cursor.fetchall())


def test_codes_lie_in_the_order_of_their_digests_and_not_of_people() -> None:
    event = make_event()
    for _n in range(6):
        row = enrol(event)
        check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    form = opened(hold_event(SYSTEM, event, now=AFTER))
    assert (form.codes, form.slips) == (6, 0)
    digests = [
        str(cell)
        for row in lying("activities_feedbackticket")
        for cell in row
        if re.fullmatch(r"[0-9a-f]{64}", str(cell))
    ]
    assert digests == sorted(digests)


def test_no_answer_is_a_row_and_where_rows_lie_tells_the_same_whoever_answered() -> None:
    """Two histories with the same answers from others, in another order: the bags say the same, and lie alike."""
    held_by: list[list[object]] = []
    for turn in (1, -1):
        form = opened(held())
        codes, answers = slips(form), [{"useful": str(n), "best": f"Suara {n}"} for n in (1, 2, 3, 4, 5)]
        said(form, codes[:5][::turn], *answers[::turn])
        rows = FeedbackBag.objects.filter(form=form)
        assert rows.count() == len(ASKED)
        held_by.append([rows.get(question=key).held.open() for key in ASKED])
    assert held_by[0] == held_by[1]


def test_every_bag_is_written_with_every_answer() -> None:
    """Who answered one question only changes all of them: what was left out is not told by what lies still."""
    form = opened(held())
    raw = dict(_ciphertexts())
    give_feedback(NOBODY, slips(form)[0], answers={"useful": "5"}, now=AFTER)
    after = dict(_ciphertexts())
    assert raw
    assert all(raw[key] != after[key] for key in raw)


def _ciphertexts() -> Iterator[tuple[object, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, held FROM activities_feedbackbag")
        yield from cursor.fetchall()


def test_after_the_end_no_code_letter_or_slip_is_left() -> None:
    event, receipt = make_event(), new_receipt()
    row = enrol(event, receipt=receipt)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    came(event, *(somebody() for _n in range(5)))
    form = opened(hold_event(SYSTEM, event, now=AFTER))
    assert FeedbackLetter.objects.count() == 1
    close_feedback(SYSTEM, fresh(form), now=AFTER)
    assert (FeedbackLetter.objects.count(), FeedbackTicket.objects.count()) == (0, 0)
    assert fresh(form).slip_codes is None


def test_all_questions_have_words_in_both_languages_and_few_choices() -> None:
    assert len(BY_KEY) == len(QUESTIONS)
    assert all(len(one.choices) <= 5 for one in QUESTIONS)
