"""A rival that agrees to a proposal, or is killed while it is being published, where a table is first written to."""

import os
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.rivals import Order, obey


def agree(order: Order) -> None:
    """`user` agrees to `proposal`; with `dies`, this process is killed where that table is first written to."""
    from django.db import connection  # inline: the rival has set Django up

    from simpul.access.queries import actor_for  # inline: the rival has set Django up
    from simpul.releases.models import Proposal  # inline: the rival has set Django up
    from simpul.releases.services.publishing import approve_release  # inline: the rival has set Django up

    def killed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if order.get("dies") and sql.startswith("INSERT") and order["dies"] in sql:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    now = datetime.fromisoformat(order["now"])
    actor = actor_for(order["user"], now=now, second_factor=True)
    proposal = Proposal.objects.get(pk=order["proposal"])
    with connection.execute_wrapper(killed):
        approve_release(actor, proposal, digest=order["digest"], reason="Dilihat.", now=now)


if __name__ == "__main__":
    obey(agree)
