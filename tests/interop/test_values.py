"""What people type into cells, read as they mean it."""

from decimal import Decimal

import pytest

from simpul.interop import values
from simpul.interop.tables import Cell
from simpul.interop.values import Unreadable


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("Rp1,3 M", 1_300_000_000),
        ("Rp 1.300.000", 1_300_000),
        ("Rp. 500.000,-", 500_000),
        ("1.300.000,50", Decimal("1300000.50")),
        ("1,300,000", 1_300_000),
        ("250 jt", 250_000_000),
        ("1,5 miliar", 1_500_000_000),
        ("500rb", 500_000),
        ("2 Triliun", 2_000_000_000_000),
        ("1.300", 1_300),
        (1300000.0, 1_300_000),
        ("-", None),
        (None, None),
    ],
)
def test_an_amount_in_indonesian_notation_is_read(cell: Cell, rupiah: object) -> None:
    assert values.amount(cell) == rupiah


@pytest.mark.parametrize("cell", ["1,300", "banyak", "Rp", "12 ekor"])
def test_an_amount_that_may_mean_two_things_is_asked_again(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        values.amount(cell)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("12 Januari 2024", "2024-01-12"),
        ("12/01/24", "2024-01-12"),
        ("2024-01-12", "2024-01-12"),
        ("Senin, 12 Feb 2024", "2024-02-12"),
        ("12 Nopember 98", "1998-11-12"),
        (45303, "2024-01-12"),  # as Excel counts days
        (2008, "2008"),
        ("2008", "2008"),
        ("Mei 2010", "2010-05"),
        ("05-2010", "2010-05"),
    ],
)
def test_a_date_is_read_day_first_and_as_far_as_it_is_told(cell: Cell, date: str) -> None:
    assert str(values.partial_date(cell)) == date


@pytest.mark.parametrize("cell", ["01/13/2024", "31/02/2024", "kemarin", 5, "12 Foo 2024"])
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        values.partial_date(cell)


def test_a_year_is_no_whole_day() -> None:
    with pytest.raises(Unreadable):
        values.day("2008")


@pytest.mark.parametrize(
    ("cell", "said"), [("Ya", True), ("tdk", False), ("✓", True), (True, True), (0, False), ("-", None), ("", None)]
)
def test_yes_and_no_are_read_as_people_write_them(cell: Cell, said: bool | None) -> None:
    assert values.yes_no(cell) is said


def test_a_maybe_is_asked_again() -> None:
    with pytest.raises(Unreadable):
        values.yes_no("mungkin")


@pytest.mark.parametrize(
    ("cell", "number"), [("25 orang", 25), ("±1.300", 1_300), (25.0, 25), ("sekitar 40", 40), (None, None)]
)
def test_a_count_is_a_whole_number(cell: Cell, number: int | None) -> None:
    assert values.count(cell) == number


@pytest.mark.parametrize("cell", ["2,5", -3, "lima"])
def test_what_counts_nobody_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        values.count(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (81234567890, "081234567890"),  # Excel dropped the zero
        ("6281234567890", "+6281234567890"),
        ("(0376) 21234", "(0376) 21234"),
        ("0812-3456-7890 / 0813-1111-2222", "0812-3456-7890"),
        ("129", "129"),
    ],
)
def test_a_telephone_keeps_its_zero(cell: Cell, number: str) -> None:
    assert values.phone(cell) == number
