"""What a cell gained over several periods is protected like a cell: no release tells it, the checker asks for it."""

from dataclasses import replace

import numpy as np
import pytest

from simpul.disclosure.batches import Batch, batch_of
from simpul.disclosure.books import Book
from simpul.disclosure.chains import MemoryStore
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Declared, Outline, Thresholds, dimension
from simpul.disclosure.periods import Cadence
from simpul.disclosure.proofs import Proof
from tests.disclosure.years import MONTHS

SEX = dimension(("sex",), [("f",)])
OUTLINE = Outline(2025, (SEX,), (Declared((), Cadence.MONTH), Declared((), Cadence.QUARTER)), Thresholds(5))


def quarter(*counts: int) -> tuple[Book, list[Batch]]:
    """Three months are out."""
    book = Book(OUTLINE, MemoryStore())
    batches = [
        batch_of(OUTLINE, name, {"sex": ["f"], "n": [count]}, "n") for name, count in zip(MONTHS, counts, strict=False)
    ]
    for batch in batches:
        book.publish(book.propose("public", batch.name, [batch]))
    return book, batches


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((2, 10, 1), None),  # 13 less 10 leaves 3
        ((2, 10, 4), 16),  # 6 may be known
        ((2, 1, 1), None),
        ((2, 2, 2), 6),
        ((2, 10, 9), None),  # 21 less 19 leaves 2
        ((0, 10, 0), None),
    ],
)
def test_a_quarter_is_told_where_what_its_hidden_months_sum_to_may_be(
    counts: tuple[int, ...], told: int | None
) -> None:
    book, batches = quarter(*counts)
    book.publish(book.propose("public", "2025-Q1", batches))
    assert book.cell("public", "2025-Q1", ("Total",)).value == told
    book.verify()


def test_the_checker_refuses_a_quarter_that_tells_what_its_months_sum_to() -> None:
    book, batches = quarter(2, 10, 1)
    made = book.propose("public", "2025-Q1", batches)
    proof = Proof.from_data(made.certificate)
    other = replace(
        proof,
        tables=1,
        batch=np.arange(3),
        leaf=np.zeros(3, dtype=np.int64),
        base=np.array([2, 10, 1]),
        table=np.zeros(2, dtype=np.int64),
        atom=np.array([0, 2]),
        change=np.array([-1, 1]),
    )
    cells = (replace(made.cells[0], value=13),)
    with pytest.raises(Refused, match="gained in several periods"):
        book.publish(replace(made, cells=cells, certificate=other.data))
