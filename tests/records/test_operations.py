"""Periods that never overlap and rows that never change, on either engine."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.migrations.state import ProjectState
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.kernel.ids import uuid7
from simpul.kernel.time import Period
from simpul.records.models import known_at, true_on
from simpul.records.operations import AppendOnly, violated
from tests.records.plots import OPERATIONS, Board, Lease, apply

NOW = datetime(2025, 2, 7, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def lease(start: str | None, until: str | None, **more: Any) -> Lease:
    values = {"plot": 1, "recorded_at": NOW, **more}
    days = {
        name: date.fromisoformat(day) if day else None for name, day in (("valid_from", start), ("valid_until", until))
    }
    return Lease._base_manager.create(**days, **values)


def refused(start: str | None, until: str | None, **more: Any) -> bool:
    try:
        with transaction.atomic():
            lease(start, until, **more)
    except IntegrityError as error:
        if not violated(error, "plots_lease_alone") or violated(error, "plots_lease_kept"):
            raise
        return True
    return False


@pytest.mark.parametrize(
    ("start", "until", "overlaps"),
    [
        ("2024-01-01", "2024-02-01", True),
        ("2023-12-01", "2024-01-02", True),
        ("2024-01-31", "2024-03-01", True),
        ("2024-01-10", "2024-01-11", True),
        (None, None, True),
        (None, "2024-01-02", True),
        ("2024-01-31", None, True),
        ("2024-02-01", None, False),
        ("2024-02-01", "2024-03-01", False),
        (None, "2024-01-01", False),
    ],
)
def test_periods_share_no_day(plots: None, start: str | None, until: str | None, overlaps: bool) -> None:
    lease("2024-01-01", "2024-02-01")
    assert refused(start, until) is overlaps


@pytest.mark.parametrize("open_row", [(None, None), ("2024-01-01", None), (None, "2024-01-01")])
def test_open_periods_are_compared_too(plots: None, open_row: tuple[str | None, str | None]) -> None:
    lease(*open_row)
    assert refused(*open_row)
    assert refused(None, None)


@given(st.lists(st.integers(0, 12) | st.none(), min_size=4, max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80, deadline=None
)
def test_the_database_and_the_kernel_agree_on_overlaps(plots: None, offsets: list[int | None]) -> None:
    days = [None if n is None else date(2024, 1, 1) + timedelta(days=n) for n in offsets]
    try:
        first, second = Period(days[0], days[1]), Period(days[2], days[3])
    except ValueError:
        return
    point = transaction.savepoint()
    Lease._base_manager.create(plot=1, valid_from=first.start, valid_until=first.until, recorded_at=NOW)
    texts = [d.isoformat() if d else None for d in (second.start, second.until)]
    assert refused(*texts) is first.overlaps(second)
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize(
    "other", [{"plot": 2}, {"plot": None}, {"superseded_at": NOW}, {"kind": "part"}], ids=lambda other: str(list(other))
)
def test_rows_outside_the_comparison_may_overlap(plots: None, other: dict[str, Any]) -> None:
    lease("2024-01-01", None, **other)
    assert not refused("2024-01-01", None)
    assert Lease._base_manager.count() == 2


def test_two_rows_without_a_key_are_not_compared(plots: None) -> None:
    lease("2024-01-01", None, plot=None)
    assert not refused("2024-01-01", None, plot=None)


def test_a_correction_supersedes_and_appends(plots: None) -> None:
    row = lease("2024-01-01", None, holder="Ani")
    assert Lease._base_manager.filter(pk=row.pk).update(superseded_at=LATER) == 1
    lease("2024-01-01", None, holder="Budi", recorded_at=LATER)
    day = date(2024, 5, 1)
    holders = [
        list(Lease._base_manager.filter(true_on(day) & known_at(at)).values_list("holder", flat=True))
        for at in (None, NOW, LATER, NOW - timedelta(days=1))
    ]
    assert holders == [["Budi"], ["Ani"], ["Budi"], []]


def test_a_row_is_superseded_once(plots: None) -> None:
    row = lease("2024-01-01", None)
    Lease._base_manager.filter(pk=row.pk).update(superseded_at=LATER)
    for again in (LATER + timedelta(days=1), None):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Lease._base_manager.filter(pk=row.pk).update(superseded_at=again)
        assert violated(caught.value, "plots_lease_kept")
    Lease._base_manager.filter(pk=row.pk).update(superseded_at=LATER)


@pytest.mark.parametrize(
    "change",
    [
        {"holder": "x"},
        {"plot": 9},
        {"plot": None},
        {"valid_until": date(2025, 1, 1)},
        {"id": uuid7()},
        {"recorded_at": LATER},
    ],
    ids=lambda change: str(list(change)),
)
def test_a_kept_row_does_not_change(plots: None, change: dict[str, Any]) -> None:
    lease("2024-01-01", None)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Lease._base_manager.update(**change)
    assert violated(caught.value, "plots_lease_kept")


def test_a_sealed_column_may_be_encrypted_anew(plots: None) -> None:
    lease("2024-01-01", None, note="v1.old")
    assert Lease._base_manager.update(note="v1.new") == 1


def test_an_erasable_row_can_be_deleted_and_another_can_not(plots: None, plot_tables: ProjectState) -> None:
    lease("2024-01-01", None)
    assert Lease._base_manager.all().delete()[0] == 1
    kept = AppendOnly("Lease", "plots_lease_forever")
    apply(kept, plot_tables)
    lease("2024-01-01", None)
    with pytest.raises(IntegrityError, match="plots_lease_forever"), transaction.atomic():
        Lease._base_manager.all().delete()
    assert Lease._base_manager.count() == 1


def test_a_period_ends_after_it_starts(plots: None) -> None:
    for until in ("2024-01-01", "2023-12-31"):
        with pytest.raises(DatabaseError), transaction.atomic():
            lease("2024-01-01", until, kind="part")


def test_operations_are_undone(plots: None, plot_tables: ProjectState) -> None:
    row = lease("2024-01-01", None)
    for operation in reversed(OPERATIONS[:2]):
        apply(operation, plot_tables, undo=True)
    Lease._base_manager.filter(pk=row.pk).update(holder="changed")
    lease("2024-01-01", None)
    assert Lease._base_manager.count() == 2
    Lease._base_manager.all().delete()


def test_operations_say_what_they_do() -> None:
    overlap, kept, _other = OPERATIONS
    assert overlap.describe() == "plots_lease_alone: periods of Lease never overlap for the same plot"
    assert kept.describe() == "plots_lease_kept: rows of Lease are appended, never changed"


def test_a_column_that_is_set_once_is_set_once(plots: None, plot_tables: ProjectState) -> None:
    apply(OPERATIONS[2], plot_tables)
    row = Board._base_manager.create(title={"id": "Papan"})
    Board._base_manager.filter(pk=row.pk).update(subtitle={"id": "Pertama"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Board._base_manager.filter(pk=row.pk).update(subtitle={"id": "Kedua"})
