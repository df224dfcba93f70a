"""Panels of pages that mix contexts: each `web/<context>/panels.py` may offer `home_panels(request)`.

A panel is offered only to those who may see it; the front page puts it where its slot says and asks nothing more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from simpul import web
from simpul.web.components import Panel
from simpul.web.http import Request

Offer = Callable[[Request], list[Panel]]


@cache
def _offers() -> tuple[Offer, ...]:
    """Every `home_panels` of the other folders of `web`, in alphabetical order."""

    def found() -> Iterator[Offer]:
        for folder in sorted(m.name for m in iter_modules(web.__path__) if m.ispkg and m.name != "home"):
            package = import_module(f"simpul.web.{folder}")
            if any(m.name == "panels" for m in iter_modules(package.__path__)):
                offer = getattr(import_module(f"simpul.web.{folder}.panels"), "home_panels", None)
                if offer is not None:
                    yield offer

    return tuple(found())


def collect(request: Request) -> dict[str, list[Panel]]:
    """Slot -> panels in their order."""
    slots: dict[str, list[Panel]] = defaultdict(list)
    for panel in sorted((p for offer in _offers() for p in offer(request)), key=lambda p: p.order):
        slots[panel.slot].append(panel)
    return dict(slots)
