"""What is declared of a year: thresholds of cells that sum several types, margins, what is refused."""

import numpy as np
import pytest

from simpul.disclosure import frames
from simpul.disclosure.books import Book
from simpul.disclosure.chains import MemoryStore
from simpul.disclosure.cubes import View
from simpul.disclosure.errors import Refused
from simpul.disclosure.frames import frame_of
from simpul.disclosure.outlines import Declared, Outline, Thresholds, dimension, margins_of, outline_from
from simpul.disclosure.periods import Cadence
from tests.disclosure.years import MONTHS, attacker_of, dimensions, month, nesting, publish, told_of, true_count


def thresholds(by: tuple[str, ...], k: Thresholds) -> dict[tuple[str, ...], int]:
    outline = Outline(2025, dimensions(), (Declared(by, Cadence.MONTH),), k)
    view: View = outline.tables[0][1]
    return {labels[3:]: int(limit) for labels, limit in zip(view.labels(), outline.thresholds_of(view), strict=True)}


def test_a_cell_that_sums_several_types_has_the_highest_threshold_among_them() -> None:
    k = Thresholds(5, {"K.S": 10, "PA": 12})
    assert thresholds(("type",), k) == {("K", "K.F"): 5, ("K", "K.S"): 10, ("PA", "PA.1"): 12}
    assert thresholds(("group",), k) == {("K", "Total"): 10, ("PA", "Total"): 12}
    assert thresholds(("village",), k) == {("Total", "Total"): 12}


def test_a_threshold_lower_than_the_least_changes_nothing() -> None:
    assert set(thresholds(("type",), Thresholds(5, {"K.S": 3})).values()) == {5}


def test_margins_are_every_coarser_level_down_to_the_least() -> None:
    both = dimensions()
    every = margins_of(both, by=("regency", "type"), cadence=Cadence.QUARTER)
    assert {one.by for one in every} == {
        (*place, *kind) for place in ((), ("province",), ("regency",)) for kind in ((), ("group",), ("type",))
    }
    some = margins_of(both, by=("village", "group"), least=("regency", "group"), cadence=Cadence.YEAR)
    assert [one.by for one in some] == [("regency", "group"), ("village", "group")]
    with pytest.raises(Refused):
        margins_of(both, by=("street",), cadence=Cadence.YEAR)


def test_overlapping_hierarchies_are_levels_side_by_side() -> None:
    place = dimension(
        ("province", "island", "village"),
        [("p1", "i1", "a"), ("p1", "i2", "b"), ("p2", "i1", "c")],
        (("province", "village"), ("island", "village")),
    )
    assert [one.by for one in margins_of([place], by=("village",), cadence=Cadence.YEAR)] == [
        (),
        ("province",),
        ("island",),
        ("village",),
    ]
    outline = Outline(2025, (place,), (Declared(("province",), Cadence.YEAR), Declared(("island",), Cadence.YEAR)))
    again = outline_from(outline.text)
    assert (again.text, again.digest) == (outline.text, outline.digest)
    assert [level.name for level in again.dimensions[0].levels] == ["Total", "province", "island", "village"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"declared": ()}, "wrong_outline"),
        ({"declared": (Declared(("street",), Cadence.YEAR),)}, "unknown_column"),
        ({"declared": (Declared((), Cadence.YEAR, "nobody"),)}, "wrong_outline"),
        ({"declared": (Declared((), Cadence.YEAR), Declared((), Cadence.YEAR))}, "wrong_outline"),
        ({"begins": "2024-12"}, "wrong_outline"),
        ({"begins": "2025-Q1"}, "unknown_period"),
        ({"k": Thresholds(0)}, "wrong_outline"),
    ],
)
def test_an_outline_that_makes_no_sense_is_refused(changed: dict[str, object], code: str) -> None:
    given: dict[str, object] = {"declared": (Declared((), Cadence.YEAR),)} | changed
    with pytest.raises(Refused) as error:
        Outline(2025, dimensions(), **given)  # type: ignore[arg-type]
    assert error.value.code == code


@pytest.mark.parametrize("leaves", [[], [("a",)], [("p1", "a"), ("p2", "a")]])
def test_a_dimension_names_each_finest_entry_once(leaves: list[tuple[str, ...]]) -> None:
    with pytest.raises(Refused) as error:
        dimension(("province", "village"), leaves)
    assert error.value.code == "wrong_outline"


def test_an_outline_that_can_t_be_read_is_refused() -> None:
    for text in ("", "{}", nesting().text.replace('"month"', '"week"')):
        with pytest.raises(Refused) as error:
            outline_from(text)
        assert error.value.code == "wrong_outline"


def test_cells_are_the_sums_of_their_batches_whichever_atoms_were_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    outline = nesting()
    batches = [month(outline, name, 0.4) for name in MONTHS]
    whole = frame_of(outline, batches)
    monkeypatch.setattr(frames, "EVERY", 0)
    sparse = frame_of(outline, batches)
    assert len(sparse.worth) < len(whole.worth)
    assert sparse.values.tolist() == whole.values.tolist()
    low = whole.values < whole.k
    assert (np.diff(sparse.incidence.starts)[low] >= 1).all(), "each protected cell has an atom to differ in"
    assert sparse.worth.sum() == sum(batch.total for batch in batches)


def test_a_book_of_chosen_atoms_gives_nothing_away_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "EVERY", 0)
    outline = nesting(begins="2025-11")
    book, batches = Book(outline, MemoryStore()), [month(outline, name, 0.6, 5) for name in MONTHS[10:]]
    for period in (*MONTHS[10:], "2025-Q4", "2025"):
        publish(book, "public", period, batches)
    book.verify()
    told = told_of(book, batches)
    small = [one for one in told if true_count(outline, batches, one) < 5]
    assert any(one.value is not None for one in told)
    assert attacker_of(book, batches).leaks(small) == []
