"""Sealing the audit from the command line: beside the worker, and after each command that wrote."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

SEAL_EVERY = 3  # seconds: `simpul check` fails when a row has waited for minutes
logger = logging.getLogger("simpul.worker")


@contextmanager
def sealing() -> Iterator[None]:
    """Seal the audit beside the block, every few seconds, and once more at its end."""
    done = threading.Event()

    def keep_sealing() -> None:
        while not done.wait(SEAL_EVERY):
            seal()

    sealer = threading.Thread(target=keep_sealing, name="audit-sealer", daemon=True)
    sealer.start()
    try:
        yield
    finally:
        done.set()
        sealer.join(SEAL_EVERY)
        seal()


def seal() -> None:
    """Seal what waits, and write erasures down. A busy or absent database is no reason to stop: the next round does."""
    from django.db import DatabaseError, close_old_connections  # inline: app ready

    from simpul.audit.services import seal_pending, write_journal  # inline: app ready

    close_old_connections()
    try:
        seal_pending(datetime.now(UTC))
    except DatabaseError:
        logger.exception("the audit could not be sealed")
    try:
        write_journal()
    except (DatabaseError, OSError):
        logger.exception("erasures could not be written into their journal")
