"""One of several processes that change trees and memberships at the same moment; started by `tests.rivals`."""

import os
import signal
import time
from datetime import UTC, datetime

from tests.rivals import Order, obey

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)


def act(order: Order) -> None:
    """`{"act": "place" | "move" | "admit", "below": id, "above": id}`.

    With "dies_after", it is killed that many seconds after writing, before it commits.
    """
    from django.db import transaction  # inline: after Django has started

    with transaction.atomic():
        _write(order)
        if "dies_after" in order:
            time.sleep(order["dies_after"])
            os.kill(os.getpid(), signal.SIGKILL)


def _write(order: Order) -> None:
    # Inline: after Django has started.
    from simpul.kernel.actor import System
    from simpul.organisations.models import Organisation
    from simpul.organisations.services.memberships import admit_member
    from simpul.organisations.services.units import move_unit, place_unit

    below, above = (Organisation.objects.get(pk=order[end]) for end in ("below", "above"))
    if order["act"] == "place":
        place_unit(System("rival"), below, parent=above, now=NOW)
    elif order["act"] == "move":
        move_unit(System("rival"), below, parent=above, since=NOW.date(), now=NOW)
    else:
        admit_member(System("rival"), above, member=below, now=NOW)


if __name__ == "__main__":
    obey(act)
