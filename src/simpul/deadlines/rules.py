"""Who may set rules and run clocks."""

from typing import Final

from django.db.models import Q

from simpul.deadlines.models import ClockRule
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise, may

CONFIGURE: Final = "deadline.configure"
NODE: Final = "node.configure"
RUN: Final = "deadline.run"
WATCH: Final = "deadline.watch"


def may_configure(actor: Actor, organisation: Organisation | None) -> bool:
    """Of the organisation, by its coordinator; of the whole node (None), by the operator."""
    if organisation is None:
        return actor.scope(NODE).everywhere
    return may(actor, CONFIGURE, organisation)


def require_may_configure(actor: Actor, organisation: Organisation | None) -> None:
    if organisation is not None:
        authorise(actor, CONFIGURE, organisation)
    elif not may_configure(actor, None):
        raise Denied(NODE)


def require_may_run(actor: Actor) -> None:
    """Whoever is signed in, and the platform: the service that runs a clock judges what it is about."""
    if not isinstance(actor, System) and actor.user_id is None:
        raise Denied(RUN)


def require_platform(actor: Actor) -> None:
    if not isinstance(actor, System):
        raise Denied(WATCH)


def stands() -> Q:
    """Versions that somebody set and that were not taken back."""
    return Q(superseded_at=None, shipped=False)


def visible_to_public(rule: ClockRule) -> bool:
    """Law is public; what an organisation agreed for itself is its own."""
    return not rule.local_standard
