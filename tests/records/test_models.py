"""Keys, references and the two times."""

from datetime import UTC, date, datetime

import pytest

from simpul.kernel.ids import uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Period
from tests.records.plots import Board, Lease

NOW = datetime(2025, 2, 7, tzinfo=UTC)


def test_a_record_has_its_key_before_it_is_saved(plots: None) -> None:
    row = Board(title={"id": "Papan"})
    assert row.pk.version == 7
    assert abs((uuid7_instant(row.pk) - datetime.now(UTC)).total_seconds()) < 60
    assert row.ref == RecordRef("plots.board", row.pk)
    row.save()
    assert Board._base_manager.get().pk == row.pk


def test_a_record_keeps_the_node_it_was_made_at(plots: None, settings: object) -> None:
    settings.NODE = "simpul-ntb"  # type: ignore[attr-defined]
    assert Board._base_manager.create(title={"id": "Papan"}).origin_node == "simpul-ntb"


@pytest.mark.parametrize(
    ("start", "until"), [(None, None), (date(2024, 1, 1), None), (date(2024, 1, 1), date(2024, 2, 1))]
)
def test_a_dated_row_gives_its_period(start: date | None, until: date | None) -> None:
    assert Lease(valid_from=start, valid_until=until, recorded_at=NOW).period == Period(start, until)
