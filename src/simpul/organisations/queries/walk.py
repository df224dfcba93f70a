"""The common beginnings of statements that walk the graph of memberships for a reader.

A reader's graph has only the organisations they may see: the walk does not pass through a hidden one, so that neither a
level nor a missing name gives it away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.rules.graph import Sql, edges, stored
from simpul.organisations.rules.organisations import hidden_from

# No network of networks is this deep. It bounds a walk whose rows carry their depth, whatever got into the data.
DEEPEST: Final = 32


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose graph, on which day, known when. `edge` is over `m`; `hidden` names all that the reader may not see."""

    edge: Sql
    hidden: Sql

    @classmethod
    def of(cls, actor: Actor, on: date | None, as_of: datetime | None) -> "Sight":
        return cls(edges(on, as_of), _ids(hidden_from(actor)))

    def sees(self, column: str) -> Sql:
        """As a condition, that the organisation in `column` may be seen."""
        hidden, params = self.hidden
        among = f"<> ALL (ARRAY({hidden}))" if connection.vendor == "postgresql" else f"NOT IN ({hidden})"
        return f"{column} {among}", params  # as `rules.organisations.AmongFew`, and for its reason


def step_down(sight: Sight, source: str) -> Sql:
    """Goes on after FROM `source`: `m`, a row for each member in sight directly in `source.id`; reads `m.member_id`."""
    return _step(sight, source, here="network_id", there="member_id")


def _step(sight: Sight, source: str, *, here: str, there: str) -> Sql:
    (edge, edge_params), (sees, sees_params) = sight.edge, sight.sees(f"m.{there}")
    holds = f"m.{here} = {source}.id AND {edge} AND {sees}"
    # From each row by index, whatever the planner guesses of a walk's size: it guesses ten times too much at each level
    # and would read every membership of the country. LATERAL with OFFSET, as SQLite's CROSS JOIN, keeps the order.
    if connection.vendor == "postgresql":
        step = f"SELECT m.{there} FROM organisations_membership m WHERE {holds} OFFSET 0"  # noqa: S608 - names are ours
        return f"CROSS JOIN LATERAL ({step}) m", [*edge_params, *sees_params]
    return f"CROSS JOIN organisations_membership m ON {holds}", [*edge_params, *sees_params]


def tree(sight: Sight, root: UUID, levels: int | None) -> Sql:
    """`nearest(id, depth)`: the root at 0 and all below it at the shortest way, for the head of a WITH RECURSIVE.

    Empty where the reader may not see the root.
    """
    (sees, sees_params), (step, step_params) = sight.sees("r.id"), step_down(sight, "t")
    sql = f"""tree(id, depth) AS (
    SELECT r.id, 0 FROM organisations_organisation r WHERE r.id = %s AND {sees}
    UNION
    SELECT m.member_id, t.depth + 1 FROM tree t {step} WHERE t.depth < %s
), nearest AS (SELECT id, min(depth) AS depth FROM tree GROUP BY id)"""  # noqa: S608 - names and operators are ours
    limit = DEEPEST if levels is None else min(levels, DEEPEST)
    return sql, [*stored([root]), *sees_params, *step_params, limit]


def ways(sight: Sight, levels: int | None) -> Sql:
    """`via(id, network_id)`: the networks of the tree that each of its members is directly in. After `tree`."""
    step, params = step_down(sight, "p")
    sql = f"""via AS (
    SELECT DISTINCT m.member_id AS id, p.id AS network_id FROM nearest p {step} WHERE p.depth < %s)"""  # noqa: S608
    return sql, [*params, DEEPEST if levels is None else min(levels, DEEPEST)]


def climb(sight: Sight, start: UUID) -> Sql:
    """`above(id, depth)`: the networks that `start` is in, directly at 1, through others beyond; itself at 0."""
    sees, sees_params = sight.sees("r.id")
    step, step_params = _step(sight, "c", here="member_id", there="network_id")
    sql = f"""climb(id, depth) AS (
    SELECT r.id, 0 FROM organisations_organisation r WHERE r.id = %s AND {sees}
    UNION
    SELECT m.network_id, c.depth + 1 FROM climb c {step} WHERE c.depth < {DEEPEST}
), above AS (SELECT id, min(depth) AS depth FROM climb GROUP BY id)"""  # noqa: S608 - as above
    return sql, [*stored([start]), *sees_params, *step_params]


def key(value: UUID | str) -> UUID:
    """A key as it comes out of a column no field converts: SQLite has it as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _ids(organisations: QuerySet[Organisation]) -> Sql:
    """The statement that names them; one that names nobody where there is nobody to name."""
    try:
        sql, params = organisations.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT id FROM organisations_organisation WHERE 1 = 0", []
    return sql, list(params)
