"""Where a notice about a complaint leads: to it, for who may read it; nowhere, for everybody else.

Whoever says who receives what no group was found for is led there, and reads none of it.
"""

from uuid import UUID

from django.urls import reverse

from simpul.cases.queries.complaints import complaint_for
from simpul.deadlines.rules import NODE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def page_of_complaint(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("inbox:complaint", args=[complaint_for(actor, key).pk])
    except NotFound:
        # The same wherever the complaint is by now: it tells nothing of it.
        return reverse("node:change") if actor.scope(NODE).everywhere else None
