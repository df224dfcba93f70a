"""The independent checker of a book: from its lines and certificates alone, whether every release is proved.

Plain numpy. It shares no code with the elimination, the search or the frames: tables are summed anew from finest cells.
Each release is checked with all before it that share its batches; releases that share none are independent, so that
what holds for each such group holds for the union of all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simpul.disclosure.chains import Release
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Outline
from simpul.disclosure.periods import Period, parse_period, periods_within
from simpul.disclosure.pool import Wide
from simpul.disclosure.proofs import Proof

AT_ONCE: Final = 128


@dataclass(frozen=True)
class BookVerdict:
    """Of a whole book: declared cells of the releases, how many are published; the protected cells of the last proofs
    of every batch, other tables among these, and how many of the protected reach their threshold in one of them."""

    releases: int
    declared: int
    published: int
    protected: int
    tables: int
    reaching: int
    head: str


@dataclass(frozen=True)
class Checked:
    """One table in one period as a certificate has it: its values in the first table, and where others differ.

    In the other table `table[e]` cell `cell[e]` has `change[e]` more, never 0; each pair of the two once, by cell.
    """

    number: int
    period: Period
    values: Wide
    table: Wide
    cell: Wide
    change: Wide

    def differs_in(self, cell: int) -> dict[int, int]:
        """Of one cell, by how much in which table."""
        begin, end = np.searchsorted(self.cell, [cell, cell + 1])
        return dict(zip(self.table[begin:end].tolist(), self.change[begin:end].tolist(), strict=True))


def verify_book(outline: Outline, releases: Sequence[Release], proofs: Mapping[str, Proof]) -> BookVerdict:
    """Refused("wrong_certificate" | "broken_ledger" | "changed_outline" | "changed_batch"), naming the release.

    `proofs` by the digest that a release names its certificate with. The chain itself `chains.read` has checked.
    """
    values: dict[tuple[int, str], Wide] = {}
    ends: dict[frozenset[str], tuple[int, int, int]] = {}
    for place, release in enumerate(releases):
        group = together(releases[: place + 1], release.batches)
        checked = verify_release(outline, releases[: place + 1], proofs[release.certificate], group)
        for one in checked:
            name = (one.number, one.period.name)
            if not np.array_equal(values.setdefault(name, one.values), one.values):
                raise Refused("wrong_certificate", f"Release {release.number} changes the counts it builds on.")
        ends = {names: said for names, said in ends.items() if not names & group}
        ends[frozenset(group)] = _counted(outline, checked, proofs[release.certificate].tables)
    told = [value for release in releases for value in release.cells.values()]
    published = sum(value is not None for value in told)
    protected, tables, reaching = (sum(said[i] for said in ends.values()) for i in range(3))
    head = releases[-1].digest if releases else ""
    return BookVerdict(len(releases), len(told), published, protected, tables, reaching, head)


def together(releases: Sequence[Release], batches: Mapping[str, str]) -> set[str]:
    """The names of all batches that are tied to these by a release. Refused("changed_batch") where digests differ."""
    digests: dict[str, str] = {}
    for release in releases:
        for name, digest in release.batches.items():
            if digests.setdefault(name, digest) != digest:
                raise Refused("changed_batch", f"Release {release.number} has another batch {name} than was published.")
    group = set(batches)
    while True:
        more = {name for release in releases if group & set(release.batches) for name in release.batches} - group
        if not more:
            return group
        group |= more


def verify_release(outline: Outline, releases: Sequence[Release], proof: Proof, group: set[str]) -> list[Checked]:
    """The last of these releases, with all before it that share its batches. Refused, as `verify_book`."""
    last = releases[-1]
    _check_line(outline, last)
    if proof.outline != outline.digest or set(proof.batches) != group:
        raise Refused("wrong_certificate", f"The certificate of release {last.number} is of something else.")
    _check_tables(outline, proof, last.number)
    checked = [
        _check_part(outline, number, period, proof, _published(releases, one.tier, period.name), last.number)
        for number, (one, _) in enumerate(outline.tables)
        for period in periods_within(one.cadence, sorted(group), outline.begins)
    ]
    for number in range(len(outline.tables)):
        _check_unions(outline, [one for one in checked if one.number == number], last.number)
    return checked


def _check_line(outline: Outline, release: Release) -> None:
    if release.outline != outline.digest:
        raise Refused("changed_outline", f"Release {release.number} was made by another outline.")
    cadence = parse_period(release.period).cadence
    keys = [
        key
        for (one, _), names in zip(outline.tables, outline.keys, strict=True)
        if one.tier == release.tier and one.cadence == cadence
        for key in names
    ]
    if set(keys) != set(release.cells) or not keys:
        raise Refused("broken_ledger", f"Release {release.number} does not have the cells that are declared.")


def _check_tables(outline: Outline, proof: Proof, number: int) -> None:
    """Whole tables without a count below zero, each entry told once."""
    finest = int(np.prod(outline.sizes))
    entries = proof.table * max(len(proof.base), 1) + proof.atom
    places = proof.batch * finest + proof.leaf
    whole = (
        len({len(proof.batch), len(proof.leaf), len(proof.base)}) == 1
        and len({len(proof.table), len(proof.atom), len(proof.change)}) == 1
        and _within(proof.batch, len(proof.batches))
        and _within(proof.leaf, finest)
        and _within(proof.table, proof.tables)
        and _within(proof.atom, len(proof.base))
        and _each_once(entries)
        and _each_once(places)
    )
    if not whole or (proof.base < 0).any() or (proof.base[proof.atom] + proof.change < 0).any():
        raise Refused("wrong_certificate", f"A table in the certificate of release {number} is impossible.")


def _each_once(numbers: Wide) -> bool:
    ordered = np.sort(numbers)
    return bool((ordered[1:] != ordered[:-1]).all())


def _within(numbers: Wide, end: int) -> bool:
    return bool(((numbers >= 0) & (numbers < end)).all())


def _published(releases: Sequence[Release], tier: str, period: str) -> Mapping[str, int | None]:
    found = [release.cells for release in releases if (release.tier, release.period) == (tier, period)]
    if len(found) > 1:
        raise Refused("broken_ledger", f"{period} was published twice.")
    return found[0] if found else {}


def _check_part(
    outline: Outline, number: int, period: Period, proof: Proof, told: Mapping[str, int | None], release: int
) -> Checked:
    """One declared table in one period: told as it is, below the threshold nothing, and what is protected differs."""
    view = outline.tables[number][1]
    checked = _summed(outline, number, period, proof)
    known = [told.get(key) for key in outline.keys[number]] if told else [None] * len(view)
    is_told = np.array([value is not None for value in known])
    differs = np.zeros(len(view), dtype=np.bool_)
    differs[checked.cell] = True
    values = checked.values
    if [value for value in known if value is not None] != values[is_told].tolist() or differs[is_told].any():
        raise Refused("wrong_certificate", f"The certificate of release {release} does not fit {period.name}.")
    protected = values < outline.thresholds_of(view)
    if (protected & is_told).any():
        raise Refused("wrong_certificate", f"Release {release}: a cell of {period.name} is below its threshold.")
    if (protected & ~differs).any():
        raise Refused("wrong_certificate", f"Release {release}: a protected cell of {period.name} never differs.")
    return checked


def _summed(outline: Outline, number: int, period: Period, proof: Proof) -> Checked:
    view = outline.tables[number][1]
    covered = np.array([period.covers(parse_period(name)) for name in proof.batches])[proof.batch]
    cell = np.zeros(len(proof.leaf), dtype=np.int64)
    left, step = proof.leaf, 1
    for level, size in zip(reversed(view.levels), reversed(outline.sizes), strict=True):
        cell += step * level.node_of[left % size]
        left = left // size
        step *= len(level)
    values = np.zeros(len(view), dtype=np.int64)
    np.add.at(values, cell[covered], proof.base[covered])
    mine = np.flatnonzero(covered[proof.atom])
    place = cell[proof.atom[mine]] * max(proof.tables, 1) + proof.table[mine]
    order = np.argsort(place, kind="stable")
    begins = np.flatnonzero(np.append(True, place[order][1:] != place[order][:-1])[: len(order)])
    change = np.add.reduceat(proof.change[mine][order], begins) if len(begins) else np.zeros(0, dtype=np.int64)
    cells, tables = np.divmod(place[order][begins], max(proof.tables, 1))
    kept = change != 0
    return Checked(number, period, values, tables[kept], cells[kept], change[kept])


def _check_unions(outline: Outline, periods: Sequence[Checked], release: int) -> None:
    """What a cell gained over several of its protected periods, below its threshold, differs in some table too."""
    if len(periods) < 2:
        return
    k = outline.thresholds_of(outline.tables[periods[0].number][1])
    values, marks = np.array([one.values for one in periods]), np.array([_marks(one) for one in periods])
    low = values < k
    asked = np.flatnonzero(low.sum(axis=0) > 1)
    chosen = (np.arange(2 ** len(periods))[:, None] >> np.arange(len(periods))) & 1
    chosen = chosen[chosen.sum(axis=1) > 1]
    for begin in range(0, len(asked), AT_ONCE):
        cells = asked[begin : begin + AT_ONCE]
        small = (chosen @ np.where(low[:, cells], values[:, cells], k[cells])) < k[cells]
        for union, column in zip(*np.nonzero(small & (chosen @ marks[:, cells] == 0)), strict=True):
            if not _differs([periods[p] for p in np.flatnonzero(chosen[union]).tolist()], int(cells[column])):
                raise Refused("wrong_certificate", f"Release {release}: what a cell gained in several periods is told.")


def _marks(one: Checked) -> Wide:
    """A number for each cell that is 0 where it never differs, and seldom elsewhere: sums of it wrap round."""
    found = np.zeros(len(one.values), dtype=np.int64)
    weights = np.random.default_rng(2).integers(1, 2**62, int(one.table.max(initial=-1)) + 1)
    np.add.at(found, one.cell, weights[one.table] * one.change)
    return found


def _differs(periods: Sequence[Checked], cell: int) -> bool:
    """Whether the cell's sum over these periods differs in some table."""
    sums: Counter[int] = Counter()
    for one in periods:
        sums.update(one.differs_in(cell))
    return any(sums.values())


def _counted(outline: Outline, checked: Sequence[Checked], tables: int) -> tuple[int, int, int]:
    """Protected cells, tables, and the protected cells that reach their threshold in some table."""
    protected = reaching = 0
    for one in checked:
        k = outline.thresholds_of(outline.tables[one.number][1])
        low = one.values < k
        reaches = np.zeros(len(low), dtype=np.bool_)
        reaches[one.cell[one.values[one.cell] + one.change >= k[one.cell]]] = True
        protected += int(low.sum())
        reaching += int((low & reaches).sum())
    return protected, tables, reaching
