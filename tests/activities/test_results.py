"""What came of events: inputs and what was said to them, outcomes, papers served in bulk."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.activities.kinds import EventKind, Part, Visibility
from simpul.activities.models import BulkServed, Outcome, SpeakerInput, Voice
from simpul.activities.queries.results import result_for, results_of, speakers_of
from simpul.activities.result_kinds import OutcomeKind, Scheme, Served
from simpul.activities.services.life import close_event
from simpul.activities.services.results import (
    Bulk,
    count_served,
    note_input,
    note_outcome,
    note_voice,
    withdraw_result,
)
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.services.safety import set_safety_mode
from tests.activities.conftest import worker
from tests.factories.activities import make_event, make_held
from tests.factories.consultations import NOW, hear, make_consultation, make_workshop, speaker
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PUBLIC = Anonymous()
LATER = NOW + timedelta(hours=1)


def test_voices_stand_beside_the_input_that_they_speak_to() -> None:
    event, who = make_workshop()
    said = note_input(SYSTEM, who, words="Tata kelola kolaboratif", now=NOW)
    to_it = note_voice(SYSTEM, event, group="civil_society", words="Libatkan desa", answers=said, now=NOW)
    alone = note_voice(SYSTEM, event, group="civil_society", words="Terima kasih", people=4, now=NOW)
    business = note_voice(SYSTEM, event, group="business", words="CSR siap", now=NOW)
    found = results_of(PUBLIC, event)
    assert [(one.row, list(one.voices), one.by.position) for one in found.inputs] == [(said, [to_it], "Kepala Bappeda")]
    assert list(found.voices) == [alone, business]
    assert found.groups == {"civil_society": 2, "business": 1}


def test_a_speaker_who_did_not_agree_is_told_by_office_alone() -> None:
    event, who = make_workshop()
    note_input(SYSTEM, who, words="Tata kelola", now=NOW)
    (seen,) = results_of(PUBLIC, event).inputs
    (kept,) = results_of(SYSTEM, event, keeps=True).inputs
    assert (seen.by.name, kept.by.name) == ("", "Ibu Contoh")


def test_agreed_schemes_and_other_outcomes_are_told_with_who_sees_to_them() -> None:
    event, helper = make_held(), make_organisation()
    scheme = note_outcome(
        SYSTEM, event, kind=OutcomeKind.SCHEME, scheme=Scheme.DIGITAL, words="Kelas literasi", organisation=helper,
        due_on=date(2025, 9, 1), now=NOW,
    )  # fmt: skip
    cleared = note_outcome(SYSTEM, event, kind=OutcomeKind.CLEARED, scheme="digital", words="Kabar salah", now=NOW)
    assert cleared.scheme == ""
    assert list(results_of(PUBLIC, event).outcomes) == [scheme, cleared]
    set_safety_mode(SYSTEM, helper, on=True, reason_code="threat", now=NOW)
    assert [row.organisation for row in results_of(PUBLIC, event).outcomes] == [None, None]
    assert [row.organisation for row in results_of(worker(helper), event).outcomes] == [helper, None]


def test_papers_are_counted_by_village_and_a_new_count_supersedes_the_old() -> None:
    event, (village,) = make_held(kind=EventKind.MOBILE_SERVICE), areas("52.03.05.2008")
    first = [Bulk(Served.IDENTITY_CARD, 120, village), Bulk(Served.BIRTH, 40)]
    rows = count_served(SYSTEM, event, rows=first, now=NOW)
    assert count_served(SYSTEM, event, rows=first[::-1], now=LATER) == rows
    count_served(SYSTEM, event, rows=[Bulk(Served.BIRTH, 41)], now=LATER)
    assert [(row.kind, row.number) for row in results_of(PUBLIC, event).served] == [("AD.3", 41)]
    assert BulkServed.objects.filter(superseded_at=LATER).count() == 2
    with pytest.raises(Conflict, match="no_service"):
        count_served(SYSTEM, make_held(), rows=first, now=NOW)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": OutcomeKind.SCHEME}, "scheme_needed"),
        ({"kind": "wish"}, "unknown_choice"),
        ({"kind": OutcomeKind.OPEN, "words": " "}, "words_needed"),
        ({"kind": OutcomeKind.OPEN, "words": "x" * 601}, "too_long"),
    ],
)
def test_an_outcome_that_says_nothing_is_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        note_outcome(SYSTEM, make_held(), now=NOW, **{"words": "Sepakat", **given})


def test_a_voice_is_of_a_known_group_and_of_this_event() -> None:
    event, who = make_workshop()
    elsewhere = note_input(SYSTEM, who, words="Tata kelola", now=NOW)
    for given, code in (
        ({"group": "Bu Sari"}, "unknown_choice"),
        ({"group": "women", "people": 0}, "not_a_count"),
        ({"group": "women", "answers": elsewhere}, "input_of_another"),
    ):
        with pytest.raises(Invalid, match=code):
            note_voice(SYSTEM, make_held(), words="Setuju", now=NOW, **given)  # type: ignore[arg-type]
    moderator = speaker(event, part=Part.MODERATOR)
    assert list(speakers_of(event)) == [who]
    with pytest.raises(Invalid, match="not_a_speaker"):
        note_input(SYSTEM, moderator, words="Selamat datang", now=NOW)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (make_event, "not_held"),
        (lambda: make_held(is_sensitive=True), "nobody_named"),
        (lambda: close_event(SYSTEM, make_held(), now=NOW), "closed"),
    ],
)
def test_nothing_is_noted_before_after_or_where_nobody_is_named(make: Callable[[], Any], code: str) -> None:
    event = make()
    with pytest.raises(Conflict, match=code):
        note_voice(SYSTEM, event, group="women", words="Setuju", now=NOW)
    with pytest.raises(Conflict, match=code):
        note_outcome(SYSTEM, event, kind=OutcomeKind.OPEN, words="Terbuka", now=NOW)


def test_sent_twice_it_is_one_row_and_taken_back_it_is_kept() -> None:
    event, who = make_workshop()
    key, other = uuid7(), make_held()
    said = [note_input(SYSTEM, who, words="Tata kelola", id=key, now=NOW) for _ in range(2)]
    assert said[0] == said[1]
    with pytest.raises(Conflict, match="id_taken"):
        note_input(SYSTEM, speaker(other), words="Lain", id=key, now=NOW)
    withdraw_result(SYSTEM, said[0], now=LATER)
    withdraw_result(SYSTEM, said[0], now=LATER + timedelta(hours=1))
    assert not results_of(PUBLIC, event)
    assert SpeakerInput.objects.get(pk=key).superseded_at == LATER
    with pytest.raises(NotFound):
        result_for(SYSTEM, "input", key)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakerInput.objects.filter(pk=key).update(words="Lain")


def test_a_voice_for_a_question_out_of_sight_is_not_shown_with_its_meeting() -> None:
    event = make_held(kind=EventKind.VILLAGE_DISCUSSION)
    open_one = make_consultation(event.owner_organisation)
    for row in (open_one, make_consultation(event.owner_organisation, visibility=Visibility.HOSTS)):
        row.meetings.create(event=event)
        hear(row, event=event)
    assert [voice.consultation for voice in results_of(PUBLIC, event).voices] == [open_one]
    assert len(results_of(SYSTEM, event).voices) == 2


@denies(note_input, note_voice, note_outcome, count_served, withdraw_result)
def test_only_who_keeps_the_event_notes_what_came_of_it() -> None:
    event, who = make_workshop()
    service = make_held(event.owner_organisation, kind=EventKind.MOBILE_SERVICE)
    row = note_input(SYSTEM, who, words="Tata kelola", now=NOW)
    guest = worker(make_organisation(), "event.manage")
    for act in (
        lambda: note_input(guest, who, words="Lain", now=NOW),
        lambda: note_voice(guest, event, group="women", words="Lain", now=NOW),
        lambda: note_outcome(guest, event, kind=OutcomeKind.OPEN, words="Lain", now=NOW),
        lambda: count_served(guest, service, rows=[Bulk(Served.BIRTH, 1)], now=NOW),
        lambda: withdraw_result(guest, row, now=NOW),
    ):
        with pytest.raises(Denied, match=r"event\.manage"):
            act()
    with pytest.raises(NotFound):
        result_for(PUBLIC, "input", uuid7())
    with pytest.raises(NotFound):
        result_for(PUBLIC, "nothing", row.pk)


@audits(note_input, note_voice, note_outcome, count_served, withdraw_result)
def test_each_note_is_recorded_without_a_word_of_it() -> None:
    event, who = make_workshop()
    service = make_held(kind=EventKind.MOBILE_SERVICE)
    begun = set(Act.objects.values_list("pk", flat=True))
    said = note_input(SYSTEM, who, words="Rahasia", now=NOW)
    note_voice(SYSTEM, event, group="women", words="Rahasia", now=NOW)
    outcome = note_outcome(SYSTEM, event, kind=OutcomeKind.OPEN, words="Rahasia", now=NOW)
    count_served(SYSTEM, service, rows=[Bulk(Served.BIRTH, 7)], now=NOW)
    for row in (said, outcome):
        withdraw_result(SYSTEM, row, now=LATER)
    acts = Act.objects.exclude(pk__in=begun).order_by("pk")
    assert [act.act.removeprefix("activities.") for act in acts] == [
        "note_input", "note_voice", "note_outcome", "count_served", "withdraw_result", "withdraw_result",
    ]  # fmt: skip
    assert "Rahasia" not in str([act.details for act in acts])


@pytest.mark.parametrize("many", [1, 3])
def test_results_cost_the_same_however_much_was_said(many: int, django_assert_num_queries: Any) -> None:
    event, who = make_workshop()
    for _ in range(many):
        said = note_input(SYSTEM, who, words="Tata kelola", now=NOW)
        note_voice(SYSTEM, event, group="women", words="Setuju", answers=said, now=NOW)
        note_outcome(SYSTEM, event, kind=OutcomeKind.OPEN, words="Terbuka", now=NOW)
    with django_assert_num_queries(5):
        found = results_of(PUBLIC, event)
    assert (len(found.inputs), len(found.outcomes)) == (many, many)
    assert Voice.objects.count() == Outcome.objects.count() == many
