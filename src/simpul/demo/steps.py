"""The demo is loaded in steps: each one transaction, each done once, so that a killed load goes on where it stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from simpul.demo.models import DemoStep
from simpul.kernel import ids
from simpul.kernel.actor import System
from simpul.records.locks import let_others_write, lock_graph

Progress = Callable[[int, int], None]


def untold(done: int, total: int) -> None:
    """The progress of who does not want to know."""


DEMO = System("demo")
# The instant in every key the demo makes; what a record says of its own time is told by the story.
BORN = datetime(2019, 10, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """`key` seeds the keys of all that `load` makes."""

    key: str
    load: Callable[[], object]


def run_steps(steps: Sequence[Step], *, now: datetime, progress: Progress, in_use: bool = False) -> int:
    """Do what is not done yet, in order; how many steps that was. Two loaders at once take turns and do each once.

    `in_use`: people work with it meanwhile, and get their turn to write after every step.
    """
    done = 0
    for number, step in enumerate(steps, start=1):
        mine = _run(step, now)
        done += mine
        progress(number, len(steps))
        if in_use and mine:
            let_others_write()
    return done


def _run(step: Step, now: datetime) -> bool:
    if DemoStep.objects.filter(pk=step.key).exists():
        return False
    with transaction.atomic(), ids.repeatable(f"demo/{step.key}", BORN):
        lock_graph("demo.steps")
        _row, mine = DemoStep.objects.get_or_create(pk=step.key, defaults={"done_at": now})
        if mine:
            step.load()
    return mine
