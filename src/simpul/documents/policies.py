"""Whose documents are seen by whom: the word of the context whose record they belong to.

A context registers a policy for each of its kinds of record in `AppConfig.ready`. A document whose kind of record has
none is served to nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Message
from simpul.kernel.refs import RecordRef

if TYPE_CHECKING:
    from simpul.documents.models import Document

PUBLIC: Final = "public"  # the one audience whose meaning is the same for every record: everybody


@dataclass(frozen=True, slots=True)
class Policy:
    """`visible`: the documents of this kind of record that an actor sees, as a `Q` of EXISTS and IN over `Document`.

    `authorise`: asks whether the actor may add, change and remove documents of that record, and gives its owner;
    NotFound where the record is out of sight, Denied where the permission is missing. `kinds` and `audiences` are
    codes and their labels. `confidential`: each reading is recorded, and nothing is shown in place.
    """

    kinds: Mapping[str, Message]
    audiences: Mapping[str, Message]
    visible: Callable[[Actor], Q]
    authorise: Callable[[Actor, RecordRef], UUID]
    confidential: bool = False


_policies: dict[str, Policy] = {}


def register(kind: str, policy: Policy) -> None:
    """Declare who sees the documents of records of that kind. ValueError where another policy is declared."""
    if _policies.setdefault(kind, policy) != policy:
        raise ValueError(f"documents of {kind} have a policy already")


@contextmanager
def registered(kind: str, policy: Policy) -> Iterator[None]:
    """A policy for the length of a block: for tests."""
    register(kind, policy)
    try:
        yield
    finally:
        del _policies[kind]


def policy_of(kind: str) -> Policy | None:
    return _policies.get(kind)


def policies() -> Mapping[str, Policy]:
    return dict(_policies)


def is_confidential(document: "Document") -> bool:
    """What has no policy counts as confidential."""
    policy = _policies.get(document.subject_kind)
    return policy is None or policy.confidential
