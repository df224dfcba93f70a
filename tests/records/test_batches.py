"""Many rows in one statement come out as one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import User
from simpul.kernel.localized import LocalizedText
from simpul.records.batches import insert_all, update_all
from tests.records.plots import Board


def boards(number: int) -> list[Board]:
    return [Board(title={"id": f"Papan {n}"}, place="%s' --") for n in range(number)]


def test_rows_are_inserted_as_save_does_it(plots: None) -> None:
    rows = boards(30)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        insert_all(rows)
    assert len(asked) == 1
    assert not any(row._state.adding for row in rows)
    kept = {row.pk: row for row in Board._base_manager.all()}
    assert [kept[row.pk].title for row in rows] == [LocalizedText(row.title) for row in rows]
    assert {(row.version, row.subtitle, row.place) for row in kept.values()} == {(1, None, "%s' --")}


def test_only_what_is_named_is_written(plots: None) -> None:
    rows = boards(3)
    insert_all(rows)
    for number, row in enumerate(rows):
        row.place, row.version = f"Selong {number}", 9
    update_all(rows, ("place",))
    assert sorted(Board._base_manager.values_list("place", "version")) == [(f"Selong {n}", 1) for n in range(3)]


def test_nothing_is_nothing(plots: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        insert_all([])
        update_all([], ("place",))
    assert len(asked) == 0


def test_a_model_that_looks_at_each_row_it_saves_is_refused() -> None:
    with pytest.raises(ValueError, match="row by row"):
        update_all([User()], ("is_active",))
