"""The attacker of the tests and benchmarks finds what there is to find: else that it finds nothing says nothing."""

from benchmarks.attacker import Attacker, Told, unions_below

LEAVES = [[("P1", "a"), ("P1", "b"), ("P2", "c")]]
ALL, P1, P2 = ("Total", "Total"), ("P1", "Total"), ("P2", "Total")
A, B = ("P1", "a"), ("P1", "b")


def leaks(told: list[Told], asked: list[Told], *, zeros_shown: bool = False) -> list[Told]:
    months = sorted({month for one in told for month in one.months})
    return Attacker(LEAVES, months, told, zeros_shown=zeros_shown).leaks(asked)


def test_it_subtracts() -> None:
    told = [Told(("m",), ALL, 14), Told(("m",), P1, 11), Told(("m",), P2, None)]
    assert leaks(told, [told[2]]) == [told[2]]
    assert leaks([told[0], told[2]], [told[2]]) == []


def test_it_uses_that_no_count_is_below_zero() -> None:
    told = [Told(("m",), P1, 11), Told(("m",), A, 11), Told(("m",), B, None)]
    assert leaks(told, [told[2]]) == [told[2]]


def test_it_uses_that_counts_are_whole_and_blanks_not_empty() -> None:
    told = [Told(("m",), P1, 2), Told(("m",), A, None), Told(("m",), B, None)]
    assert leaks(told, told[1:], zeros_shown=True) == told[1:]
    assert leaks(told, told[1:]) == []


def test_it_puts_all_releases_together() -> None:
    told = [
        *(Told((month,), P1, value) for month, value in (("m1", None), ("m2", 10), ("m3", None))),
        Told(("m1", "m2", "m3"), P1, 13),
    ]
    rest = Told(("m1", "m3"), P1, None)
    assert leaks(told, [rest, told[0]]) == [rest]


def test_unions_are_all_sets_of_periods_that_stay_below_the_threshold() -> None:
    series = [(Told((f"m{number}",), ALL, None), count) for number, count in enumerate((2, 3, 9, 0))]
    found = {one.months for one in unions_below(series, 5)}
    assert found == {("m0",), ("m1",), ("m3",), ("m0", "m3"), ("m1", "m3")}
