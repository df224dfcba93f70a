"""Points before and after, and the minutes: put in, put in again, told as an average."""

from decimal import Decimal
from uuid import UUID

import pytest

from simpul.activities.models import Event, Minutes, Participant, TestScore
from simpul.activities.points import points
from simpul.activities.queries.minutes import minutes_of
from simpul.activities.queries.scores import gain_for, gain_of, lines_of, scored_for
from simpul.activities.services.life import cancel_event
from simpul.activities.services.minutes import write_minutes
from simpul.activities.services.participants import erase_participant
from simpul.activities.services.scores import Points, put_scores
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.activities.conftest import Frame
from tests.factories.activities import NOW, START, SYSTEM, came, make_event, make_held, somebody
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PAIRS = [(40, 60), (50, 70), (60, 60), (30, 90), (70, 80)]


def scored(*pairs: tuple[int, int]) -> Event:
    event = make_held()
    people = came(event, *(somebody() for _pair in pairs))
    rows = {person.pk: Points(Decimal(b), Decimal(a)) for person, (b, a) in zip(people, pairs, strict=True)}
    put_scores(SYSTEM, event, rows=rows, now=START)
    return event


def test_the_average_gain_is_told_from_five_with_both_tests() -> None:
    gain = gain_of(scored(*PAIRS))
    assert (gain.both, gain.before, gain.after, gain.gain, gain.better) == (5, 50, 72, 22, 4)
    assert gain.of_possible == Decimal("0.44")


def test_of_four_nothing_is_told_but_how_many() -> None:
    gain = gain_of(scored(*PAIRS[:4]))
    assert (gain.both, gain.before, gain.gain) == (4, None, None)


def test_who_took_one_test_is_in_no_average() -> None:
    event = scored(*PAIRS)
    (late,) = came(event, somebody("Terlambat"))
    put_scores(SYSTEM, event, rows={late.pk: Points(after=Decimal(0))}, now=START)
    assert gain_of(event).after == 72


def test_where_all_had_all_points_before_no_part_of_it_is_told() -> None:
    gain = gain_of(scored(*[(100, 100)] * 5))
    assert (gain.gain, gain.of_possible) == (0, None)


def test_put_in_again_it_changes_nothing_and_what_is_emptied_is_gone() -> None:
    event = scored(*PAIRS)
    person = event.participants.order_by("recorded_at", "pk").first()
    assert person is not None
    row = {person.pk: Points(Decimal(40), Decimal(60))}
    assert put_scores(SYSTEM, event, rows=row, now=START) == 0
    assert put_scores(SYSTEM, event, rows={person.pk: Points(erase=frozenset({"before"}))}, now=START) == 1
    assert gain_of(event).both == 4


@pytest.mark.parametrize(
    ("text", "value"), [("82", "82"), ("82,5", "82.5"), (" 82.50 ", "82.5"), ("82 %", "82"), ("0", "0"), ("100", "100")]
)
def test_points_are_read_as_they_are_written(text: str, value: str) -> None:
    assert points("before", text) == Decimal(value)


@pytest.mark.parametrize("text", ["101", "-1", "baik", "1e5", "NaN", "1,000,000"])
def test_what_is_no_number_up_to_a_hundred_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        points("before", text)
    assert refusal.value.code == "not_points"


def test_pasted_lines_find_their_people_by_the_whole_name_and_nothing_is_guessed() -> None:
    event = make_held()
    came(event, somebody("Sitti  Ramlah"), somebody("Ani"), somebody("Ani"))
    cells = [["SITTI RAMLAH", "40", "60"], ["Ani", "1", "2"], ["Ani Contoh", "3", "4"], ["Ani"]]
    lines = lines_of(scored_for(SYSTEM, event), cells)
    assert [(line.participant is not None, line.why) for line in lines] == [
        (True, ""), (False, "several"), (False, "unknown"), (False, "several"),
    ]  # fmt: skip


def test_all_or_none_are_put_in_and_only_of_this_event() -> None:
    event = make_held()
    (mine,), (other,) = came(event, somebody()), came(make_held(), somebody())
    with pytest.raises(NotFound):
        put_scores(SYSTEM, event, rows={key: Points(Decimal(1)) for key in (mine.pk, other.pk)}, now=START)
    assert not TestScore.objects.exists()


def test_of_a_cancelled_event_no_points_and_of_a_forgotten_person_none_are_kept() -> None:
    cancelled = cancel_event(SYSTEM, make_event(), reason="Banjir", now=NOW)
    with pytest.raises(Conflict):
        put_scores(SYSTEM, cancelled, rows={}, now=START)
    event = scored(*PAIRS)
    erase_participant(SYSTEM, Participant.objects.filter(event=event).first(), now=START)  # type: ignore[arg-type]
    assert gain_of(event).both == 4


def test_minutes_are_kept_whole_and_two_writers_see_each_other() -> None:
    event = make_held()
    said = {"led_by": "Pak Ketua", "decisions": ["Rapat tiap bulan", " "], "discussion": "Satu\r\n\r\n  Dua"}
    first = write_minutes(SYSTEM, event, seen=0, signers=[("Bu Lurah", "Lurah"), ("", "x")], now=START, **said)  # type: ignore[arg-type]
    kept = minutes_of(SYSTEM, event)
    assert kept is not None
    assert (kept.version, kept.decisions, kept.discussion) == (1, ["Rapat tiap bulan"], "Satu\n\nDua")
    assert kept.signers is not None
    assert kept.signers.open() == [["Bu Lurah", "Lurah"]]
    with pytest.raises(Conflict) as refusal:
        write_minutes(SYSTEM, event, seen=0, now=START)
    assert (refusal.value.code, first.version) == ("edited_meanwhile", 1)
    write_minutes(SYSTEM, event, seen=1, now=START)
    assert Minutes.objects.get().led_by is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"decisions": ["x"] * 41}, "too_many"), ({"signers": [("A", "B")] * 13}, "too_many"),
        ({"discussion": "x" * 20_001}, "too_long"),
    ],
)  # fmt: skip
def test_minutes_that_fit_on_no_paper_are_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        write_minutes(SYSTEM, make_held(), seen=0, now=START, **more)  # type: ignore[arg-type]
    assert refusal.value.code == code


@denies(put_scores, write_minutes)
def test_points_take_the_door_and_minutes_the_planner(frame: Frame) -> None:
    event, key = frame.event, UUID(int=1)
    found = []
    for actor in (frame.stranger, frame.planner, frame.door):
        for act in (
            lambda who: put_scores(who, event, rows={key: Points()}, now=START),
            lambda who: write_minutes(who, event, seen=0, now=START),
            lambda who: gain_for(who, event),
        ):
            try:
                act(actor)
                found.append("done")
            except Denied as refusal:
                found.append(refusal.permission)
            except NotFound:
                found.append("let in")
    assert found == [
        "attendance.record", "event.manage", "event.manage", "attendance.record", "done", "done", "let in",
        "event.manage", "event.manage",
    ]  # fmt: skip


@audits(put_scores, write_minutes)
def test_points_and_minutes_are_on_record_without_either() -> None:
    event = scored(*PAIRS)
    write_minutes(SYSTEM, event, seen=0, led_by="Pak Ketua", now=START)
    acts = Act.objects.filter(act__in=["activities.put_scores", "activities.write_minutes"]).order_by("id")
    assert [row.details for row in acts] == [{"scores": 10}, {"version": 1}]
