"""The village's cases, complaints and referrals: as the story tells them, each seen by whom it is for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from simpul.access.queries import actor_for
from simpul.cases.complaint_receipts import digits_of, grouped
from simpul.cases.facts import Dimension, Unit, counts
from simpul.cases.health import complaints_are_read, figures_follow_cases, protection_follows_types, stages_follow_steps
from simpul.cases.models import Case, CaseExport, Complaint, Party, Referral, Satisfaction
from simpul.cases.rules.complaints import visible_to as complaints_visible_to
from simpul.cases.rules.sight import visible_to
from simpul.deadlines.models import Clock
from simpul.demo.keys import key_of
from simpul.demo.models import DemoStep
from simpul.demo.services import load_storyline
from simpul.demo.story.casework import load as casework
from simpul.demo.story.casework.complaints import OPEN_KEY
from simpul.kernel.actor import System
from simpul.kernel.health import Level
from tests.demo.places import NEEDED
from tests.factories.territory import areas
from tests.racing import copied_database

NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)
DEMO = System("demo")
ROOT = Path(__file__).resolve().parents[2]
NAMED = ("sarinah", "melati", "mawar", "kenanga", "cempaka", "anggrek", "teratai", "aik-bening")


@pytest.fixture(scope="module")
def story(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with django_db_blocker.unblock(), copied_database(tmp_path_factory.mktemp("casework")):
        areas(*NEEDED)
        load_storyline(DEMO, now=NOW)
        yield


@pytest.fixture(autouse=True)
def loaded(story: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen_by(key: str) -> set[str]:
    actor = actor_for(key_of(f"user/{key}"), now=NOW, second_factor=True)
    found = Case.objects.filter(visible_to(actor, now=NOW)).values_list("pk", flat=True)
    named = {key_of(f"case/{name}"): name for name in NAMED}
    return {named[pk] for pk in found if pk in named}


def test_the_third_of_march_went_as_the_story_has_it() -> None:
    case = Case.objects.get(pk=key_of("case/melati"))
    assert (case.stage, case.outcome, case.guardian_conflict) == ("closed", "separated", True)
    clock = Clock.objects.get(about_id=case.pk, code="D01")
    assert (clock.started_at, clock.decision) == (case.received_at, "will_not_report")
    assert clock.stopped_at is not None
    assert clock.stopped_at < clock.due_at
    sent = Referral.objects.get(pk=key_of("referral/melati-uptd"))
    assert (sent.sent_at, sent.stage) == (datetime(2025, 3, 2, 23, 55, tzinfo=UTC), "done")  # 07.55 in Lombok
    progress = sent.steps.get(act="progress")
    assert progress.at == datetime(2025, 3, 3, 3, 20, tzinfo=UTC)  # 11.20
    assert [visit.month for visit in case.visits.exclude(visited_on=None).order_by("month")] == [1, 3, 6]


def test_the_police_did_not_answer_and_the_matter_went_up() -> None:
    letter = Referral.objects.get(pk=key_of("referral/anggrek-polres"))
    assert letter.stage == "unanswered"
    assert Clock.objects.get(about_id=letter.pk).breached_at is not None
    assert letter.case.escalations.filter(ended_at=None).exists()


def test_where_the_police_answered_late_she_was_helped_all_the_same() -> None:
    letter = Referral.objects.get(pk=key_of("referral/mawar-polres"))
    assert list(letter.steps.order_by("id").values_list("act", flat=True)) == [
        "send", "expire", "accept", "feed_back", "finish",
    ]  # fmt: skip
    assert Clock.objects.get(about_id=letter.pk).breached_at is not None
    assert letter.case.escalations.count() == 1
    assert not letter.case.escalations.filter(ended_at=None).exists()
    assert (letter.case.stage, letter.case.outcome, letter.case.due_at) == ("closed", "met", None)
    # Three forms of violence in one person: totals by form exceed the people.
    assert sorted(Party.objects.get(case=letter.case, role="victim").types.values_list("code", flat=True)) == [
        "K.F", "K.N", "K.P",
    ]  # fmt: skip


def test_each_of_the_cast_sees_what_is_for_them() -> None:
    assert seen_by("ani") == {"sarinah", "melati", "mawar", "kenanga", "teratai"}
    assert seen_by("budi") == {"sarinah", "melati", "mawar", "kenanga", "cempaka", "anggrek", "teratai"}
    assert seen_by("kartika") == {"anggrek"}
    assert seen_by("hasan") == {"aik-bening"}
    for key in ("citra", "dewi", "eko", "fitri", "gede", "indah", "joko"):
        assert seen_by(key) == set()


def test_what_waits_is_reckoned_from_the_day_the_demo_is_loaded() -> None:
    """No clock of the law is years over; one that pauses, one that was kept and one that runs are there to see."""
    running = Clock.objects.filter(code="D01", stopped_at=None)
    assert [clock.about_id for clock in running] == [key_of("case/teratai")]
    assert running[0].breached_at is None
    stopping = Clock.objects.get(code="D09", about_id=key_of("case/kenanga"))
    assert (stopping.stopped_at, stopping.breached_at) == (None, None)
    kept = Clock.objects.get(code="D09", about_id=key_of("case/seruni"))
    assert kept.decision == "stopped"
    assert Clock.objects.get(about_id=key_of("referral/seruni-kua")).paused_at is not None
    assert not Clock.objects.filter(about_kind="cases.complaint", stopped_at=None, breached_at__isnull=False).exists()


def test_a_face_was_given_and_the_register_taken_out_and_called_back() -> None:
    assert Satisfaction.objects.count() == 1
    collected, recalled = (CaseExport.objects.get(pk=key_of(f"export/{key}")) for key in ("laporan", "salah"))
    assert (collected.collected_at is None, collected.recalled_at) == (False, None)
    assert (recalled.collected_at, recalled.recalled_at is None) == (None, False)


def test_citra_was_told_and_answered() -> None:
    letter = Referral.objects.get(pk=key_of("referral/cempaka-uptd"))
    assert (letter.stage, letter.organisation_id) == ("accepted", key_of("organisation/uptd"))
    assert letter.recipients.filter(user=key_of("user/citra")).exists()


def test_complaints_are_where_they_belong() -> None:
    levels = dict(Complaint.objects.values_list("about", "level"))
    assert levels["group"] == "above"
    budi, kartika, hasan = (
        actor_for(key_of(f"user/{key}"), now=NOW, second_factor=True) for key in ("budi", "kartika", "hasan")
    )
    assert Complaint.objects.filter(complaints_visible_to(budi), about="group").count() == 0
    assert Complaint.objects.filter(complaints_visible_to(kartika), about="group").count() == 1
    assert Complaint.objects.filter(complaints_visible_to(hasan)).count() == 0
    assert set(Complaint.objects.exclude(decision=None).values_list("decision__verdict", flat=True)) == {
        "rejected", "case",
    }  # fmt: skip


def test_the_receipt_in_the_documents_opens_the_invented_complaint() -> None:
    assert grouped(digits_of(OPEN_KEY)) in (ROOT / "docs" / "demo.md").read_text()


def test_eleven_cards_are_a_pattern_in_the_counts() -> None:
    found = {one.cell: one.came for one in counts(Unit.CASES, (Dimension.TYPE, Dimension.MONTH), until=NOW)}
    assert found["JK.4", "2025-06"] == 11
    assert found["PA.2", "2025-03"] == 1


def test_nothing_of_it_is_broken_and_nothing_is_done_twice() -> None:
    probes = (protection_follows_types, stages_follow_steps, figures_follow_cases)
    assert {finding.level for check in probes for finding in check(NOW)} == {Level.OK}
    assert {finding.level for finding in complaints_are_read(NOW)} <= {Level.OK, Level.WARN}
    before = {model: model.objects.count() for model in (Case, Complaint, Referral, Party, DemoStep)}
    assert load_storyline(DEMO, now=NOW) == 0
    assert {model: model.objects.count() for model in before} == before


def test_every_case_lies_in_an_invented_village() -> None:
    assert len(casework.steps()) == len({step.key for step in casework.steps()})
    assert all(code.startswith("52.03.99.") for code in Case.objects.values_list("area_id", flat=True))
    assert all(code.startswith("52.03.99.") for code in Complaint.objects.values_list("area_id", flat=True))
    for party in Party.objects.exclude(phone__isnull=True):
        assert party.phone.open().startswith("0800-000-")
