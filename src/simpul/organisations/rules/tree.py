"""The tree of units as SQL: the ORM has no recursive query."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from simpul.organisations.models import UnitPlacement
from simpul.organisations.rules.graph import ClimbsTo, today


def units_of(ids: Collection[UUID], path: str = "") -> Q:
    """The units below these organisations through any number of levels, today; not they themselves.

    `path` is a relation path ending in "__". Today is the date in Jakarta by the database's clock: a rule has no `now`.
    """
    if not ids:
        return Q(**{f"{path}pk__in": ()})
    roots = [UnitPlacement._meta.pk.get_db_prep_value(uuid, connection) for uuid in ids]
    places = ", ".join(["%s"] * len(roots))
    # UNION drops what was reached before, so this ends even on a tree that a circle had got into.
    sql = (
        "WITH RECURSIVE below(id) AS ("  # noqa: S608 - placeholders and our own names
        f"SELECT p.organisation_id FROM organisations_unitplacement p WHERE p.parent_id IN ({places}) AND {_holds()} "
        "UNION SELECT p.organisation_id FROM below b JOIN organisations_unitplacement p ON p.parent_id = b.id "
        f"WHERE {_holds()}) SELECT id FROM below"
    )
    return Q(**{f"{path}pk__in": RawSQL(sql, roots)})  # noqa: S611 - as above


def is_unit_of(ids: Collection[UUID], path: str = "") -> Q:
    """The same rule, climbed from each organisation: for statements that ask it of few."""
    if not ids:
        return Q(**{f"{path}pk__in": ()})
    table = UnitPlacement._meta.db_table
    return Q(
        ClimbsTo(f"{path}pk", ids, table=table, below="organisation_id", above="parent_id", holds=(_holds("m"), []))
    )


def _holds(row: str = "p") -> str:
    return (
        f"{row}.superseded_at IS NULL AND ({row}.valid_from IS NULL OR {row}.valid_from <= {today()}) "
        f"AND ({row}.valid_until IS NULL OR {row}.valid_until > {today()})"
    )
