"""The independent checker of a book: from its lines and certificates alone, whether every release is proved.

Plain numpy, and scipy's product of sparse tables. It shares no code with the elimination, the search or the frames:
tables are summed anew from finest cells. Each release is checked with all before it that share its batches; releases
that share none are independent, so that what holds for each such group holds for the union of all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from simpul.disclosure.chains import Release
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Outline
from simpul.disclosure.periods import Period, parse_period, periods_within
from simpul.disclosure.pool import Flags, Narrow, Wide
from simpul.disclosure.proofs import Proof

AT_ONCE: Final = 128
ENTRIES: Final = 100_000  # of other tables, summed at a time


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


@dataclass(frozen=True, eq=False)
class Checked:
    """One declared table in one period as a certificate has it.

    By cell: its value in the first table, whether it differs in another, whether it reaches its threshold in one, and
    a number that is 0 where it never differs and seldom elsewhere: sums of it wrap round.
    """

    number: int
    period: Period
    values: Wide
    differs: Flags
    reaches: Flags
    marks: Wide
    of: Wide  # the cell of each atom of the certificate, -1 for those of other periods


@dataclass(frozen=True)
class Part:
    """One declared table in one period, before the other tables were looked at: cells of atoms, values, thresholds."""

    number: int
    period: Period
    of: Wide
    values: Wide
    limits: Wide


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
    parts = [
        _part_of(outline, number, period, proof)
        for number, (one, _) in enumerate(outline.tables)
        for period in periods_within(one.cadence, sorted(group), outline.begins)
    ]
    others = _others(proof)
    checked = _differing(parts, proof, others)
    for one in checked:
        tier = outline.tables[one.number][0].tier
        _check_told(outline, one, _published(releases, tier, one.period.name), last.number)
    for number in range(len(outline.tables)):
        _check_unions(outline, [one for one in checked if one.number == number], others, last.number)
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
    entries = proof.table.astype(np.int64) * max(len(proof.base), 1) + proof.atom
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


def _within(numbers: Wide | Narrow, end: int) -> bool:
    return bool(((numbers >= 0) & (numbers < end)).all())


def _published(releases: Sequence[Release], tier: str, period: str) -> Mapping[str, int | None]:
    found = [release.cells for release in releases if (release.tier, release.period) == (tier, period)]
    if len(found) > 1:
        raise Refused("broken_ledger", f"{period} was published twice.")
    return found[0] if found else {}


def _check_told(outline: Outline, checked: Checked, told: Mapping[str, int | None], release: int) -> None:
    """Told as it is, below the threshold nothing, and what is protected differs."""
    number, period, values = checked.number, checked.period, checked.values
    view = outline.tables[number][1]
    known = [told.get(key) for key in outline.keys[number]] if told else [None] * len(view)
    is_told = np.array([value is not None for value in known])
    if [value for value in known if value is not None] != values[is_told].tolist() or checked.differs[is_told].any():
        raise Refused("wrong_certificate", f"The certificate of release {release} does not fit {period.name}.")
    protected = values < outline.thresholds_of(view)
    if (protected & is_told).any():
        raise Refused("wrong_certificate", f"Release {release}: a cell of {period.name} is below its threshold.")
    if (protected & ~checked.differs).any():
        raise Refused("wrong_certificate", f"Release {release}: a protected cell of {period.name} never differs.")


def _part_of(outline: Outline, number: int, period: Period, proof: Proof) -> Part:
    view = outline.tables[number][1]
    covered = np.array([period.covers(parse_period(name)) for name in proof.batches], dtype=np.bool_)[proof.batch]
    cell = np.zeros(len(proof.leaf), dtype=np.int64)
    left, step = proof.leaf, 1
    for level, size in zip(reversed(view.levels), reversed(outline.sizes), strict=True):
        cell += step * level.node_of[left % size]
        left = left // size
        step *= len(level)
    values = np.zeros(len(view), dtype=np.int64)
    np.add.at(values, cell[covered], proof.base[covered])
    return Part(number, period, np.where(covered, cell, -1), values, outline.thresholds_of(view))


def _others(proof: Proof) -> csr_array:
    """What each other table has more in each atom: tables by atoms."""
    table, atom, change = proof.table, proof.atom.astype(np.int32), proof.change.astype(np.int64)
    if (table[1:] < table[:-1]).any():
        order = np.argsort(table, kind="stable")
        table, atom, change = table[order], atom[order], change[order]
    starts = np.searchsorted(table, np.arange(proof.tables + 1))
    return csr_array((change, atom, starts), shape=(proof.tables, len(proof.base)))


def _differing(parts: Sequence[Part], proof: Proof, others: csr_array) -> list[Checked]:
    """In which cells of these parts any other table differs: every table summed anew, a few of them at a time."""
    offsets = np.cumsum([0, *(len(one.values) for one in parts)])
    cells, limits = _cells_of(parts, offsets), np.concatenate([one.limits - one.values for one in parts])
    differs, reaches = np.zeros(offsets[-1], dtype=np.bool_), np.zeros(offsets[-1], dtype=np.bool_)
    marks = np.zeros(offsets[-1], dtype=np.int64)
    weights = np.random.default_rng(2).integers(1, 2**62, proof.tables)
    begin = 0
    while begin < proof.tables:
        end = max(int(np.searchsorted(others.indptr, others.indptr[begin] + ENTRIES, side="right")) - 1, begin + 1)
        more = others[begin:end] @ cells
        differs[more.indices[more.data != 0]] = True
        reaches[more.indices[more.data >= limits[more.indices]]] = True
        marks += weights[begin:end] @ more
        begin = end
    return [
        Checked(one.number, one.period, one.values, differs[a:b], reaches[a:b], marks[a:b], one.of)
        for one, a, b in zip(parts, offsets, offsets[1:], strict=False)
    ]


def _cells_of(parts: Sequence[Part], offsets: Wide) -> csr_array:
    """The cells that each atom lies in: atoms by the cells of all parts."""
    atoms = [np.flatnonzero(one.of >= 0) for one in parts]
    atom = np.concatenate(atoms)
    cell = np.concatenate([one.of[mine] + offset for one, mine, offset in zip(parts, atoms, offsets, strict=False)])
    order = np.argsort(atom, kind="stable")
    many = len(parts[0].of)
    starts = np.searchsorted(atom[order], np.arange(many + 1))
    return csr_array((np.ones(len(atom), dtype=np.int64), cell[order], starts), shape=(many, int(offsets[-1])))


def _check_unions(outline: Outline, periods: Sequence[Checked], others: csr_array, release: int) -> None:
    """What a cell gained over several of its protected periods, below its threshold, differs in some table too."""
    if len(periods) < 2:
        return
    k = outline.thresholds_of(outline.tables[periods[0].number][1])
    values, marks = np.array([one.values for one in periods]), np.array([one.marks for one in periods])
    low = values < k
    asked = np.flatnonzero(low.sum(axis=0) > 1)
    chosen = (np.arange(2 ** len(periods))[:, None] >> np.arange(len(periods))) & 1
    chosen = chosen[chosen.sum(axis=1) > 1]
    for begin in range(0, len(asked), AT_ONCE):
        cells = asked[begin : begin + AT_ONCE]
        small = (chosen @ np.where(low[:, cells], values[:, cells], k[cells])) < k[cells]
        for union, column in zip(*np.nonzero(small & (chosen @ marks[:, cells] == 0)), strict=True):
            inside = [periods[p].of == cells[column] for p in np.flatnonzero(chosen[union]).tolist()]
            if not (others @ np.sum(inside, axis=0, dtype=np.int64)).any():
                raise Refused("wrong_certificate", f"Release {release}: what a cell gained in several periods is told.")


def _counted(outline: Outline, checked: Sequence[Checked], tables: int) -> tuple[int, int, int]:
    """Protected cells, tables, and the protected cells that reach their threshold in some table."""
    protected = reaching = 0
    for one in checked:
        low = one.values < outline.thresholds_of(outline.tables[one.number][1])
        protected += int(low.sum())
        reaching += int((low & one.reaches).sum())
    return protected, tables, reaching
