"""What people knew before and after: each by themself for who receives them, for others an average from five on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from simpul.activities.models import Event, Participant, Stage, TestScore
from simpul.activities.rules.events import require_manager, require_receiver
from simpul.kernel.actor import Actor
from simpul.kernel.text import fold_words

FEWEST: Final = 5  # with both tests


@dataclass(frozen=True, slots=True)
class Scored:
    participant: Participant
    name: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Gain:
    """Of those with both tests. Averages are None for fewer than five: of them nothing is told.

    `gain` is in points; `of_possible` is the part of what could still be gained that was (0 to 1), None where everybody
    had all points before.
    """

    both: int
    before: Decimal | None = None
    after: Decimal | None = None
    gain: Decimal | None = None
    of_possible: Decimal | None = None
    better: int = 0


def scored_for(actor: Actor, event: Event) -> Sequence[Scored]:
    """Everybody of the event, by name. For who receives them. NotFound, Denied."""
    require_receiver(actor, event)
    rows = Participant.objects.filter(event=event, erased_at=None).prefetch_related("scores")
    found = []
    for row in rows:
        told = {score.stage: score.points for score in row.scores.all()}
        name = row.name.open() if row.name else ""
        found.append(Scored(row, name, told.get(Stage.BEFORE), told.get(Stage.AFTER)))
    return sorted(found, key=lambda one: (one.name.casefold(), one.participant.pk))


def gain_for(actor: Actor, event: Event) -> Gain:
    """For who keeps the event, who need not be allowed to see names. NotFound, Denied("event.manage")."""
    require_manager(actor, event)
    return gain_of(event)


def gain_of(event: Event) -> Gain:
    """Without asking who reads it."""
    pairs: dict[object, dict[str, Decimal]] = {}
    for row in TestScore.objects.filter(participant__event=event):
        pairs.setdefault(row.participant_id, {})[row.stage] = row.points
    both = [(told[Stage.BEFORE], told[Stage.AFTER]) for told in pairs.values() if len(told) == len(Stage)]
    if len(both) < FEWEST:
        return Gain(len(both))
    before, after = (sum(side) / len(both) for side in zip(*both, strict=True))
    possible = 100 - before
    return Gain(
        both=len(both),
        before=Decimal(before),
        after=Decimal(after),
        gain=Decimal(after - before),
        of_possible=Decimal((after - before) / possible) if possible else None,
        better=sum(later > earlier for earlier, later in both),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A pasted line: the participant it is of, or None with `why` ("unknown", "several")."""

    number: int
    name: str
    before: str
    after: str
    participant: Participant | None
    why: str = ""


def lines_of(scored: Sequence[Scored], cells: Sequence[Sequence[str]]) -> Sequence[Line]:
    """Each with whom it is of: by the whole name, without regard to case, accents and points. Nothing is guessed."""
    by_name: dict[str, list[Participant]] = {}
    for one in scored:
        by_name.setdefault(fold_words(one.name), []).append(one.participant)
    lines = []
    for number, row in enumerate(cells, start=1):
        name, before, after = ([*row, "", "", ""])[:3]
        found = by_name.get(fold_words(name), [])
        why = "" if len(found) == 1 else "several" if found else "unknown"
        lines.append(Line(number, name, before, after, found[0] if len(found) == 1 else None, why))
    return lines
