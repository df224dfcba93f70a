"""A table of states: what leads where, and why not."""

from enum import StrEnum

import pytest

from simpul.kernel.errors import Conflict
from simpul.kernel.lifecycle import Lifecycle, Transition


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


OPEN = Transition(State.DRAFT, "open", State.OPEN, "thing.open")
CLOSE = Transition(State.OPEN, "close", State.CLOSED, "thing.close", needs_reason=True)
REOPEN = Transition(State.CLOSED, "open", State.OPEN, "thing.reopen")
LIFE = Lifecycle(State.DRAFT, (OPEN, CLOSE, REOPEN))


def test_an_act_leads_to_its_state() -> None:
    assert LIFE.transition(State.DRAFT, "open") is OPEN
    assert LIFE.transition(State.CLOSED, "open") is REOPEN
    assert LIFE.transition(State.OPEN, "close", reason="done") is CLOSE


def test_a_refused_act_says_what_is_possible() -> None:
    with pytest.raises(Conflict) as caught:
        LIFE.transition(State.DRAFT, "close", reason="done")
    assert caught.value.code == "transition_refused"
    assert caught.value.theirs == {"state": "draft", "act": "close", "possible": ["open"]}


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_act_that_needs_a_reason_asks_for_words(reason: str) -> None:
    with pytest.raises(Conflict) as caught:
        LIFE.transition(State.OPEN, "close", reason=reason)
    assert caught.value.code == "reason_needed"


def test_the_acts_and_states_are_listed() -> None:
    assert LIFE.acts_from(State.OPEN) == (CLOSE,)
    assert LIFE.reachable == {"draft", "open", "closed"}


def test_two_ways_of_one_act_are_refused() -> None:
    with pytest.raises(ValueError, match="two ways"):
        Lifecycle(State.DRAFT, (OPEN, Transition(State.DRAFT, "open", State.CLOSED, "thing.open")))


def test_a_state_nothing_leads_to_is_refused() -> None:
    with pytest.raises(ValueError, match="closed"):
        Lifecycle(State.DRAFT, (OPEN, REOPEN))
