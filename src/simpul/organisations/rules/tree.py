"""The tree of units as SQL: the ORM has no recursive query."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from simpul.organisations.models import UnitPlacement
from simpul.organisations.rules.graph import today


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


def _holds() -> str:
    return (
        f"p.superseded_at IS NULL AND (p.valid_from IS NULL OR p.valid_from <= {today()}) "
        f"AND (p.valid_until IS NULL OR p.valid_until > {today()})"
    )
