"""A book's releases together give nothing away: cadences that nest, tiers that pool, corrections, faults."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmarks.attacker import Told, unions_below
from simpul.disclosure.batches import Batch, batch_of, correction_of
from simpul.disclosure.books import Book
from simpul.disclosure.chains import MemoryStore
from simpul.disclosure.errors import Refused
from simpul.disclosure.explaining import BLANK
from simpul.disclosure.outlines import Outline, Thresholds, margins_of
from simpul.disclosure.periods import Cadence, batches_in, parse_period
from simpul.disclosure.proofs import Proof
from simpul.disclosure.proposals import Proposal
from tests.disclosure.years import (
    KINDS,
    MONTHS,
    PLACES,
    QUARTERS,
    attacker_of,
    dimensions,
    month,
    nesting,
    publish,
    rows,
    told_of,
    true_count,
)

K = 5


def whole_year(seed: int, mean: float, outline: Outline | None = None) -> tuple[Book, list[Batch]]:
    """Every period of a year as it falls due."""
    outline = outline or nesting()
    book, batches = Book(outline, MemoryStore()), []
    for name in MONTHS:
        batches.append(month(outline, name, mean, seed))
        for tier, period in book.due([batch.name for batch in batches]):
            publish(book, tier, period, batches)
    return book, batches


@pytest.fixture(scope="module")
def year() -> tuple[Book, list[Batch]]:
    return whole_year(1, 2)


def protected_unions(book: Book, batches: Sequence[Batch], tier: str = "public") -> list[Told]:
    """Every sum of a cell's periods that must not be known."""
    series: defaultdict[tuple[int, tuple[str, ...]], list[tuple[Told, int]]] = defaultdict(list)
    for told in told_of(book, batches, tier):
        series[len(told.months), told.labels].append((told, true_count(book.outline, batches, told)))
    return [union for one in series.values() for union in unions_below(one, K)]


def refused(run: object, code: str) -> None:
    with pytest.raises(Refused) as error:
        run()  # type: ignore[operator]
    assert error.value.code == code


def test_a_year_is_published_as_its_periods_fall_due(year: tuple[Book, list[Batch]]) -> None:
    book, _ = year
    released = [release.period for release in book.releases()]
    assert sorted(released) == sorted([*MONTHS, *QUARTERS, "2025"])
    assert released.index("2025-Q1") == released.index("2025-03") + 1
    assert released[-1] == "2025"
    assert book.due(MONTHS) == ()


def test_what_is_published_is_true_and_never_below_the_threshold(year: tuple[Book, list[Batch]]) -> None:
    book, batches = year
    told = [one for one in told_of(book, batches) if one.value is not None]
    assert told
    for one in told:
        assert one.value == true_count(book.outline, batches, one)
        assert one.value >= K


def test_published_cells_add_up_wherever_all_parts_are_published(year: tuple[Book, list[Batch]]) -> None:
    book, _ = year
    for name in MONTHS:
        cells = {cell.labels: cell.value for cell in book.cells("public") if cell.period == name}
        parts = [cells[(*place, "Total", "Total")] for place in (("P1", "Total", "Total"), ("P2", "Total", "Total"))]
        whole = cells["Total", "Total", "Total", "Total", "Total"]
        if None not in parts and whole is not None:
            assert whole == sum(part for part in parts if part is not None)


def test_the_whole_book_is_proved_by_its_lines_and_certificates_alone(year: tuple[Book, list[Batch]]) -> None:
    book, batches = year
    verdict = book.verify()
    told = told_of(book, batches)
    assert (verdict.releases, verdict.declared) == (17, len(told))
    assert verdict.published == sum(one.value is not None for one in told)
    assert verdict.protected == sum(true_count(book.outline, batches, one) < K for one in told)
    assert 0 < verdict.reaching <= verdict.protected
    assert verdict.head == book.store.head()


def test_no_release_nor_all_together_give_a_small_count_away(year: tuple[Book, list[Batch]]) -> None:
    book, batches = year
    unions = protected_unions(book, batches)
    chance = np.random.default_rng(3)
    some_of_them = [unions[place] for place in chance.permutation(len(unions))[:400]]
    assert attacker_of(book, batches).leaks(some_of_them) == []


def test_a_difference_of_two_releases_reveals_nothing_or_the_threshold(year: tuple[Book, list[Batch]]) -> None:
    """Same place and kind, one period within the other: what is left is blank, or the threshold and more."""
    book, batches = year
    attacker = attacker_of(book, batches)
    known = [one for one in told_of(book, batches) if one.value is not None]
    province = {one.months[0]: one for one in known if one.labels == ("P1", *("Total",) * 4)}
    left = [
        Told(tuple(month for month in one.months if month not in taken), ("P1", *("Total",) * 4), None)
        for one in known
        if len(one.months) == 3 and one.labels == ("P1", "P1.R1", "Total", "Total", "Total")
        for taken in ([month for month in one.months if month in province],)
    ]
    small = [one for one in left if one.months and true_count(book.outline, batches, one) < K]
    assert attacker.leaks(small) == []


@given(some.integers(0, 10**6), some.sampled_from((0.2, 0.7, 2, 6)))
@settings(max_examples=6, deadline=None)
def test_months_and_their_quarter_give_nothing_away_whatever_the_counts(seed: int, mean: float) -> None:
    outline = nesting(begins="2025-10")
    book, batches = Book(outline, MemoryStore()), [month(outline, name, mean, seed) for name in MONTHS[9:]]
    for period in (*MONTHS[9:], "2025-Q4", "2025"):
        publish(book, "public", period, batches)
    book.verify()
    assert attacker_of(book, batches).leaks(protected_unions(book, batches)) == []


def test_the_remainder_of_a_quarter_is_protected_with_its_months() -> None:
    outline = nesting(begins="2025-01")
    book = Book(outline, MemoryStore())
    # 2 and 1 are hidden; were the quarter told beside the month of 10, their sum 3 would be known.
    counts = zip(MONTHS[:3], (2, 10, 1), strict=True)
    batches = [batch_of(outline, name, rows([count] + [0] * 17), "n") for name, count in counts]
    for period in (*MONTHS[:3], "2025-Q1"):
        publish(book, "public", period, batches)
    assert book.cell("public", "2025-02", ("Total",) * 5).value in {10, None}
    assert attacker_of(book, batches).leaks(protected_unions(book, batches)) == []
    book.verify()


def test_each_release_keeps_the_ones_before(year: tuple[Book, list[Batch]]) -> None:
    book, _ = year
    lines = list(book.store.lines())
    again = Book(book.outline, MemoryStore())
    again.store.kept = lines[:5]  # type: ignore[attr-defined]
    again.store.last = book.releases()[4].digest  # type: ignore[attr-defined]
    assert again.releases() == book.releases()[:5]


def test_the_same_batches_give_the_same_book() -> None:
    outline = nesting(begins="2025-11")
    told = []
    for _ in range(2):
        book, batches = Book(outline, MemoryStore()), [month(outline, name) for name in MONTHS[10:]]
        for period in (*MONTHS[10:], "2025-Q4", "2025"):
            publish(book, "public", period, batches)
        told.append([release.cells for release in book.releases()])
    assert told[0] == told[1]


def test_a_month_costs_its_own_table_however_long_the_book(year: tuple[Book, list[Batch]]) -> None:
    book, _ = year
    short = Book(nesting(), MemoryStore())
    first = short.propose("public", "2025-01", [month(short.outline, "2025-01", 2, 1)])
    assert Proof.from_data(first.certificate).batches == ("2025-01",)
    proofs = {release.period: book.store.certificate(release.certificate) for release in book.releases()}
    assert Proof.from_data(proofs["2025-12"]).batches == ("2025-12",)
    assert Proof.from_data(proofs["2025-Q4"]).batches == MONTHS[9:]


@pytest.fixture
def begun() -> tuple[Book, list[Batch]]:
    """January is out; February is closed."""
    outline = nesting()
    book = Book(outline, MemoryStore())
    batches = [month(outline, name) for name in MONTHS[:3]]
    publish(book, "public", "2025-01", batches)
    return book, batches


def test_a_gap_refuses_to_publish(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    refused(lambda: book.propose("public", "2025-03", batches), "gap")
    refused(lambda: book.propose("public", "2025-Q1", batches), "gap")
    refused(lambda: book.propose("public", "2025-02", batches[:1]), "gap")
    assert book.due(MONTHS[:3]) == (("public", "2025-02"), ("public", "2025-03"), ("public", "2025-Q1"))
    assert book.due(MONTHS[:1]) == ()


def test_a_period_is_published_once_and_the_same_once_more_is_the_same(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    refused(lambda: book.propose("public", "2025-01", batches), "published_already")
    one, two = (book.propose("public", "2025-02", batches) for _ in range(2))
    assert book.publish(one) == book.publish(Proposal.from_data(one.data))
    refused(lambda: book.publish(two), "published_already")
    assert len(book.releases()) == 2


def test_of_two_at_once_one_is_stale() -> None:
    outline = nesting(tier="government")
    book, batches = Book(outline, MemoryStore()), [month(outline, name) for name in MONTHS[:3]]
    for name in MONTHS[:3]:
        publish(book, "public", name, batches)
    own = [month(outline, "2025-04"), *batches]
    one = book.propose("government", "2025-Q1", own)
    two = book.propose("public", "2025-04", own)
    book.publish(one)
    refused(lambda: book.publish(two), "stale")
    book.publish(book.propose("public", "2025-04", own))
    assert len(book.releases()) == 5


def test_a_batch_that_changed_since_is_refused(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    publish(book, "public", "2025-02", batches)
    publish(book, "public", "2025-03", batches)
    other = batch_of(book.outline, "2025-01", rows([7] * 18), "n")
    refused(lambda: book.propose("public", "2025-Q1", [other, *batches[1:]]), "changed_batch")
    same_counts = replace(batches[0], salt="other")
    refused(lambda: book.propose("public", "2025-Q1", [same_counts, *batches[1:]]), "changed_batch")


def test_an_outline_does_not_change_within_its_year(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    other = Book(nesting(k=Thresholds(6)), book.store)
    refused(lambda: other.propose("public", "2025-02", batches), "changed_outline")
    refused(other.verify, "changed_outline")


def test_a_correction_is_a_batch_of_its_own(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    for name in MONTHS[1:3]:
        publish(book, "public", name, batches)
    late = correction_of(book.outline, "2025-02+1", [rows([1, -1] + [6] * 16), rows([0, 1] + [0] * 16)], "n")
    every = [*batches, late]
    refused(lambda: book.propose("public", "2025-Q1", every), "gap")
    publish(book, "public", "2025-02+1", every)
    assert book.needs("public", "2025-Q1") == ("2025-01", "2025-02", "2025-02+1", "2025-03")
    refused(lambda: book.propose("public", "2025-Q1", batches), "gap")
    publish(book, "public", "2025-Q1", every)
    for one in told_of(book, every):
        assert one.value in {None, true_count(book.outline, every, one)}
    book.verify()
    later = correction_of(book.outline, "2025-03+1", [rows([6] * 18)], "n")
    refused(lambda: book.propose("public", "2025-03+1", [*every, later]), "closed_period")


def test_a_correction_that_takes_away_is_held_until_it_does_not() -> None:
    outline = nesting()
    moved = rows([-1, 1] + [0] * 16)
    refused(lambda: correction_of(outline, "2025-05+1", [moved], "n"), "negative_correction")
    batch = correction_of(outline, "2025-05+1", [moved, rows([2] + [0] * 17)], "n")
    assert (batch.total, batch.counts.tolist()) == (2, [1, 1])
    refused(lambda: batch_of(outline, "2025-05", moved, "n"), "negative_count")
    refused(lambda: correction_of(outline, "2025-05", [rows([1] * 18)], "n"), "unknown_period")


def test_a_village_that_was_split_and_a_type_that_was_renamed_are_counted_as_they_stood() -> None:
    outline = nesting()
    table = {"village": ["v1", "v1.new"], "type": ["K.F", "K.F2"], "n": [1, 2]}
    refused(lambda: batch_of(outline, "2025-05", table, "n"), "unknown_label")
    old = {"village": {"v1.new": "v1"}, "type": {"K.F2": "K.F"}}
    batch = batch_of(outline, "2025-05", table, "n", recoded=old)
    assert (batch.places.tolist(), batch.counts.tolist()) == ([0], [3])


def test_a_forced_cell_that_would_reveal_another_is_refused_with_its_reason() -> None:
    outline = nesting()
    book = Book(outline, MemoryStore())
    counts = [0] * 18
    counts[0], counts[9] = 30, 2  # P1 30, P2 2
    batch = batch_of(outline, "2025-01", rows(counts), "n")
    whole, low, high = ("Total",) * 5, ("P2", *("Total",) * 4), ("P1", *("Total",) * 4)
    refused(lambda: book.propose("public", "2025-01", [batch], forced=[low]), "below_threshold")
    refused(lambda: book.propose("public", "2025-01", [batch], forced=[whole, high]), "would_reveal")
    refused(lambda: book.propose("public", "2025-01", [batch], forced=[("x",) * 5]), "unknown_cell")
    made = book.propose("public", "2025-01", [batch], forced=[high])
    assert {cell.labels: cell.value for cell in made.cells}[high] == 30
    held = book.propose("public", "2025-01", [batch], withheld=[whole, high])
    assert {cell.labels: cell.value for cell in held.cells}[whole] is None
    assert book.releases() == ()


def test_tiers_that_pool_are_protected_together() -> None:
    both = dimensions()
    outline = Outline(
        2025,
        both,
        (
            *margins_of(both, by=("province", "type"), cadence=Cadence.MONTH),
            *margins_of(both, by=("regency", "group"), least=("regency",), cadence=Cadence.MONTH, tier="government"),
        ),
        tiers=("public", "government"),
    )
    book, batch = Book(outline, MemoryStore()), month(outline, "2025-01", 4)
    assert book.due(["2025-01"]) == (("public", "2025-01"), ("government", "2025-01"))
    publish(book, "government", "2025-01", [batch])
    publish(book, "public", "2025-01", [batch])
    assert {release.tier for release in book.releases("public")} == {"public"}
    assert len(book.releases("government")) == 2
    assert attacker_of(book, [batch], "government").leaks(protected_unions(book, [batch], "government")) == []
    book.verify()
    refused(lambda: book.releases("village"), "unknown_tier")


def test_blanks_of_a_book_are_explained_alike_and_by_what_is_published(year: tuple[Book, list[Batch]]) -> None:
    book, _ = year
    cells = list(book.cells("public"))
    told = {(cell.period, cell.labels): cell.value for cell in cells}
    blanks = [cell for cell in cells if cell.value is None][:50]
    for cell in blanks:
        said = book.explain("public", cell.period, cell.labels)
        assert said.words == BLANK
        assert all(told[cell.period, labels] is not None for labels in said.instead)
    refused(lambda: book.explain("public", "2024-01", cells[0].labels), "unknown_cell")


def test_a_total_over_periods_is_that_of_published_parts(year: tuple[Book, list[Batch]]) -> None:
    book, batches = year
    labels = ("Total",) * 5
    values = [book.cell("public", name, labels).value for name in MONTHS]
    total = book.total("public", MONTHS, labels)
    assert total == (None if None in values else sum(batch.total for batch in batches))


@pytest.mark.parametrize("part", ["batch", "base", "table", "change"])
def test_a_certificate_changed_in_any_part_is_refused(begun: tuple[Book, list[Batch]], part: str) -> None:
    book, batches = begun
    made = book.propose("public", "2025-02", batches)
    proof = Proof.from_data(made.certificate)
    for entry in range(0, len(getattr(proof, part)), max(len(getattr(proof, part)) // 8, 1)):
        numbers = getattr(proof, part).copy()
        numbers[entry] += 1
        other = replace(made, certificate=replace(proof, **{part: numbers}).data)
        refused(lambda other=other: book.publish(other), "wrong_certificate")
    assert len(book.releases()) == 1


def test_a_cell_changed_in_a_proposal_is_refused(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    made = book.propose("public", "2025-02", batches)
    for place, cell in enumerate(made.cells):
        value = 5 if cell.value is None else cell.value + 1
        cells = (*made.cells[:place], replace(cell, value=value), *made.cells[place + 1 :])
        true = true_count(book.outline, batches, Told(("2025-02",), cell.labels, None))
        if cell.value is None and true == value:
            continue
        refused(lambda cells=cells: book.publish(replace(made, cells=cells)), "wrong_certificate")
    refused(lambda: book.publish(replace(made, cells=made.cells[1:])), "broken_ledger")
    assert len(book.releases()) == 1


def test_a_protected_month_told_by_hand_is_refused(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    made = book.propose("public", "2025-02", batches)
    for place, cell in enumerate(made.cells):
        true = true_count(book.outline, batches, Told(("2025-02",), cell.labels, None))
        if true < K:
            cells = (*made.cells[:place], replace(cell, value=true), *made.cells[place + 1 :])
            refused(lambda cells=cells: book.publish(replace(made, cells=cells)), "wrong_certificate")


def test_a_changed_line_breaks_the_book(begun: tuple[Book, list[Batch]]) -> None:
    book, batches = begun
    publish(book, "public", "2025-02", batches)
    store = book.store
    assert isinstance(store, MemoryStore)
    every = list(store.kept)
    store.kept = [every[0].replace(b"2025-01", b"2025-04"), every[1]]
    refused(book.verify, "broken_ledger")
    store.kept = every[:1]
    refused(book.verify, "broken_ledger")
    store.kept = every
    store.certificates[book.releases()[0].certificate] += b"x"
    refused(book.verify, "wrong_certificate")


def periods() -> Iterator[tuple[str, str]]:
    yield from combinations([*MONTHS, *QUARTERS, "2025"], 2)


def test_periods_cover_whole_batches() -> None:
    assert batches_in(parse_period("2025-Q2"), [*MONTHS, "2025-05+1", "2024-05"]) == (
        "2025-04",
        "2025-05",
        "2025-05+1",
        "2025-06",
    )
    for one, two in periods():
        mine, theirs = (set(batches_in(parse_period(name), MONTHS)) for name in (one, two))
        assert mine <= theirs or theirs <= mine or not mine & theirs
    for wrong in ("2025-13", "2025-Q5", "25", "2025-03+0", "2025-3", "\u0662025"):
        refused(lambda wrong=wrong: parse_period(wrong), "unknown_period")


def test_places_and_kinds_of_the_year_are_those_of_its_outline() -> None:
    area, kind = dimensions()
    assert (area.leaves, kind.leaves) == (PLACES, KINDS)
