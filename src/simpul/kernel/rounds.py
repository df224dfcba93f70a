"""Rounds: what the platform does by itself every so often. A context names its own in `<context>/rounds.py`.

The worker walks them (`config.cli.walking`), each in a thread of its own, so that a slow one keeps no other waiting.
Two workers may walk the same round at once, and either may be killed at any moment: a round is safe under both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Clock = Callable[[], datetime]
Walk = Callable[[Clock], object]


@dataclass(frozen=True, slots=True)
class Round:
    """`walk` is given the clock rather than the time: what it does may take long."""

    name: str
    every: timedelta
    walk: Walk


_rounds: dict[str, Round] = {}


def round_of(name: str, *, every: timedelta) -> Callable[[Walk], Walk]:
    """Register a round under "context.what". ValueError for a taken name."""

    def register(walk: Walk) -> Walk:
        if name in _rounds and _rounds[name].walk is not walk:
            raise ValueError(f"two rounds are called {name}")
        _rounds[name] = Round(name, every, walk)
        return walk

    return register


def rounds() -> tuple[Round, ...]:
    """Every registered round, in order of name."""
    return tuple(one for _name, one in sorted(_rounds.items()))
