"""A column of area codes, and the lookup `within`: an area and all that lies in it, by index on both engines."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _Char = models.CharField[str, str]
    _Lookup = Lookup[str]
else:
    _Char, _Lookup = models.CharField, Lookup


class AreaCodeField(_Char):
    """`Q(seat__code__within="52.03")`: Lombok Timur and every district and village of it, without a join."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 13)
        super().__init__(*args, **kwargs)


@AreaCodeField.register_lookup
class Within(_Lookup):
    """The code is the given one or lies below it.

    A range where text sorts by its bytes (SQLite; "/" follows "."), else LIKE, which PostgreSQL's pattern index serves.
    """

    lookup_name = "within"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        code = str(self.rhs)
        if connection.vendor == "sqlite":
            return f"({column} >= %s AND {column} < %s)", (*params, code, *params, f"{code}/")
        return f"({column} = %s OR {column} LIKE %s)", (*params, code, *params, f"{code}.%")
