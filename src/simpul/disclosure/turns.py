"""Whose turn it is: the order in which the periods of a book may be published, so that no gap is left to be filled in.

Months in order; a tier's finer cadence before its coarser; a correction in a month of which nothing coarser is out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simpul.disclosure.auditing import together
from simpul.disclosure.chains import Release
from simpul.disclosure.errors import Refused
from simpul.disclosure.outlines import Outline
from simpul.disclosure.periods import Cadence, Period, batches_in, parse_batch, parse_period, periods_within


@dataclass(frozen=True)
class Turns:
    """The order of an outline, given what is out."""

    outline: Outline
    releases: Sequence[Release]

    def due(self, batches: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """All that can be published of these closed batches, in an order in which it may be.

        What is finer first, then tier by tier: beside a coarser period, more would have to be decided together.
        """
        known = set(batches)
        asked = [
            (tier, period.name)
            for cadence in Cadence
            for tier in self.outline.tiers
            if cadence in self.outline.cadences(tier)
            for period in periods_within(cadence, sorted(known), self.outline.begins)
        ]
        released, found = list(self.releases), []
        for tier, period in asked:
            try:
                own = Turns(self.outline, released).batches_for(tier, period, known)
            except Refused:
                continue
            found.append((tier, period))
            released.append(Release(0, period, "", "", {}, tier=tier, batches=dict.fromkeys(own, "")))
        return tuple(found)

    def needs(self, tier: str, period: str) -> tuple[str, ...]:
        """The batches a proposal takes, as far as they are known. Refused("unknown_period" | "unknown_tier")."""
        asked = self._period(tier, period)
        known = {*self._released_batches(), *self.outline.months(asked)}
        if asked.cadence == Cadence.MONTH:
            known.add(asked.name)
        group = together(self.releases, dict.fromkeys(batches_in(asked, known), ""))
        return tuple(batch.name for batch in sorted(map(parse_batch, group)))

    def batches_for(self, tier: str, period: str, given: Iterable[str]) -> tuple[str, ...]:
        """The batches a release covers, of these and those that are out. Refused("gap" | "published_already" | ...)."""
        asked = self._period(tier, period)
        if (tier, period) in {(release.tier, release.period) for release in self.releases}:
            raise Refused("published_already", f"{period} is out: what is published never changes.")
        known = {*given, *self._released_batches()}
        own = batches_in(asked, known)
        missing = set(self.outline.months(asked)) - known
        if missing or not own:
            raise Refused("gap", f"{period} is not closed: {', '.join(sorted(missing)) or period} is missing.")
        self._check_open(own)
        self._check_before(tier, asked, own)
        return own

    def _period(self, tier: str, period: str) -> Period:
        self.outline.visible(tier)
        asked = parse_period(period)
        months = self.outline.months(asked)
        if asked.year != self.outline.year or not months or asked.cadence not in self.outline.cadences(tier):
            raise Refused("unknown_period", f"Nothing is declared of {period} for this tier.")
        return asked

    def _released_batches(self) -> set[str]:
        return {name for release in self.releases for name in release.batches}

    def _check_open(self, own: Sequence[str]) -> None:
        """A batch that is new may not fall into a period that is out already."""
        for release in self.releases:
            whole = parse_period(release.period)
            for name in own:
                if name not in release.batches and whole.covers(parse_batch(name)):
                    raise Refused("closed_period", f"{release.period} is out: {name} belongs into a later month.")

    def _check_before(self, tier: str, asked: Period, own: Sequence[str]) -> None:
        out = {release.period for release in self.releases if release.tier == tier}
        before = set(self._earlier(asked))
        for cadence in self.outline.cadences(tier):
            if cadence == asked.cadence:
                break
            before |= {period.name for period in periods_within(cadence, own, self.outline.begins)}
        if not before <= out:
            raise Refused("gap", f"{', '.join(sorted(before - out))} comes before {asked.name}.")

    def _earlier(self, asked: Period) -> Iterable[str]:
        """The periods of the same cadence that come before: all of them, or the last correction and its month."""
        if asked.correction:
            month = f"{asked.year}-{asked.first:02d}"
            return [month, *(f"{month}+{number}" for number in range(1, asked.correction))]
        length = asked.last - asked.first + 1
        every = (Period(asked.year, first, first + length - 1) for first in range(1, asked.first, length))
        return [period.name for period in every if self.outline.months(period)]
