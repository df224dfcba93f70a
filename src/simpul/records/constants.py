"""What a statement says the same each time, put into words once: Django would build it anew for every request."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

Build = Callable[[], Mapping[str, Any]]


def constant(model: type[Model]) -> Callable[[Build], Callable[[], Mapping[str, RawSQL]]]:
    """Of a function that gives annotations for rows of `model`: it is worked out once for each engine.

    For expressions that hold no value of the moment, in a statement about `model` itself: its table goes by its own
    name there. Inside another statement it would go by another.
    """

    def worked_out(build: Build) -> Callable[[], Mapping[str, RawSQL]]:
        @cache
        def of_engine(_vendor: str) -> Mapping[str, RawSQL]:
            query = model._base_manager.order_by().annotate(**build()).query
            compiler = query.get_compiler(connection=connection)
            found = {}
            for name, expression in query.annotation_select.items():
                sql, params = compiler.compile(expression)
                found[name] = RawSQL(sql, params, output_field=expression.output_field)  # noqa: S611  # Django's own words
            return found

        return lambda: of_engine(connection.vendor)

    return worked_out
