"""Panels of pages that mix contexts: each `web/<context>/panels.py` may offer `home_panels(request)`, and with
`home_lists(request)` the lists whose numbers those panels show (`request.tally`).

A panel is offered only to those who may see it; the front page puts it where its slot says and asks nothing more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from simpul import web
from simpul.accounts.models import User
from simpul.records.counts import count_together
from simpul.web.components import Panel
from simpul.web.http import Request

Offer = Callable[[Request], Any]
MOST: Final = 101  # nobody counts along beyond a hundred


@cache
def _offers(name: str) -> tuple[Offer, ...]:
    """Every function of that name in the `panels` of the other folders of `web`, in alphabetical order."""

    def found() -> Iterator[Offer]:
        for folder in sorted(m.name for m in iter_modules(web.__path__) if m.ispkg and m.name != "home"):
            package = import_module(f"simpul.web.{folder}")
            if any(m.name == "panels" for m in iter_modules(package.__path__)):
                offer = getattr(import_module(f"simpul.web.{folder}.panels"), name, None)
                if offer is not None:
                    yield offer

    return tuple(found())


def collect(request: Request) -> dict[str, list[Panel]]:
    """Slot -> panels in their order. What they count is counted before, all of it in one query."""
    lists = {name: rows for offer in _offers("home_lists") for name, rows in offer(request).items()}
    request.tally = count_together(User.objects.filter(pk__in=[request.actor.user_id]), lists, most=MOST)
    slots: dict[str, list[Panel]] = defaultdict(list)
    for panel in sorted((p for offer in _offers("home_panels") for p in offer(request)), key=lambda p: p.order):
        slots[panel.slot].append(panel)
    return dict(slots)
