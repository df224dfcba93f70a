"""A process that sends or keeps a file and is killed in the middle of it; started by `tests.rivals`."""

import os
import signal
from datetime import UTC, datetime
from uuid import UUID

from tests.rivals import Order, obey

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
GIVEN = 3_000_000  # bytes that arrive before the process dies


class Dying:
    """Gives bytes, and then kills the process that reads them."""

    def __init__(self, most: int) -> None:
        self.left = most

    def read(self, size: int) -> bytes:
        if not self.left:
            die()
        given = min(size, self.left)
        self.left -= given
        return b"%PDF-" + b"x" * (given - 5)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def act(order: Order) -> None:
    """`{"act": "receive", "key": k}`; `{"act": "keep", "key": k, "organisation": id, "dies": step}`."""
    # Inline: after Django has started.
    from simpul.documents.services.uploads import receive_part
    from simpul.kernel.actor import System

    if order["act"] == "receive":
        receive_part(System("rival"), UUID(order["key"]), offset=0, source=Dying(GIVEN), now=NOW)
    else:
        _keep(order)


def _keep(order: Order) -> None:
    from django.db import transaction

    from simpul.documents import folder
    from simpul.documents.services.keeping import add_document
    from simpul.kernel.actor import System
    from simpul.kernel.refs import RecordRef

    def whole() -> None:
        add_document(
            System("rival"),
            RecordRef("organisations.organisation", UUID(order["organisation"])),
            id=UUID(order["document"]),
            upload=UUID(order["key"]),
            title="Akta",
            kind="deed",
            audience="own",
            now=NOW,
        )

    if order["dies"] == "while writing":
        # The kernel does it: no file of this process may grow beyond so much.
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
        whole()
    elif order["dies"] == "before commit":
        with transaction.atomic():
            whole()
            die()
    else:
        folder.remove_part = lambda upload_id: die()
        whole()


if __name__ == "__main__":
    obey(act)
