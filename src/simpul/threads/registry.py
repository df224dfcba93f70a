"""How a record of a context above is shown as a knot, without importing that context.

A context registers a resolver for each of its kinds in `AppConfig.ready`; `web` registers the address of its page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef


@dataclass(frozen=True, slots=True)
class Knot:
    """A record as one actor may see it. `title` is in the active language; `state` a code of its context, "" for none.

    `linkable`: this actor holds `thread.link` for it, by the rule of the context that keeps it.
    """

    title: str
    href: str | None = None
    state: str = ""
    linkable: bool = False


# (ids, actor) -> the knots of those ids that exist and that the actor may see. One query, however many ids.
Resolver = Callable[[frozenset[UUID], Actor], dict[UUID, Knot]]
Page = Callable[[UUID], str]

_resolvers: dict[str, Resolver] = {}
_pages: dict[str, Page] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Declare who resolves `kind`. ValueError where somebody else already does."""
    if _resolvers.setdefault(kind, resolver) != resolver:
        raise ValueError(f"{kind} has a resolver already")


def register_page(kind: str, page: Page) -> None:
    """Declare the address of a record's page. ValueError where another one is declared."""
    if _pages.setdefault(kind, page) != page:
        raise ValueError(f"{kind} has a page already")


@contextmanager
def registered(kind: str, resolver: Resolver, page: Page | None = None) -> Iterator[None]:
    """A kind that exists for the length of a block: for tests and for benchmarks."""
    register(kind, resolver)
    if page:
        register_page(kind, page)
    try:
        yield
    finally:
        del _resolvers[kind]
        _pages.pop(kind, None)


def kinds() -> frozenset[str]:
    """The kinds that can be linked."""
    return frozenset(_resolvers)


def resolve(refs: Iterable[RecordRef], actor: Actor) -> dict[RecordRef, Knot]:
    """The knots this actor may see, one call a kind. What is missing, hidden or of no registered kind is left out."""
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.uuid)
    knots = {}
    for kind in sorted(by_kind.keys() & _resolvers.keys()):
        page = _pages.get(kind)
        for uuid, knot in _resolvers[kind](frozenset(by_kind[kind]), actor).items():
            href = knot.href or (page(uuid) if page else None)
            knots[RecordRef(kind, uuid)] = replace(knot, href=href)
    return knots
