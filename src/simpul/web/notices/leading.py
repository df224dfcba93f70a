"""Where a notice leads: the page of the record it is about, as far as its reader may see it."""

from collections.abc import Callable, Iterable
from uuid import UUID

from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.threads.registry import Knot, resolve

# (actor, id) -> the address of the page, None where there is nothing (any more) that the actor may see.
Way = Callable[[Actor, UUID], str | None]

_ways: dict[str, Way] = {}


def lead(kind: str, way: Way) -> None:
    """Say where notices about records of `kind` lead, before the thread's registry is asked. ValueError: taken."""
    if _ways.setdefault(kind, way) is not way:
        raise ValueError(f"{kind} leads somewhere already")


def page_of(actor: Actor, about: RecordRef) -> str | None:
    """The address of the record's page, None where it is gone, hidden, or of a kind nobody shows."""
    if way := _ways.get(about.kind):
        return way(actor, about.uuid)
    knot = resolve([about], actor).get(about)
    return knot.href if knot else None


def titles(actor: Actor, abouts: Iterable[RecordRef]) -> dict[RecordRef, Knot]:
    """What the records are called, of those the actor may see: a query for each kind, three kinds at most."""
    by_kind: dict[str, list[RecordRef]] = {}
    for about in abouts:
        by_kind.setdefault(about.kind, []).append(about)
    fullest = sorted(by_kind.values(), key=len, reverse=True)[:3]
    return resolve([ref for refs in fullest for ref in refs], actor)
