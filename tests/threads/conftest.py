"""Records of two made-up kinds, so that threads are tested without any context above them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest

from simpul.kernel.actor import Actor, System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.threads import registry
from simpul.threads.registry import Knot

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """Stands for a context: what exists, what only the platform sees, what may be linked."""

    kind: str
    titles: dict[UUID, str] = field(default_factory=dict)
    hidden: set[UUID] = field(default_factory=set)
    locked: set[UUID] = field(default_factory=set)
    asked: int = 0

    def put(self, title: str, *, hidden: bool = False, locked: bool = False) -> RecordRef:
        key = uuid7()
        self.titles[key] = title
        if hidden:
            self.hidden.add(key)
        if locked:
            self.locked.add(key)
        return RecordRef(self.kind, key)

    def resolve(self, ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
        self.asked += 1
        sees_all = isinstance(actor, System)
        return {
            key: Knot(self.titles[key], state="open", linkable=sees_all or key not in self.locked)
            for key in ids
            if key in self.titles and (sees_all or key not in self.hidden)
        }


@pytest.fixture
def briefs() -> Iterator[Shelf]:
    shelf = Shelf("letters.brief")
    with registry.registered(shelf.kind, shelf.resolve, page=lambda key: f"/surat/{key}/"):
        yield shelf


@pytest.fixture
def rulings() -> Iterator[Shelf]:
    shelf = Shelf("rulings.ruling")
    with registry.registered(shelf.kind, shelf.resolve):
        yield shelf
