"""What one family of audiences gets of one year, period by period, each decided together with all that was published.

Batches of different books are never the same records, so that nothing leaks across books. Within one, a month is
decided by itself; a quarter together with what its months told; a year with all of it. What is out stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from simpul.disclosure.auditing import BookVerdict, together, verify_book, verify_release
from simpul.disclosure.batches import Batch
from simpul.disclosure.chains import FIRST, Release, Store, kept_certificate, key_of, labels_of, read
from simpul.disclosure.dimensions import Labels
from simpul.disclosure.errors import Refused
from simpul.disclosure.explaining import Explanation, explain_labels
from simpul.disclosure.frames import Frame, frame_of
from simpul.disclosure.joint import Asked, Decision, Progress, decide_jointly
from simpul.disclosure.outlines import Outline
from simpul.disclosure.parts import Part
from simpul.disclosure.pool import Flags, Wide
from simpul.disclosure.proofs import Proof, others_of, proof_of
from simpul.disclosure.proposals import Cell, Cost, Proposal
from simpul.disclosure.spreading import Others
from simpul.disclosure.turns import Turns


class Book:
    """The releases of an outline, kept in a store. Each call checks the whole chain; a line is taken apart once."""

    def __init__(self, outline: Outline, store: Store) -> None:
        self.outline = outline
        self.store = store
        self._known: dict[str, Release] = {}

    def releases(self, tier: str | None = None) -> tuple[Release, ...]:
        """All, first to last, or those a tier may read. Refused("broken_ledger" | "unknown_tier")."""
        every = read(self.store.lines(), self.store.head(), self._known)
        visible = self.outline.tiers if tier is None else self.outline.visible(tier)
        return tuple(release for release in every if release.tier in visible)

    def due(self, batches: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The tiers and periods to publish, in this order, when these batches are closed."""
        return Turns(self.outline, self.releases()).due(batches)

    def needs(self, tier: str, period: str) -> tuple[str, ...]:
        """The names of the batches a proposal takes: all that share an atom with it. Refused("unknown_tier" | ...)."""
        return Turns(self.outline, self.releases()).needs(tier, period)

    def propose(
        self,
        tier: str,
        period: str,
        batches: Iterable[Batch],
        *,
        forced: Sequence[Labels] = (),
        withheld: Sequence[Labels] = (),
        runs: int = 0,
        progress: Progress | None = None,
    ) -> Proposal:
        """What would be published of a period, proved and checked. Writes nothing.

        `forced` cells are told or the whole is refused ("below_threshold" | "would_reveal"); `withheld` ones stay
        blank. `runs` above 0 tries as often to hide less. Refused("gap" | "published_already" | "changed_batch" |
        "changed_outline" | "closed_period" | "not_protectable" | "overflow" | "too_large" | "unknown_cell" | ...).
        """
        releases = self.releases()
        given = {batch.name: batch for batch in batches}
        own = Turns(self.outline, releases).batches_for(tier, period, given)
        group = together(releases, dict.fromkeys(own, ""))
        self._check_batches(releases, group, given)
        frame = frame_of(self.outline, [given[name] for name in group])
        mine = [part for part in frame.parts if (part.tier, part.period.name) == (tier, period)]
        asked = _asked(frame, self.outline.keys, mine, releases, (forced, withheld))
        asked = replace(asked, known=self._known_of(releases, group, frame))
        decision = decide_jointly(self.outline, frame, asked, runs=runs, progress=progress)
        proof = proof_of(self.outline.digest, frame, decision.others)
        proposal = Proposal(
            tier,
            period,
            _told(frame, mine, decision.is_published),
            proof.data,
            _cost_of(frame, asked.due, decision),
            releases[-1].digest if releases else FIRST,
            {name: given[name].digest for name in own},
        )
        if progress:
            progress("check", 0, 1)
        self._check(releases, proposal)
        return proposal

    def publish(self, proposal: Proposal) -> Release:
        """Check once more and append. The same proposal once more is the same release.

        Refused("stale") where something else was published since: propose anew. Refused("published_already" | "busy" |
        "wrong_certificate" | "broken_ledger" | ...): nothing is written.
        """
        releases = self.releases()
        for release in releases:
            if (release.tier, release.period) == (proposal.tier, proposal.period):
                if release.certificate == proposal.certificate_digest and dict(release.cells) == proposal.published:
                    return release
                raise Refused("published_already", f"{proposal.period} is out: what is published never changes.")
        if proposal.head != (releases[-1].digest if releases else FIRST):
            raise Refused("stale", "Something else was published since: propose anew.")
        Turns(self.outline, releases).batches_for(proposal.tier, proposal.period, proposal.batches)
        release = self._check(releases, proposal)
        self.store.append(release.line, release.digest, proposal.certificate, after=proposal.head)
        return release

    def cells(self, tier: str) -> Iterator[Cell]:
        """Every cell a tier may read, release after release."""
        for release in self.releases(tier):
            for key, value in release.cells.items():
                yield Cell(release.period, labels_of(key), value)

    def cell(self, tier: str, period: str, labels: Labels) -> Cell:
        """Refused("unknown_cell") where it was not released to the tier."""
        for release in self.releases(tier):
            if release.period == period and key_of(labels) in release.cells:
                return Cell(period, labels, release.cells[key_of(labels)])
        raise Refused("unknown_cell", "No such cell was released.")

    def total(self, tier: str, periods: Sequence[str], labels: Labels) -> int | None:
        """The sum of published cells; None where one is blank. Refused("unknown_cell")."""
        values = [self.cell(tier, period, labels).value for period in dict.fromkeys(periods)]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def verify(self) -> BookVerdict:
        """The whole book, from its lines and certificates alone. Refused, naming the release that proves nothing."""
        releases = self.releases()
        proofs = {one.certificate: Proof.from_data(kept_certificate(self.store, one)) for one in releases}
        return verify_book(self.outline, releases, proofs)

    def explain(self, tier: str, period: str, labels: Labels) -> Explanation:
        """Why a cell is blank and what stands around it, from what the tier may read. Refused("unknown_cell")."""
        self.cell(tier, period, labels)
        told = {
            labels_of(key): value
            for release in self.releases(tier)
            if release.period == period
            for key, value in release.cells.items()
        }
        return explain_labels(self.outline.dimensions, told, labels)

    def _known_of(self, releases: Sequence[Release], group: set[str], frame: Frame) -> Others | None:
        """The tables that proved the last release, where that was of the same batches: only what is new is sought."""
        if not releases or together(releases, releases[-1].batches) != group:
            return None
        return others_of(Proof.from_data(kept_certificate(self.store, releases[-1])), frame)

    def _check_batches(self, releases: Sequence[Release], group: set[str], given: Mapping[str, Batch]) -> None:
        missing = group - set(given)
        if missing:
            raise Refused("gap", f"Batches are missing: {', '.join(sorted(missing))}.")
        known = {name: digest for release in releases for name, digest in release.batches.items()}
        for name in sorted(group):
            if given[name].outline != self.outline.digest:
                raise Refused("changed_outline", f"{name} was counted by another outline.")
            if known.get(name, given[name].digest) != given[name].digest:
                raise Refused("changed_batch", f"{name} is not the batch that was published.")

    def _check(self, releases: Sequence[Release], proposal: Proposal) -> Release:
        release = Release(
            len(releases) + 1,
            proposal.period,
            proposal.head,
            proposal.certificate_digest,
            proposal.published,
            tier=proposal.tier,
            outline=self.outline.digest,
            batches=proposal.batches,
        )
        every = [*releases, release]
        group = together(every, release.batches)
        verify_release(self.outline, every, Proof.from_data(proposal.certificate), group)
        return release


def _asked(
    frame: Frame,
    keys: Sequence[Sequence[str]],
    mine: Sequence[Part],
    releases: Sequence[Release],
    by_name: tuple[Sequence[Labels], Sequence[Labels]],
) -> Asked:
    forced, withheld = by_name
    published, due = np.zeros(len(frame), dtype=np.bool_), np.zeros(len(frame), dtype=np.bool_)
    for part in mine:
        due[part.cells] = True
    told = {(release.tier, release.period): release.cells for release in releases}
    for part in frame.parts:
        cells = told.get((part.tier, part.period.name))
        if cells is not None:
            known = [cells[key] for key in keys[part.declared]]
            published[part.cells] = [value is not None for value in known]
            if any(a not in {None, b} for a, b in zip(known, frame.values[part.cells].tolist(), strict=True)):
                raise Refused("changed_batch", f"{part.period.name} does not add up to what was published.")
    named = _numbers(mine, [*forced, *withheld])
    is_withheld = np.zeros(len(frame), dtype=np.bool_)
    is_withheld[named[len(forced) :]] = True
    return Asked(published, due, named[: len(forced)], is_withheld)


def _numbers(mine: Sequence[Part], labels: Sequence[Labels]) -> Wide:
    """The cells of these names. Refused("unknown_cell")."""
    if not labels:
        return np.zeros(0, dtype=np.int64)
    places = {name: part.begin + at for part in mine for at, name in enumerate(part.view.labels())}
    try:
        return np.array([places[tuple(name)] for name in labels], dtype=np.int64)
    except KeyError:
        raise Refused("unknown_cell", "No such cell is declared for this period.") from None


def _told(frame: Frame, mine: Sequence[Part], is_published: Flags) -> tuple[Cell, ...]:
    return tuple(
        Cell(part.period.name, labels, value if out else None)
        for part in mine
        for labels, value, out in zip(
            part.view.labels(), frame.values[part.cells].tolist(), is_published[part.cells].tolist(), strict=True
        )
    )


def _cost_of(frame: Frame, due: Flags, decision: Decision) -> Cost:
    values, out = frame.values[due], decision.is_published[due]
    low = values < frame.k[due]
    return Cost(
        declared=len(values),
        published=int(out.sum()),
        blank=int((~out).sum()),
        protected=int(low.sum()),
        secondary=int((~out & ~low).sum()),
        value=int(values.sum()),
        value_hidden=int(values[~out].sum()),
        value_secondary=int(values[~out & ~low].sum()),
        tables=decision.others.many,
    )
