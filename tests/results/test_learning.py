"""F15, F16, F19, F22: people counted once, groups too small to tell told together, each figure opening into records."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.activities.kinds import Course, EventKind, Visibility
from simpul.activities.result_kinds import OutcomeKind, Scheme
from simpul.activities.services.hosting import add_coverage
from simpul.activities.services.results import note_outcome, note_voice, withdraw_result
from simpul.kernel.time import Period
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from simpul.organisations.services.readiness import reach_stage
from simpul.organisations.services.safety import set_safety_mode
from simpul.results.people import TOGETHER, PeopleSource
from simpul.results.queries import evaluate, indicator, open_part, source_of
from simpul.results.questions import Question
from simpul.threads.registry import resolve
from tests.factories.activities import came, make_held, somebody
from tests.factories.consultations import speaker
from tests.factories.networks import make_network
from tests.factories.organisations import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
LATER = Question(as_of=date(2025, 7, 1))


@pytest.fixture(autouse=True)
def node() -> None:
    open_node(SYSTEM, host=make_organisation(), preset=Preset.NETWORK, now=datetime(2025, 1, 1, tzinfo=UTC))


def figures(code: str, question: Question = LATER) -> dict[str, int]:
    found = evaluate(indicator(code), question)
    return {figure.part.key: figure.value for figure in found.figures}


def people(code: str, key: str, question: Question = LATER) -> PeopleSource:
    about = evaluate(indicator(code), question).question
    source = source_of(indicator(code), key, about)
    assert isinstance(source, PeopleSource)
    return source


def crowd(number: int, **more: Any) -> list[Any]:
    return [somebody(**more) for _ in range(number)]


def test_a_learner_counts_once_over_workshops_and_organisers() -> None:
    again = [somebody("Sari", phone="0812 0000 001"), somebody("Sari", phone="0812-0000-001")]
    first, second = make_held(), make_held()
    came(first, again[0], *crowd(2))
    came(second, again[1])
    webinar = make_held(kind=EventKind.WEBINAR)
    came(webinar, somebody("Sari", phone="08120000001"), somebody())
    came(make_held(kind=EventKind.CAMPAIGN), somebody())
    assert figures("F15") == {"participants": 3, "learners": 4, "workshops": 2, "speakers": 0, "feedback": 0}
    before = Question(as_of=date(2025, 6, 5))
    assert set(figures("F15", before).values()) == {0}
    may = Question(as_of=date(2025, 7, 1), period=Period(date(2025, 5, 1), date(2025, 6, 1)))
    assert set(figures("F15", may).values()) == {0}


def test_groups_of_fewer_than_five_are_told_together_and_never_found_by_subtraction() -> None:
    event = make_held()
    came(event, *crowd(9, sex="P", disability="none"), *crowd(6, sex="L", disability="none"))
    came(event, *crowd(2, sex="P", disability="physical"), *crowd(1, sex="L", disability="mental"))
    source = people("F15", "participants")
    assert [(g.key, g.count) for g in source.groups("sex")] == [("P", 11), ("L", 7)]
    # 2 and 1 are together 3: too few by themselves, so the 15 are told with them.
    assert [(g.key, g.count) for g in source.groups("disability")] == [(TOGETHER, 18)]
    for key in ("physical", "mental", "none"):
        assert source.page(where=("disability", key)).rows == ()
    (row,) = source.page(where=("sex", "P")).rows
    assert (row.ref, row.note) == (event.ref, "2025-06-10 · 18 orang")


def test_events_to_which_few_of_a_group_came_are_not_named_for_it() -> None:
    large, small = make_held(), make_held()
    came(large, *crowd(6, sex="P"))
    came(small, *crowd(2, sex="P"), *crowd(5, sex="L"))
    source = people("F15", "participants")
    assert [row.ref for row in source.page(where=("sex", "P")).rows] == [large.ref]
    assert {row.ref for row in source.page().rows} == {large.ref, small.ref}
    (first,) = source.page(limit=1).rows
    following = source.page(limit=1).next_after
    assert following == first.ref.uuid
    assert len(source.page(after=following).rows) == 1


def test_what_is_for_the_organisers_alone_counts_for_nobody_else() -> None:
    event = make_held(visibility=Visibility.HOSTS)
    came(event, *crowd(5))
    note_outcome(SYSTEM, event, kind=OutcomeKind.SCHEME, scheme=Scheme.DIGITAL, words="Kelas", now=NOW)
    add_coverage(SYSTEM, event, title="Kabar", published_on=date(2025, 6, 11), now=NOW)
    speaker(event)
    for code in ("F15", "F16", "F22"):
        assert set(figures(code).values()) == {0}
        assert open_part(indicator(code), "", evaluate(indicator(code), LATER).question).rows == ()
    known = Question(as_of=LATER.as_of, actor=SYSTEM)
    assert figures("F15", known)["participants"] == 5
    assert figures("F16", known) == {"schemes": 1}


def test_speakers_and_voices_open_into_their_workshop_by_office_and_group() -> None:
    event = make_held()
    speaker(event)
    note_voice(SYSTEM, event, group="business", words="CSR siap", now=NOW)
    question = evaluate(indicator("F15"), LATER).question
    (by,) = open_part(indicator("F15"), "speakers", question).rows
    (said,) = open_part(indicator("F15"), "feedback", question).rows
    assert (by.title, by.ref, said.title, said.ref) == ("Kepala Bappeda", event.ref, "CSR siap", event.ref)
    assert resolve([event.ref], LATER.actor)[event.ref].href == f"/kegiatan/{event.pk}/"


def test_schemes_are_counted_as_they_were_known_and_split_by_what_they_are() -> None:
    event = make_held()
    rows = [
        note_outcome(SYSTEM, event, kind=OutcomeKind.SCHEME, scheme=scheme, words="Kelas", now=NOW)
        for scheme in (Scheme.DIGITAL, Scheme.DIGITAL, Scheme.TRAINING)
    ]
    note_outcome(SYSTEM, event, kind=OutcomeKind.JOINT, words="Kerja bakti", now=NOW)
    withdraw_result(SYSTEM, rows[0], now=datetime(2025, 6, 25, tzinfo=UTC))
    assert figures("F16") == {"schemes": 2}
    then = Question(as_of=date(2025, 6, 22))
    assert figures("F16", then) == {"schemes": 3}
    source = source_of(indicator("F16"), "", evaluate(indicator("F16"), LATER).question)
    assert {g.key: g.count for g in source.groups("scheme")} == {"digital": 1, "training": 1}


def test_the_way_to_a_secretariat_counts_each_organisation_once_at_each_stage() -> None:
    network, one, other, hidden = make_network(), make_network(), make_organisation(), make_organisation()
    training = make_held(kind=EventKind.TRAINING, course=Course.SECRETARIAT)
    came(training, *(somebody(organisation=o) for o in (one, one, other, hidden)))
    day = date(2025, 6, 15)
    for stage in ("trained", "ready"):
        reach_stage(SYSTEM, network, organisation=one, stage=stage, reached_on=day, evidence="Daftar hadir", now=NOW)
    formed = make_network()
    reach_stage(
        SYSTEM, network, organisation=one, stage="formed", reached_on=day, evidence="Akta", formed=formed, now=NOW
    )
    set_safety_mode(SYSTEM, hidden, on=True, reason_code="threat", now=NOW)
    assert figures("F19") == {"trained": 2, "ready": 1, "formed": 1}
    (row,) = open_part(indicator("F19"), "formed", evaluate(indicator("F19"), LATER).question).rows
    assert row.ref == formed.ref


def test_what_came_out_on_another_day_stands_beside_all_that_came_out() -> None:
    event = make_held()
    add_coverage(SYSTEM, event, title="Hari itu", published_on=date(2025, 6, 10), now=NOW)
    add_coverage(SYSTEM, event, title="Lusa", published_on=date(2025, 6, 12), now=NOW)
    assert figures("F22") == {"published": 2, "other_days": 1}
    (row,) = open_part(indicator("F22"), "other_days", evaluate(indicator("F22"), LATER).question).rows
    assert (row.title, row.ref, row.note) == ("Lusa", event.ref, "acara 2025-06-10 · terbit 2025-06-12")
