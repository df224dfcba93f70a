"""Two people at once: one writes, the other sees both versions; and a graph has one writer."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.migrations.state import ProjectState

from simpul.kernel.errors import Conflict
from simpul.kernel.localized import LocalizedText
from simpul.records.locks import claim_version, lock_graph
from tests.racing import at_once
from tests.records.plots import Board


@pytest.fixture
def raced_plots(plot_tables: ProjectState, raced: None) -> Iterator[None]:
    """The tables in a database that threads may write to."""
    return


def board(**more: object) -> Board:
    return Board._base_manager.create(title={"id": "Papan"}, **more)


def test_a_claimed_version_writes_and_counts_up(plots: None) -> None:
    row = board()
    fresh = claim_version(row, 1, {"place": "Selong"})
    assert (fresh.place, fresh.version, fresh.pk) == ("Selong", 2, row.pk)
    assert claim_version(fresh, 2, {}).version == 3


def test_an_edit_of_an_older_version_shows_what_is_there_now(plots: None) -> None:
    row = board()
    claim_version(row, 1, {"place": "Selong", "title": LocalizedText(id="Papan nama")})
    with pytest.raises(Conflict) as caught:
        claim_version(row, 1, {"place": "Praya", "title": LocalizedText(id="Papan nama")})
    assert (caught.value.code, caught.value.theirs) == ("edited_meanwhile", {"place": "Selong"})
    assert "Both versions" in str(caught.value.message) or "versi" in str(caught.value.message).lower()
    row.refresh_from_db()
    assert (row.place, row.version) == ("Selong", 2)


@pytest.mark.racing
def test_of_many_edits_at_once_one_is_written(raced_plots: None) -> None:
    row = board()
    results = at_once(*(lambda n=n: claim_version(row, 1, {"place": f"place {n}"}) for n in range(5)))
    won = [r for r in results if isinstance(r, Board)]
    lost = [r for r in results if isinstance(r, Conflict)]
    assert (len(won), len(lost)) == (1, 4)
    assert [c.theirs for c in lost] == [{"place": won[0].place}] * 4
    row.refresh_from_db()
    assert (row.place, row.version) == (won[0].place, 2)


@pytest.mark.django_db(transaction=True)
def test_a_graph_is_locked_within_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        lock_graph("units")


@pytest.mark.racing
def test_a_graph_has_one_writer_at_a_time(raced_plots: None) -> None:
    """Each reads a count, waits and writes one more: without the lock most would be lost."""
    row = board(place="0")

    def count_up() -> None:
        for _ in range(5):
            with transaction.atomic():
                lock_graph("boards")
                seen = int(Board._base_manager.values_list("place", flat=True).get(pk=row.pk))
                time.sleep(0.002)
                Board._base_manager.filter(pk=row.pk).update(place=str(seen + 1))

    assert at_once(*[count_up] * 4) == [None] * 4
    row.refresh_from_db()
    assert row.place == "20"


@pytest.mark.racing
@pytest.mark.two_writers
def test_two_graphs_are_locked_apart(raced_plots: None) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> bool:
        with transaction.atomic():
            lock_graph("units")
            held.set()
            return done.wait(60)

    def other() -> None:
        assert held.wait(60)
        with transaction.atomic():
            lock_graph("memberships")
        done.set()

    assert at_once(hold, other) == [True, None]
