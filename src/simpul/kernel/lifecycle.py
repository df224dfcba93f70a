"""Lifecycles as data: one table a model. A refused transition says why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from simpul.kernel.errors import Conflict

State = TypeVar("State", bound=str)


@dataclass(frozen=True, slots=True)
class Transition(Generic[State]):
    """`act` leads from `source` to `target` for whoever holds `permission`; `needs_reason` asks for words."""

    source: State
    act: str
    target: State
    permission: str
    needs_reason: bool = False


class Lifecycle(Generic[State]):
    """The table of one model.

    ValueError at import where two rows give the same act from the same state, or a state can't be reached.
    """

    def __init__(self, initial: State, transitions: Iterable[Transition[State]]) -> None:
        self.initial = initial
        self.transitions = tuple(transitions)
        self._by_act: dict[tuple[str, str], Transition[State]] = {}
        for row in self.transitions:
            if (row.source, row.act) in self._by_act:
                raise ValueError(f"two ways to {row.act} from {row.source}")
            self._by_act[row.source, row.act] = row
        unreached = {t.source for t in self.transitions} - self.reachable
        if unreached:
            raise ValueError(f"states nothing leads to: {sorted(unreached)}")

    @property
    def reachable(self) -> frozenset[str]:
        """The states some chain of acts leads to, the initial one included."""
        seen: set[str] = {self.initial}
        while grown := {t.target for t in self.transitions if t.source in seen} - seen:
            seen |= grown
        return frozenset(seen)

    def acts_from(self, state: State) -> tuple[Transition[State], ...]:
        return tuple(t for t in self.transitions if t.source == state)

    def transition(self, state: State, act: str, *, reason: str = "") -> Transition[State]:
        """The row for this act. Conflict("transition_refused") where there is none, Conflict("reason_needed")."""
        row = self._by_act.get((state, act))
        if row is None:
            possible = sorted(t.act for t in self.acts_from(state))
            raise Conflict("transition_refused", theirs={"state": state, "act": act, "possible": possible})
        if row.needs_reason and not reason.strip():
            raise Conflict("reason_needed", theirs={"state": state, "act": act})
        return row
