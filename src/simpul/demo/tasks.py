"""What the worker does for the demo."""

import logging

from django.utils import timezone
from django_tasks import task

from simpul.demo.services import load_acceptance
from simpul.kernel.actor import System

logger = logging.getLogger("simpul.demo")


@task()
def load_the_acceptance_data() -> int:
    """Idempotent: started twice, or again after a kill, it does what is left."""
    return load_acceptance(System("demo"), now=timezone.now(), progress=_tell)


def _tell(done: int, total: int) -> None:
    if done % 10 == 0 or done == total:
        logger.info("example data: %s of %s steps", done, total)
