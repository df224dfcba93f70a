"""What the worker does for the demo."""

import logging

from django.utils import timezone
from django_tasks import task

from simpul.demo.queries import progress
from simpul.demo.services import load_acceptance, load_figures
from simpul.kernel.actor import System

logger = logging.getLogger("simpul.demo")


@task()
def load_the_acceptance_data() -> int:
    """Idempotent: started twice, or again after a kill, it does what is left. The counts come after it."""
    done = load_acceptance(System("demo"), now=timezone.now(), progress=_tell)
    load_the_next_counts.enqueue()
    return done


@task()
def load_the_next_counts() -> int:
    """A month, so that other work of the worker gets its turn; then the next one. Idempotent likewise."""
    done = load_figures(System("demo"), now=timezone.now(), progress=_tell_months, most=1)
    if done and not progress()[2].complete:
        load_the_next_counts.enqueue()
    return done


def _tell_months(done: int, total: int) -> None:
    logger.info("example counts: %s of %s months published", done, total)


def _tell(done: int, total: int) -> None:
    if done % 10 == 0 or done == total:
        logger.info("example data: %s of %s steps", done, total)
