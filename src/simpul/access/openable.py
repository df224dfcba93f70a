"""The kinds of records that can be opened in an emergency. A context above declares its own in `AppConfig.ready`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.functional import Promise

from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation

# (actor, the organisation that owns it, its number as typed) -> the record. None where there is none, where it is of
# another organisation, and where it is kept from this very actor by name: the three answer alike.
Finder = Callable[[Actor, Organisation, str], RecordRef | None]


@dataclass(frozen=True, slots=True)
class Openable:
    """`kind` as in `RecordRef`; `label` names one such record ("A case"), `asks` the field its number is typed into."""

    kind: str
    label: Promise | str
    asks: Promise | str
    find: Finder


_openables: dict[str, Openable] = {}


def declare(openable: Openable) -> None:
    """ValueError where somebody else declared the kind already."""
    if _openables.setdefault(openable.kind, openable) is not openable:
        raise ValueError(f"{openable.kind} can be opened already")


def openables() -> tuple[Openable, ...]:
    return tuple(_openables[kind] for kind in sorted(_openables))


def openable_of(kind: str) -> Openable | None:
    return _openables.get(kind)


@contextmanager
def only(*openables: Openable) -> Iterator[None]:
    """These kinds and no others, for the length of a block: for tests."""
    before = dict(_openables)
    _openables.clear()
    try:
        for openable in openables:
            declare(openable)
        yield
    finally:
        _openables.clear()
        _openables.update(before)
