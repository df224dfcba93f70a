"""Walking the rounds of every context, beside the worker."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from simpul.kernel.rounds import Round, rounds

logger = logging.getLogger("simpul.worker")


@contextmanager
def walking(*, once: bool) -> Iterator[None]:
    """Walk every round beside the block, each at its own pace; with `once`, each once, after the block."""
    known = _found()
    if once:
        yield
        for one in known:
            walk(one)
        return
    done = threading.Event()
    walkers = [threading.Thread(target=_keep, args=(one, done), name=one.name, daemon=True) for one in known]
    for walker in walkers:
        walker.start()
    try:
        yield
    finally:
        done.set()  # a walk in hand is not waited for: each is safe to be cut off


def _found() -> tuple[Round, ...]:
    from django.utils.module_loading import autodiscover_modules  # inline: app ready

    autodiscover_modules("rounds")
    return rounds()


def _keep(one: Round, done: threading.Event) -> None:
    while True:
        walk(one)
        if done.wait(one.every.total_seconds()):
            return


def walk(one: Round) -> None:
    """Walk it once. Whatever goes wrong is logged without its text, and the next walk tries again."""
    from django.db import close_old_connections  # inline: app ready

    close_old_connections()
    try:
        one.walk(lambda: datetime.now(UTC))
    except Exception:
        logger.exception("a round was cut short", extra={"task": one.name})
    finally:
        close_old_connections()
