"""Encrypted columns.

    class Person(Record):
        phone = SealedTextField(null=True)
        phone_index = BlindIndexField("phone", normalise=normal_phone)
        phone_index_next = NextIndexField("phone_index")

    person.phone = "0812..."          # held in memory, encrypted for this row when it is saved
    person.phone.open()               # the one way to the plaintext; None where the column is NULL
    Person.objects.filter(blind_match(Person, "phone", typed))

The database sees ciphertext only, so `filter()` knows `phone__isnull` and nothing else, and `update()`, `bulk_update()`
and `F()` raise `SealedUse`: assign and `save()`. With an optimistic lock: `claim_version(row, seen, {})`, then assign
and save the fresh row.
"""

import json
from collections.abc import Iterable
from typing import Any, Generic, NoReturn, TypeVar

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull, Lookup
from django.db.models.query_utils import DeferredAttribute
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler, SQLUpdateCompiler

from simpul.vault.cipher import Place, prefix
from simpul.vault.errors import SealedUse
from simpul.vault.sealed import Sealed

Value = TypeVar("Value")


class Token:
    """Ciphertext on its way to the database: the only thing an encrypted column takes."""

    __slots__ = ("text",)

    def __init__(self, text: str | None) -> None:
        self.text = text


class SealedAttribute(DeferredAttribute):
    """Gives `Sealed` bound to the instance's row, and takes plaintext."""

    field: "SealedField[Any]"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        held = super().__get__(instance, cls)
        return None if held is None else held.bound(self.field.place(instance), self.field)

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.hold(value)


class SealedCol(Col):
    """An encrypted column in a query: it may be fetched, and nothing may be computed from it in an UPDATE."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(compiler, SQLUpdateCompiler):
            raise SealedUse(f"F() can't reach {self.target.name}, which is encrypted: open it on the object")
        return super().as_sql(compiler, connection)


class SealedField(models.Field[Value | Sealed[Value] | None, Sealed[Value] | Any], Generic[Value]):
    """Base of the encrypted columns. `bound_as` keeps the old "table.column" where a migration renamed either."""

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, bound_as: str = "", **kwargs: Any) -> None:
        self.bound_as = bound_as
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        if self.bound_as:
            kwargs["bound_as"] = self.bound_as
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "TextField"

    def encode(self, value: Value) -> bytes:
        raise NotImplementedError

    def decode(self, data: bytes) -> Value:
        raise NotImplementedError

    def place(self, instance: models.Model) -> Place:
        return self.place_of(instance.pk)

    def place_of(self, pk: object) -> Place:
        if pk is None:
            raise SealedUse(f"{self.name} is bound to its row: the primary key must be known before it is saved")
        row = str(self.model._meta.pk.to_python(pk))
        return Place(self.bound_as or f"{self.model._meta.db_table}.{self.column}", row)

    def hold(self, value: Any) -> Sealed[Value] | None:
        """What the instance keeps for an assigned value. TypeError for one the field can't hold."""
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(None, plain=self.encode(value), codec=self, changed=True)

    def pre_save(self, model_instance: models.Model, add: bool) -> Token:
        held: Sealed[Value] | None = model_instance.__dict__.get(self.attname)
        if held is None:
            return Token(None)
        kept = held.sealed_for(self.place(model_instance))
        model_instance.__dict__[self.attname] = Sealed(kept.stored, changed=kept.changed)
        return Token(kept.stored)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> str | None:
        if not isinstance(value, Token):
            self._refuse("update()")
        return value.text

    def get_placeholder(self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        if hasattr(value, "as_sql"):
            self._refuse("update(), bulk_update() and F()")
        if isinstance(compiler, SQLInsertCompiler):
            self._check_upsert(compiler.query)
        return "%s"

    def _check_upsert(self, query: Any) -> None:
        if query.on_conflict is not OnConflict.UPDATE or self not in query.update_fields:
            return
        if [f.name for f in query.unique_fields] != [self.model._meta.pk.name]:
            self._refuse("bulk_create() that updates on anything but the primary key")

    def _refuse(self, what: str) -> NoReturn:
        raise SealedUse(f"{what} can't write {self.name}, which is encrypted row by row: assign it and save()")

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Sealed[Value] | None:
        return None if value is None else Sealed(value)

    def get_col(self, alias: str, output_field: Any = None) -> Any:
        return SealedCol(alias, self, output_field or self)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in _LOOKUPS:
            return _LOOKUPS[lookup_name]
        raise FieldError(f"{self.name} is encrypted: filter by {self.name}__isnull, or look it up with blind_match()")

    def get_transform(self, lookup_name: str) -> None:
        return None

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        self.validate(value, model_instance)
        return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value is None and not self.null:
            raise ValidationError(self.error_messages["null"], code="null")

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        return None

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise SealedUse(f"{self.name} is not written to fixtures")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = list(super().check(**kwargs))
        pk = self.model._meta.pk
        if isinstance(pk, models.AutoField):
            problems.append(
                checks.Error(
                    f"{self.name} is sealed to its row, but the key of the row is only known after it is saved.",
                    hint="Subclass records.models.Record, whose key is made beforehand.",
                    obj=self,
                    id="vault.E010",
                )
            )
        return problems


class SealedTextField(SealedField[str]):
    """Text. Takes str, gives `Sealed[str]`; "" is sealed like any other text."""

    description = "Encrypted text"

    def encode(self, value: str) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text")
        return value.encode()

    def decode(self, data: bytes) -> str:
        return data.decode()


class SealedJSONField(SealedField[Any]):
    """Anything JSON holds. None is NULL."""

    description = "Encrypted JSON"

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def decode(self, data: bytes) -> Any:
        return json.loads(data)


class _SealedIsNull(IsNull):
    def process_lhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, lhs: Any = None) -> Any:
        return Col.as_sql(self.lhs, compiler, connection)


class _RawLookup(Lookup[Any]):
    """Compares ciphertext with ciphertext: for the rotation alone."""

    operator: str

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        sql, params = Col.as_sql(self.lhs, compiler, connection)
        return f"{sql} {self.operator} %s", [*params, self.wanted()]

    def wanted(self) -> str:
        return str(self.rhs)


class _Ciphertext(_RawLookup):
    """`phone__ciphertext=text`: still the very value that was read."""

    operator = "="


class _SealedUnder(_RawLookup):
    """`phone__sealed_under=key_id`."""

    operator = "LIKE"

    def wanted(self) -> str:
        return f"{prefix(str(self.rhs))}%"


_LOOKUPS: dict[str, type[Lookup[Any]]] = {
    "isnull": _SealedIsNull,
    "ciphertext": _Ciphertext,
    "sealed_under": _SealedUnder,
}


def sealed_fields_of(model: type[models.Model]) -> Iterable[SealedField[Any]]:
    return (f for f in model._meta.local_concrete_fields if isinstance(f, SealedField))
