"""Two people at once in one record: different fields merge; of the same field both values are kept.

What stands was written first. The other value goes, sealed, to the clashes that the coordinator decides. Nothing is
overwritten silently, and no value read earlier has to travel back to know what had changed: each field remembers the
version it was last written at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from simpul.cases.models import Case, FieldClash, Party
from simpul.kernel.actor import Actor
from simpul.records.locks import claim_version
from simpul.vault.sealed import Sealed

Row = TypeVar("Row", Case, Party)

# A blind index is never written without its value.
_TOGETHER = {
    "nik": ("nik_index", "nik_index_next"),
    "likeness": ("likeness_index", "likeness_index_next"),
}


@dataclass(frozen=True, slots=True)
class Merged(Generic[Row]):
    """`written` and `clashing` are names of fields; a value that already stood is in neither."""

    row: Row
    written: tuple[str, ...]
    clashing: tuple[str, ...]


def plain(row: Case | Party, field: str) -> Any:
    held = getattr(row, field)
    return held.open() if isinstance(held, Sealed) else held


def merge(actor: Actor, row: Row, changes: Mapping[str, object], *, seen: int, now: datetime) -> Merged[Row]:
    """Write what nobody else wrote since version `seen`; keep the rest as clashes. Runs in the caller's transaction."""
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    differing = [name for name, mine in changes.items() if plain(fresh, name) != mine]
    clashing = tuple(name for name in differing if fresh.merged.get(name, 0) > seen)
    written = tuple(name for name in differing if name not in clashing)
    for name in clashing:
        _keep(actor, fresh, name, changes[name], now)
    return Merged(put(fresh, {name: changes[name] for name in written}), written, clashing)


def put(row: Row, changes: Mapping[str, object]) -> Row:
    """Write `changes` into a row that this transaction holds, and note at which version; the row as it is now."""
    if not changes:
        return row
    version = row.version + 1
    fresh = claim_version(row, row.version, {"merged": {**row.merged, **dict.fromkeys(changes, version)}})
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=[*changes, *(index for name in changes for index in _TOGETHER.get(name, ()))])
    return fresh


def _keep(actor: Actor, row: Case | Party, field: str, offered: object, now: datetime) -> None:
    """The value that was not written, once, however often it is sent."""
    case, party = (row.case, row) if isinstance(row, Party) else (row, None)
    waiting = FieldClash.objects.filter(case=case, party=party, field=field, settled_at=None)
    if any((clash.offered and clash.offered.open()) == offered for clash in waiting):
        return
    FieldClash.objects.create(
        case=case, party=party, field=field, offered=offered, offered_by_id=actor.person_id, at=now
    )
