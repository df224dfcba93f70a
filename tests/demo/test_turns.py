"""While the example programme is loaded, people sign in and write."""

import threading
from datetime import UTC, datetime

import pytest

from simpul.demo.models import DemoStep
from simpul.demo.steps import Step, run_steps
from simpul.organisations.models import Organisation
from tests.factories.accounts import make_user
from tests.racing import at_once

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)


@pytest.mark.racing
def test_whoever_writes_while_steps_follow_on_one_another_waits_for_few_of_them(raced: None) -> None:
    begun, finished = threading.Event(), list[int]()

    def work() -> None:
        """Long enough that nobody finds the gap to the next step by luck."""
        begun.set()
        Organisation.objects.bulk_create(Organisation(kind="OT.T", name="x", sort_key="x") for _ in range(300))

    def load() -> int:
        steps = [Step(f"test/{number}", work) for number in range(25)]
        return run_steps(steps, now=NOW, progress=lambda number, _total: finished.append(number), in_use=True)

    def write() -> int:
        begun.wait()
        make_user()
        return len(finished)

    done, waited_for = at_once(load, write)
    assert (done, DemoStep.objects.count()) == (25, 25)
    assert isinstance(waited_for, int)
    assert waited_for <= 3
