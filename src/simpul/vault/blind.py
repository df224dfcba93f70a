"""Blind indexes: finding a row by an encrypted value, without its plaintext in the database.

An index column holds the HMAC-SHA256 of the normalised value under a key of its purpose. It tells which rows have equal
values and nothing else. While keys are rotated the `NextIndexField` beside it holds the same under the new key; lookups
search both, and a unique constraint, where there is one, stands on each.
"""

from collections.abc import Callable
from typing import Any

from django.core import checks
from django.db import models
from django.db.models import Q, signals

from simpul.vault.cipher import mac
from simpul.vault.errors import SealedUse
from simpul.vault.fields import SealedField
from simpul.vault.ringfile import current_ring

Normaliser = Callable[[str], str]


class _IndexField(models.CharField[str | None, str | None]):
    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        kwargs["null"] = True
        kwargs["editable"] = False
        kwargs["blank"] = True
        kwargs.setdefault("db_index", not kwargs.get("unique", False))
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "editable", "blank"):
            kwargs.pop(fixed, None)
        if self.unique:
            kwargs.pop("db_index", None)
        else:
            kwargs.setdefault("db_index", False)
        return name, path, args, kwargs

    @property
    def blind(self) -> "BlindIndexField":
        raise NotImplementedError

    def key_id(self) -> str | None:
        """The key this column is written with now; None for "leave it empty"."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        kept: str | None = getattr(model_instance, self.attname)
        if self.blind.source in model_instance.__dict__:
            held = getattr(model_instance, self.blind.source)
            if held is None:
                kept = None
            elif held.changed:
                kept = self.blind.value_under(self.key_id(), held.open())
            setattr(model_instance, self.attname, kept)
        return kept


class BlindIndexField(_IndexField):
    """The index of the sealed text field `source`. `normalise` makes one spelling of many; "" means "not indexed".

    `purpose` (the column itself by default) ties columns that must match each other; give both the same.
    """

    def __init__(self, source: str = "", *, normalise: Normaliser | None = None, purpose: str = "", **kwargs: Any):
        self.source, self.normalise, self._purpose = source, normalise, purpose
        super().__init__(**kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.source and not cls._meta.abstract:
            signals.pre_save.connect(self._whole, sender=cls)

    def _whole(self, instance: models.Model, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
        """A value is never saved without its index."""
        if update_fields is None or self.source not in instance.__dict__:
            return
        held = getattr(instance, self.source)
        if held is not None and not held.changed:
            return
        together = {self.source, self.name, self.next_field.name}
        if update_fields & together and not together <= update_fields:
            raise SealedUse(f"save(update_fields=...) names {', '.join(sorted(together))} together or not at all")

    @property
    def blind(self) -> "BlindIndexField":
        return self

    @property
    def purpose(self) -> str:
        return self._purpose or f"{self.model._meta.db_table}.{self.column}"

    @property
    def next_field(self) -> "NextIndexField":
        for field in self.model._meta.concrete_fields:
            if isinstance(field, NextIndexField) and field.of == self.name:
                return field
        raise SealedUse(f"{self.name} has no NextIndexField beside it")

    def key_id(self) -> str:
        return current_ring().index

    def normal(self, value: str) -> str:
        return self.normalise(value) if self.normalise else value

    def value_under(self, key_id: str | None, value: str) -> str | None:
        normal = self.normal(value)
        return mac(current_ring(), self.purpose, normal, key_id) if key_id and normal else None

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = list(super().check(**kwargs))
        source = {f.name: f for f in self.model._meta.concrete_fields}.get(self.source)
        beside = [f for f in self.model._meta.concrete_fields if isinstance(f, NextIndexField) and f.of == self.name]
        if not isinstance(source, SealedField) or self.normalise is None:
            problems.append(
                checks.Error(
                    f"{self.name} needs the name of an encrypted field and a normaliser.", obj=self, id="vault.E011"
                )
            )
        if len(beside) != 1:
            problems.append(
                checks.Error(
                    f"{self.name} has no second column for the time its key is rotated.",
                    hint=f'Add {self.name}_next = NextIndexField("{self.name}").',
                    obj=self,
                    id="vault.E012",
                )
            )
        return problems


class NextIndexField(_IndexField):
    """The second column of the blind index `of`, empty but for the time a rotation takes."""

    def __init__(self, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(**kwargs)

    @property
    def blind(self) -> BlindIndexField:
        found = self.model._meta.get_field(self.of)
        assert isinstance(found, BlindIndexField)
        return found

    def key_id(self) -> str | None:
        return current_ring().index_next


def blind_match(model: type[models.Model], source: str, value: str, *, path: str = "") -> Q:
    """Rows of `model` whose encrypted field `source` has this value, in any spelling its normaliser levels.

    `path` is a relation path ending in "__". A value that normalises to nothing matches nothing.
    """
    index = next(f for f in model._meta.concrete_fields if isinstance(f, BlindIndexField) and f.source == source)
    ring = current_ring()
    macs = [m for m in (index.value_under(key_id, value) for key_id in ring.keys) if m]
    if not macs:
        return Q(**{f"{path}pk__in": ()})
    match = Q(**{f"{path}{index.name}__in": macs})
    return match | Q(**{f"{path}{index.next_field.name}__in": macs}) if ring.rotating else match


def keyed_digests(purpose: str, value: str) -> list[str]:
    """The HMACs of a receipt, link or token under every key of the ring, the current one first.

    Store the first; look up with all of them: what was handed out before a rotation keeps working after it.
    """
    ring = current_ring()
    others = [key_id for key_id in ring.keys if key_id != ring.current]
    return [mac(ring, purpose, value, key_id) for key_id in (ring.current, *others)]
