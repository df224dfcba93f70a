"""The common beginnings of statements that walk the graph of memberships for a reader.

A reader's graph has only the organisations they may see: the walk does not pass through a hidden one, so that neither a
level nor a missing name gives it away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.rules.graph import Sql, edges, stored
from simpul.organisations.rules.organisations import visible_to

# No network of networks is this deep. It bounds a walk whose rows carry their depth, whatever got into the data.
DEEPEST: Final = 32


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose graph, on which day, known when. `edge` is over `m`, `node` over `organisations_organisation`."""

    edge: Sql
    node: Sql

    @classmethod
    def of(cls, actor: Actor, on: date, as_of: datetime | None) -> "Sight":
        return cls(edges(on, as_of), _where(visible_to(actor)))


def tree(sight: Sight, root: UUID, levels: int | None) -> Sql:
    """`nearest(id, depth)`: the root at 0 and all below it at the shortest way, for the head of a WITH RECURSIVE.

    Empty where the reader may not see the root.
    """
    (edge, edge_params), (node, node_params) = sight.edge, sight.node
    sql = f"""tree(id, depth) AS (
    SELECT organisations_organisation.id, 0 FROM organisations_organisation
    WHERE organisations_organisation.id = %s AND {node}
    UNION
    SELECT m.member_id, t.depth + 1 FROM tree t
    JOIN organisations_membership m ON m.network_id = t.id
    JOIN organisations_organisation ON organisations_organisation.id = m.member_id
    WHERE t.depth < %s AND {edge} AND {node}
), nearest AS (SELECT id, min(depth) AS depth FROM tree GROUP BY id)"""  # noqa: S608 - names and operators are ours
    limit = DEEPEST if levels is None else min(levels, DEEPEST)
    return sql, [*stored([root]), *node_params, limit, *edge_params, *node_params]


def ways(sight: Sight, levels: int | None) -> Sql:
    """`via(id, network_id)`: the networks of the tree that each of its members is directly in. After `tree`."""
    edge, params = sight.edge
    sql = f"""via AS (
    SELECT DISTINCT m.member_id AS id, m.network_id FROM nearest p
    JOIN organisations_membership m ON m.network_id = p.id
    JOIN nearest n ON n.id = m.member_id
    WHERE p.depth < %s AND {edge})"""  # noqa: S608 - as above
    return sql, [DEEPEST if levels is None else min(levels, DEEPEST), *params]


def climb(sight: Sight, start: UUID) -> Sql:
    """`above(id, depth)`: the networks that `start` is in, directly at 1, through others beyond; itself at 0."""
    (edge, edge_params), (node, node_params) = sight.edge, sight.node
    sql = f"""climb(id, depth) AS (
    SELECT organisations_organisation.id, 0 FROM organisations_organisation
    WHERE organisations_organisation.id = %s AND {node}
    UNION
    SELECT m.network_id, c.depth + 1 FROM climb c
    JOIN organisations_membership m ON m.member_id = c.id
    JOIN organisations_organisation ON organisations_organisation.id = m.network_id
    WHERE c.depth < {DEEPEST} AND {edge} AND {node}
), above AS (SELECT id, min(depth) AS depth FROM climb GROUP BY id)"""  # noqa: S608 - as above
    return sql, [*stored([start]), *node_params, *edge_params, *node_params]


def key(value: UUID | str) -> UUID:
    """A key as it comes out of a column no field converts: SQLite has it as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _where(condition: Q) -> Sql:
    """A rule over organisations as SQL over their table by its own name. It is made of IN and EXISTS, never joins."""
    query = Organisation.objects.filter(condition).query
    if set(query.alias_map) - {Organisation._meta.db_table}:
        raise ValueError("a rule over organisations joins no other table")
    compiler = query.get_compiler(connection=connection)
    try:
        sql, params = compiler.compile(query.where)
    except FullResultSet:
        return "1 = 1", []
    except EmptyResultSet:
        return "1 = 0", []
    found: list[Any] = list(params)
    return (f"({sql})", found) if sql else ("1 = 1", [])
