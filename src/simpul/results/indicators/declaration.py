"""What declaring an indicator means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from simpul.kernel.localized import LocalizedText
from simpul.results.questions import Question
from simpul.results.sources import Source


class Subject(StrEnum):
    """What a question about this indicator must name."""

    PROGRAMME = "programme"
    NETWORK = "network"
    ORGANISATION = "organisation"
    NODE = "node"  # this Simpul as a whole


@dataclass(frozen=True, slots=True)
class Part:
    """One number of an indicator. The first part is the figure; others stand beside it, never summed into it."""

    key: str
    name: LocalizedText
    source: Callable[[Question], Source]
    unit: LocalizedText


@dataclass(frozen=True, slots=True)
class Stated:
    """A number somebody stated on a day, rather than one we counted."""

    value: int
    on: date
    approximate: bool = True


@dataclass(frozen=True, slots=True)
class Declared:
    """Where an indicator's stated number comes from. Always shown beside the count, never mixed into it."""

    name: LocalizedText
    read: Callable[[Question], Stated | None]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`definition` says in words what `parts` count; `version` rises with every change of either.

    `at_a_glance` is how many parts a list of indicators shows; the figure's own page shows them all.
    """

    code: str
    version: int
    subject: Subject
    name: LocalizedText
    definition: LocalizedText
    parts: tuple[Part, ...]
    declared: Declared | None = None
    at_a_glance: int = 1

    @property
    def main(self) -> Part:
        return self.parts[0]

    def part(self, key: str) -> Part:
        """KeyError for a part it doesn't have."""
        return {part.key: part for part in self.parts}[key]
