"""Erasing again, after a restore, what was erased before: each context says how its records are erased."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from simpul.kernel.refs import RecordRef

# Erases the records of these ids as the service did, without asking who may; how many were there.
Eraser = Callable[[Sequence[UUID]], int]
_erasers: dict[str, Eraser] = {}


def eraser(kind: str) -> Callable[[Eraser], Eraser]:
    """Register, in `<context>/erasing.py`, how records of a kind are erased where deleting the row isn't it."""

    def register(function: Eraser) -> Eraser:
        _erasers[kind] = function
        return function

    return register


def erase_again(refs: Iterable[RecordRef]) -> tuple[int, list[str]]:
    """(how many were there and are erased now, kinds of records nobody knows). Repeating it changes nothing."""
    autodiscover_modules("erasing")
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.uuid)
    unknown = sorted(kind for kind in by_kind if kind not in _erasers and not _is_model(kind))
    with transaction.atomic():
        done = sum(_erase(kind, ids) for kind, ids in by_kind.items() if kind not in unknown)
    return done, unknown


def _is_model(kind: str) -> bool:
    try:
        apps.get_model(kind)
    except LookupError:
        return False
    return True


def _erase(kind: str, ids: Sequence[UUID]) -> int:
    if kind in _erasers:
        return _erasers[kind](ids)
    model = apps.get_model(kind)
    found = 0
    for start in range(0, len(ids), 500):
        rows = model._base_manager.filter(pk__in=ids[start : start + 500])
        found += rows.count()
        rows.delete()
    return found
