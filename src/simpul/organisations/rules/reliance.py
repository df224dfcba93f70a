"""What relies on an organisation: rows of any table, of this context or of one above, that name it."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Model

from simpul.organisations.models import (
    DirectoryFacet,
    DirectoryTerm,
    Membership,
    Organisation,
    OrganisationName,
    ProfileItem,
)
from simpul.organisations.rules.graph import stored
from simpul.threads.models import Link

# What comes with every entry and goes with it, in an order that leaves none behind.
ITS_OWN = (DirectoryFacet, DirectoryTerm, ProfileItem, OrganisationName)


def relied_upon(ids: Collection[UUID], along: Collection[UUID]) -> set[UUID]:
    """Which of them anything names besides what came with them: `ITS_OWN`, one name, the memberships `along`."""
    names = OrganisationName.objects.filter(organisation__in=ids).order_by().values_list("organisation")
    found = {pk for pk, n in names.annotate(n=Count("pk")) if n > 1}
    for end in ("member", "network"):
        ties = Membership.objects.filter(**{f"{end}__in": ids}).exclude(pk__in=along, superseded_at=None)
        found.update(ties.values_list(f"{end}_id", flat=True))
    for end in ("source_id", "target_id"):
        found.update(Link.objects.filter(**{f"{end}__in": ids}).values_list(end, flat=True))
    return found | _named(ids)


def _named(ids: Collection[UUID]) -> set[UUID]:
    if not ids:
        return set()
    statement = _statement(len(ids))
    with connection.cursor() as cursor:
        cursor.execute(statement, stored(ids))
        return {Organisation._meta.pk.to_python(row[0]) for row in cursor.fetchall()}


@lru_cache(maxsize=64)
def _statement(number: int) -> str:
    """One question of all other tables: whether a row of theirs names the organisation, or its membership."""
    ours = [
        f"SELECT 1 FROM {table} x WHERE x.{column} = o.id"  # noqa: S608 - names are the models' own
        for table, column in _columns(Organisation, (*ITS_OWN, Membership))
    ]
    of_ties = [
        f"SELECT 1 FROM {_table(Membership)} m JOIN {table} x ON x.{column} = m.id WHERE m.member_id = o.id"  # noqa: S608
        for table, column in _columns(Membership, (Membership,))
    ]
    named = " OR ".join(f"EXISTS ({asked})" for asked in (*ours, *of_ties))
    marks = ", ".join(["%s"] * number)
    return f"SELECT o.id FROM {_table(Organisation)} o WHERE o.id IN ({marks}) AND ({named})"  # noqa: S608 - as above


def _columns(named: type[Model], left_out: Collection[type[Model]]) -> list[tuple[str, str]]:
    """Table and column of everything that names rows of a model, quoted."""
    quote = connection.ops.quote_name
    relations: Iterable[Any] = named._meta.related_objects
    return [(_table(r.related_model), quote(r.field.column)) for r in relations if r.related_model not in left_out]


def _table(model: type[Model]) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))
