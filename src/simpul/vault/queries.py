"""What is sealed, under which keys, and how the ring stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import models
from django.db.models import Q

from simpul.vault.blind import BlindIndexField
from simpul.vault.fields import SealedField, sealed_fields_of
from simpul.vault.models import KnownKey
from simpul.vault.ringfile import current_ring


def sealed_fields(registry: Apps = apps) -> Iterator[SealedField[Any]]:
    """Every encrypted column of every model, once."""
    for model in _models(registry):
        yield from sealed_fields_of(model)


def blind_indexes(registry: Apps = apps) -> Iterator[BlindIndexField]:
    for model in _models(registry):
        yield from (f for f in model._meta.local_concrete_fields if isinstance(f, BlindIndexField))


def _models(registry: Apps) -> Iterator[type[models.Model]]:
    for context in registry.all_models.values():
        yield from (model for model in context.values() if not model._meta.proxy)


def not_under(field: SealedField[Any], key_id: str) -> "models.QuerySet[Any]":
    """Rows whose value in this column is sealed with another key, in the order of their keys."""
    rows = field.model._base_manager.filter(**{f"{field.name}__isnull": False})
    return rows.exclude(**{f"{field.name}__sealed_under": key_id}).order_by("pk")


def uses(key_id: str, registry: Apps = apps) -> list[str]:
    """The columns ("people_person.phone") in which some row still needs this key."""
    found = [
        f"{field.model._meta.db_table}.{field.column}"
        for field in sealed_fields(registry)
        if field.model._base_manager.filter(**{f"{field.name}__sealed_under": key_id}).exists()
    ]
    for index in blind_indexes(registry):
        begins = f"{key_id}."
        held = Q(**{f"{index.name}__startswith": begins}) | Q(**{f"{index.next_field.name}__startswith": begins})
        if index.model._base_manager.filter(held).exists():
            found.append(f"{index.model._meta.db_table}.{index.column}")
    return found


def ring_mismatches() -> list[str]:
    """Why this ring is not the one the database was written with; empty where it is."""
    ring = current_ring()
    problems = []
    for known in KnownKey.objects.order_by("first_seen_at", "key_id"):
        if known.key_id not in ring.keys:
            problems.append(
                f"The key ring lacks key {known.key_id}, with which this database was written since "
                f"{known.first_seen_at:%Y-%m-%d}. Put that ring back (`simpul keys import`) before anything is written."
            )
        elif ring.fingerprint(known.key_id) != known.fingerprint:
            problems.append(
                f"Key {known.key_id} of the ring is not the key of that name this database was written with. "
                "Put the right ring back (`simpul keys import`) before anything is written."
            )
    return problems


@dataclass(frozen=True, slots=True)
class LastExport:
    """`at`: the last export there was. `complete`: it holds every key of the ring as it is now."""

    at: datetime | None
    complete: bool


def last_export() -> LastExport:
    ring = current_ring()
    exported = {k.key_id: k.exported_at for k in KnownKey.objects.all() if k.exported_at}
    at = max(exported.values(), default=None)
    return LastExport(at, complete=set(ring.keys) <= set(exported))


@dataclass(frozen=True, slots=True)
class KeyStatus:
    key_id: str
    made_at: datetime
    seals: bool  # new values are sealed with it
    used_by: tuple[str, ...]  # columns with values that need it
    exported_at: datetime | None


@dataclass(frozen=True, slots=True)
class RingStatus:
    """`rotating`: the key a rotation under way leads to; run `simpul keys rotate` again to finish it."""

    keys: tuple[KeyStatus, ...]
    rotating: str | None
    last_export: LastExport

    def lines(self) -> Iterator[str]:
        """The status in words, one line a key."""
        for key in self.keys:
            role = "seals new values" if key.seals else "opens older values"
            used = ", ".join(key.used_by) or "nothing"
            yield f"{key.key_id}  made {key.made_at:%Y-%m-%d}  {role}  used by {used}"
        if self.rotating:
            yield f"A rotation to {self.rotating} is unfinished: run `simpul keys rotate` again."
        if self.last_export.at is None:
            yield "Never exported: run `simpul keys export FILE`."
        else:
            rest = "" if self.last_export.complete else ", before the ring's newest key: export it again"
            yield f"Last exported {self.last_export.at:%Y-%m-%d %H:%M} UTC{rest}."


def ring_status(registry: Apps = apps) -> RingStatus:
    ring = current_ring()
    exported = dict(KnownKey.objects.values_list("key_id", "exported_at"))
    keys = sorted(ring.keys.values(), key=lambda key: key.made_at)
    return RingStatus(
        tuple(
            KeyStatus(k.id, k.made_at, k.id == ring.current, tuple(uses(k.id, registry)), exported.get(k.id))
            for k in keys
        ),
        ring.rotating,
        last_export(),
    )
