"""From a month that is over to what everybody may read: who may, in which order, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.cases.models import CountedVictim
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.releases.kinds import age_of, holds
from simpul.releases.models import Annotation, Approval, Batch, Book, Head, Proposal, PublishedCell, Release
from simpul.releases.models.published import AnnotationKind
from simpul.releases.months import SETTLED, closing
from simpul.releases.services.batches import close_period
from simpul.releases.services.proposing import compute_proposal, propose_release, withdraw_proposal
from simpul.releases.services.publishing import annotate_release, approve_release
from simpul.releases.tables import TABLES
from tests.cast import Cast
from tests.factories.releases import (
    ELSEWHERE,
    JANUARY,
    WHY,
    WORKER,
    a_month,
    at_home,
    change_victims,
    decided,
    over,
    released,
    victims,
)
from tests.factories.territory import areas
from tests.marks import audits, denies

LATER = over("2025-01")
WEIGHT = ("PA.2", "K.S", "K.F", "K.P", "AD.1", "AD.3", "BS.1", "JK.4")  # the forms of these tests
SAID = LocalizedText(id="Angka ini ditarik.", en="This number is retracted.")


@pytest.fixture
def january(cast: Cast) -> Cast:
    at_home(cast)
    a_month()
    return cast


def code(refused: "pytest.ExceptionInfo[Conflict]") -> str:
    return refused.value.code


def acts() -> list[str]:
    return list(Act.objects.filter(act__startswith="releases.").order_by("id").values_list("act", flat=True))


@audits(close_period, propose_release, compute_proposal, approve_release)
def test_a_month_is_published_when_two_people_agree(january: Cast) -> None:
    proposal = decided(january, now=LATER)
    assert (proposal.month, proposal.refusal) == ("2025-01", None)
    assert not Release.objects.exists()
    assert proposal.digest is not None
    assert approve_release(january.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER) == []
    assert not PublishedCell.objects.exists()
    made = approve_release(january.dewi.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    assert [(one.audience, one.period, one.number) for one in made] == [("public", "2025-01", 1)]
    whole = PublishedCell.objects.get(table="nation-month", area="", type="", sex="", age="")
    assert whole.count == 137
    assert Head.objects.get().digest == made[0].digest
    assert acts() == [
        "releases.propose_release",
        "releases.close_period",
        "releases.compute_proposal",
        "releases.approve_release",
        "releases.approve_release",
        "releases.publish_release",
    ]


def test_no_published_count_is_below_its_threshold(january: Cast) -> None:
    released(january, now=LATER)
    assert min(PublishedCell.objects.values_list("count", flat=True)) >= 5
    grave = PublishedCell.objects.filter(type__in=["", "violence", "K", "K.S", "PA", "PA.2"])
    assert min(grave.values_list("count", flat=True)) >= 10
    assert not PublishedCell.objects.filter(type__in=["K.S", "PA", "PA.2"]).exists()


def test_everybody_is_counted_once_under_what_weighs_most(january: Cast) -> None:
    released(january, now=LATER)
    batch = Batch.objects.get()
    assert batch.held.open() == {"changed": 0, "gone": 0}
    cells = dict(PublishedCell.objects.filter(table="nation-month", sex="").values_list("type", "count"))
    assert cells["social"] == 120
    assert cells.get("violence", 17) == 17  # twelve with two forms of violence, three child marriages, two others


@pytest.mark.parametrize("who", ["ani", "budi", "citra", "eko", "gede", "hasan", "indah", "joko", "kartika", "publik"])
@denies(close_period, propose_release, compute_proposal, approve_release, withdraw_proposal, annotate_release)
def test_others_propose_approve_and_say_nothing(january: Cast, who: str) -> None:
    proposal = Proposal.objects.create(month="2025-01", proposed_at=LATER)
    release = Release()
    actor: Actor = getattr(january, who).actor
    calls: list[Callable[[], object]] = [
        lambda: close_period(actor, now=LATER),
        lambda: propose_release(actor, now=LATER),
        lambda: compute_proposal(actor, proposal, now=LATER),
        lambda: approve_release(actor, proposal, digest="0", reason=WHY, now=LATER),
        lambda: withdraw_proposal(actor, proposal, reason="salah", now=LATER),
        lambda: annotate_release(actor, release, kind="note", text=SAID, now=LATER),
    ]
    for call in calls:
        with pytest.raises(Denied):
            call()
    assert not Act.objects.filter(act__startswith="releases.").exists()


def test_the_platform_and_programs_never_agree(january: Cast) -> None:
    proposal = decided(january, now=LATER)
    assert proposal.digest is not None
    narrowed = january.fitri.actor.narrowed(frozenset({"release.approve"}), via="token 0198c1a2b3c4")  # type: ignore[attr-defined]
    for actor in (System("demo"), narrowed, Anonymous()):
        with pytest.raises(Denied):
            approve_release(actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    assert not Approval.objects.exists()


def test_one_person_agrees_once(january: Cast) -> None:
    proposal = decided(january, now=LATER)
    assert proposal.digest is not None
    for _again in range(3):
        assert approve_release(january.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER) == []
    assert Approval.objects.count() == 1
    assert not Release.objects.exists()


def test_what_was_not_read_is_not_agreed_to(january: Cast) -> None:
    proposal = decided(january, now=LATER)
    with pytest.raises(Conflict) as refused:
        approve_release(january.fitri.actor, proposal, digest="0" * 64, reason=WHY, now=LATER)
    assert code(refused) == "digest_changed"


def test_nothing_is_agreed_to_before_it_is_worked_out(january: Cast) -> None:
    proposal = propose_release(january.fitri.actor, now=LATER)
    with pytest.raises(Conflict) as refused:
        approve_release(january.fitri.actor, proposal, digest="", reason=WHY, now=LATER)
    assert code(refused) == "not_ready"


def test_proposing_twice_is_proposing_once(january: Cast) -> None:
    first = propose_release(january.fitri.actor, now=LATER)
    assert propose_release(january.dewi.actor, now=LATER) == first
    assert acts() == ["releases.propose_release"]


def test_working_it_out_twice_keeps_the_first(january: Cast) -> None:
    proposal = decided(january, now=LATER)
    again = compute_proposal(WORKER, proposal, now=LATER + timedelta(hours=1))
    assert (again.digest, again.computed_at) == (proposal.digest, proposal.computed_at)


def test_a_month_that_is_not_over_is_neither_closed_nor_proposed(january: Cast) -> None:
    early = closing("2025-01") + SETTLED - timedelta(seconds=1)
    for call in (
        lambda: close_period(january.fitri.actor, now=early),
        lambda: propose_release(january.fitri.actor, now=early),
    ):
        with pytest.raises(Conflict) as refused:
            call()
        assert code(refused) == "too_soon"
    assert close_period(january.fitri.actor, now=closing("2025-01") + SETTLED).name == "2025-01"


def test_without_any_record_there_is_nothing_to_close(cast: Cast) -> None:
    at_home(cast)
    for call in (lambda: close_period(WORKER, now=LATER), lambda: propose_release(WORKER, now=LATER)):
        with pytest.raises(Conflict) as refused:
            call()
        assert code(refused) in {"nothing_to_close", "nothing_to_release"}


def test_months_are_closed_in_order_and_once(january: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        close_period(WORKER, month="2025-02", now=over("2025-02"))
    assert code(refused) == "gap"
    first = close_period(WORKER, month="2025-01", now=LATER)
    assert close_period(WORKER, month="2025-01", now=LATER) == first
    assert close_period(WORKER, now=over("2025-02")).name == "2025-02"


@audits(withdraw_proposal)
def test_a_proposal_taken_back_makes_room_for_another(january: Cast) -> None:
    first = decided(january, now=LATER)
    with pytest.raises(Invalid):
        withdraw_proposal(january.fitri.actor, first, reason=" ", now=LATER)
    withdraw_proposal(january.fitri.actor, first, reason="salah bulan", now=LATER)
    assert first.digest is not None
    with pytest.raises(Conflict) as refused:
        approve_release(january.dewi.actor, first, digest=first.digest, reason=WHY, now=LATER)
    assert code(refused) == "not_open"
    with pytest.raises(Conflict):
        withdraw_proposal(january.fitri.actor, first, reason="lagi", now=LATER)
    assert [one.period for one in released(january, now=LATER)] == ["2025-01"]
    assert acts().count("releases.withdraw_proposal") == 1
    assert Batch.objects.count() == 1  # counted once, whatever is proposed of it


def test_late_records_go_to_a_later_month_and_corrections_are_held(january: Cast) -> None:
    moved = victims(6, ["K.P"])
    released(january, now=LATER)
    before = {cell.pk: cell.count for cell in PublishedCell.objects.all()}
    change_victims(moved, at=datetime(2025, 2, 9, tzinfo=UTC), types=["K.F"])  # sorted wrongly
    change_victims(moved[:1], at=datetime(2025, 2, 10, tzinfo=UTC), counting="refused")  # took it back
    a_month(datetime(2025, 2, 3, tzinfo=UTC))
    released(january, now=over("2025-02"))
    batch = Batch.objects.get(name="2025-02")
    assert batch.held.open() == {"changed": 5, "gone": 1}
    assert PublishedCell.objects.get(table="nation-month", period="2025-02", type="", sex="").count == 137
    assert {cell.pk: cell.count for cell in PublishedCell.objects.filter(period="2025-01")} == before


def test_who_comes_back_is_not_counted_twice(january: Cast) -> None:
    keys = victims(10, ["LP"])
    released(january, now=LATER)
    change_victims(keys, at=datetime(2025, 2, 9, tzinfo=UTC), counting="refused")
    released(january, now=over("2025-02"))
    change_victims(keys, at=datetime(2025, 3, 9, tzinfo=UTC), counting="agreed")
    a_month(datetime(2025, 3, 9, tzinfo=UTC))
    released(january, now=over("2025-03"))
    whole = PublishedCell.objects.filter(table="nation-month", type="", sex="").values_list("period", "count")
    assert dict(whole) == {"2025-01": 147, "2025-03": 137}


def test_a_quarter_is_published_with_its_last_month(quarter: Cast) -> None:
    made = Release.objects.order_by("number").values_list("audience", "period")
    assert list(made) == [
        ("public", "2025-01"),
        ("public", "2025-02"),
        ("public", "2025-03"),
        ("public", "2025-Q1"),
        ("government", "2025-Q1"),
    ]
    told = set(PublishedCell.objects.values_list("table", flat=True))
    assert {"nation-month", "province-month", "regency-quarter"} <= told <= set(TABLES)


def test_every_published_count_is_what_a_plain_recount_gives(quarter: Cast) -> None:
    people = [
        (row, min(row.types.values_list("form", flat=True), key=WEIGHT.index))
        for row in CountedVictim.objects.prefetch_related("types")
    ]
    for cell in PublishedCell.objects.all():
        counted = [
            row
            for row, form in people
            if row.area_id.startswith(cell.area) and cell.period_from <= row.received_on < cell.period_until
            if holds(cell.type, form) and cell.sex in ("", row.sex) and cell.age in ("", age_of(row.age_band))
        ]
        assert len(counted) == cell.count, cell


def test_a_place_without_records_is_declared_like_any_other(january: Cast) -> None:
    released(january, now=LATER)
    assert set(Book.objects.get().places) >= {"52.03.05.2008", "52.03.00.0000", "52.02.00.0000", "32.71.00.0000"}
    assert ELSEWHERE[0] not in Book.objects.get().places


def test_a_record_of_an_unknown_place_is_refused_with_the_reason(january: Cast) -> None:
    close_period(WORKER, now=LATER)
    areas("71.71.01.1001")
    victims(9, area="71.71.01.1001", at=datetime(2025, 2, 3, tzinfo=UTC))
    released(january, now=LATER)
    proposal = decided(january, now=over("2025-02"))
    assert proposal.refusal == "unknown_place"
    assert not Batch.objects.filter(name="2025-02").exists()


@audits(annotate_release)
def test_a_retracted_release_stays_published_and_says_so(january: Cast) -> None:
    release = released(january, now=LATER)[0]
    cells = PublishedCell.objects.count()
    annotate_release(january.fitri.actor, release, kind="retracted", text=SAID, now=LATER)
    cell = PublishedCell.objects.first()
    annotate_release(january.fitri.actor, release, kind=AnnotationKind.CORRECTED, text=SAID, cell=cell, now=LATER)
    assert PublishedCell.objects.count() == cells
    assert Annotation.objects.count() == acts().count("releases.annotate_release") == 2
    with pytest.raises(Invalid):
        annotate_release(january.fitri.actor, release, kind="gone", text=SAID, now=LATER)


def test_a_note_on_a_number_of_another_release_is_refused(january: Cast) -> None:
    first = released(january, now=LATER)[0]
    a_month(datetime(2025, 2, 3, tzinfo=UTC))
    second = released(january, now=over("2025-02"))[0]
    with pytest.raises(Invalid) as refused:
        annotate_release(january.fitri.actor, first, kind="note", text=SAID, cell=second.cells.first(), now=LATER)
    assert refused.value.code == "not_of_release"


def test_nothing_is_published_by_half(january: Cast) -> None:
    """A row in the way of the last cell: the lines, the heads and the second agreement go with it."""
    first = released(january, now=LATER)[0]
    a_month(datetime(2025, 2, 3, tzinfo=UTC))
    proposal = decided(january, now=over("2025-02"))
    assert proposal.digest is not None
    approve_release(january.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    PublishedCell.objects.create(
        release=first, table="nation-month", tier=0, level=0, depth=0, period="2025-02", count=30,
        period_from=first.period_from, period_until=first.period_until,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        approve_release(january.dewi.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    assert Release.objects.count() == 1
    assert Head.objects.get().digest == first.digest
    assert proposal.approvals.count() == 1
    assert not PublishedCell.objects.filter(period="2025-02").exclude(release=first).exists()


def test_what_something_else_was_published_since_is_decided_anew(january: Cast) -> None:
    first = released(january, now=LATER)[0]
    proposal = decided(january, now=over("2025-02"))
    Release.objects.create(
        book=first.book, proposal=first.proposal, number=2, audience="government", period="2025-01", line=b"",
        period_from=first.period_from, period_until=first.period_until, digest="1" * 64, before=first.digest,
        certificate="", certificate_digest="", declared=0, published=0, protected=0, tables=0, published_at=LATER,
    )  # fmt: skip
    Head.objects.update(number=2, digest="1" * 64)
    assert proposal.digest is not None
    approve_release(january.fitri.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    with pytest.raises(Conflict) as refused:
        approve_release(january.dewi.actor, proposal, digest=proposal.digest, reason=WHY, now=LATER)
    assert code(refused) == "stale"
    assert proposal.approvals.count() == 1


@pytest.mark.parametrize("model", [Book, Batch, Proposal, Approval, Release, PublishedCell])
def test_what_is_kept_is_never_taken_out(january: Cast, model: type) -> None:
    released(january, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete("default")  # type: ignore[attr-defined]


def test_a_published_count_never_changes(january: Cast) -> None:
    released(january, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedCell.objects.update(count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(line=b"")
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.update(digest="")


def test_times_of_the_world_are_in_january() -> None:
    assert closing("2024-12") < JANUARY < closing("2025-01")
