"""The graph of memberships as SQL: the ORM has no recursive query, so what walks it is written here, once.

Placeholders are `%s`, in the order of the parameters that come with each piece; names are ours, never from people.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from simpul.kernel.time import Period
from simpul.organisations.models.memberships import COUNTED_ROLES, Membership

Sql = tuple[str, list[Any]]

_COUNTED: Final = ", ".join(f"'{role}'" for role in COUNTED_ROLES)


def today() -> str:
    """The date in Jakarta by the database's clock, for rules asked about now by callers who have no day to give."""
    return (
        "(now() AT TIME ZONE 'Asia/Jakarta')::date" if connection.vendor == "postgresql" else "date('now', '+7 hours')"
    )


def edges(on: date | None, as_of: datetime | None = None) -> Sql:
    """Which rows of `organisations_membership m` are edges on that day (None: today), as known then (None: now)."""
    day, params = (today(), []) if on is None else ("%s", [connection.ops.adapt_datefield_value(on)])
    true = f"(m.valid_from IS NULL OR m.valid_from <= {day}) AND (m.valid_until IS NULL OR m.valid_until > {day})"
    params = params * 2
    if as_of is None:
        known = "m.superseded_at IS NULL"
    else:
        known = "m.recorded_at <= %s AND (m.superseded_at IS NULL OR m.superseded_at > %s)"
        params += [connection.ops.adapt_datetimefield_value(as_of)] * 2
    return f"m.role IN ({_COUNTED}) AND {true} AND {known}", params


def stored(ids: Collection[UUID]) -> list[Any]:
    """Keys as this engine stores them."""
    return [Membership._meta.pk.get_db_prep_value(uuid, connection) for uuid in ids]


def reached_from(ids: Collection[UUID], on: date | None, sees: Sql | None = None) -> RawSQL:
    """The ids of all confirmed members of these networks through any number of levels, as a subquery for `pk__in`.

    `sees` is a condition on `m.member_id`: nobody is reached through whom it leaves out.
    UNION drops what was reached before, so it ends even on a graph that a circle had got into.
    """
    edge, params = edges(on)
    if sees is not None:
        edge, params = f"{edge} AND {sees[0]}", [*params, *sees[1]]
    edge = f"m.is_confirmed AND {edge}"
    roots = stored(ids)
    sql = (
        "WITH RECURSIVE reached(id) AS ("  # noqa: S608 - names and operators are ours
        f"SELECT m.member_id FROM organisations_membership m WHERE m.network_id IN ({', '.join(['%s'] * len(roots))}) "
        f"AND {edge} UNION "
        "SELECT m.member_id FROM reached r JOIN organisations_membership m ON m.network_id = r.id "
        f"WHERE {edge}) SELECT id FROM reached"
    )
    return RawSQL(sql, [*roots, *params, *params])  # noqa: S611 - as above


class ClimbsTo(Func):
    """Whether the organisation in `column` comes, upward from itself, to one of `ids` in one step or more.

    A step is a row `m` of `table` from its column `below` to its column `above` that satisfies `holds`. Made for
    statements that ask it of few rows: each costs its own climb, which is short, however much lies below `ids`.
    """

    output_field = BooleanField()

    def __init__(self, column: str, ids: Collection[UUID], *, table: str, below: str, above: str, holds: Sql) -> None:
        super().__init__(F(column))
        self.ids, self.table, self.below, self.above, self.holds = tuple(ids), table, below, above, holds

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        start, start_params = compiler.compile(self.source_expressions[0])
        holds, params = self.holds
        # UNION drops what was reached before, so it ends even on a graph that a circle had got into.
        sql = (
            f"EXISTS (WITH RECURSIVE above(id) AS (SELECT m.{self.above} FROM {self.table} m "  # noqa: S608 - ours
            f"WHERE m.{self.below} = {start} AND {holds} UNION "
            f"SELECT m.{self.above} FROM above a JOIN {self.table} m ON m.{self.below} = a.id WHERE {holds}) "
            f"SELECT 1 FROM above WHERE id IN ({', '.join(['%s'] * len(self.ids))}))"
        )
        return sql, [*start_params, *params, *params, *stored(self.ids)]


def climbs_to_network(column: str, ids: Collection[UUID], on: date | None) -> ClimbsTo:
    """What `reached_from` says of all members at once, asked of the organisation in `column`."""
    edge, params = edges(on)
    return ClimbsTo(
        column,
        ids,
        table=Membership._meta.db_table,
        below="member_id",
        above="network_id",
        holds=(f"m.is_confirmed AND {edge}", params),
    )


def closes_circle(member_id: UUID, network_id: UUID, period: Period) -> bool:
    """Whether `member` in `network` for `period` would make somebody a member of itself on some day.

    It climbs from the network to the networks it is in, carrying the days that all links so far have in common: links
    that never held on one day make no circle. Only counted roles bind.
    """
    first, last = (connection.ops.adapt_datefield_value(day) for day in (date.min, date.max))
    day = "date" if connection.vendor == "postgresql" else "text"
    since, until = f"coalesce(m.valid_from, CAST(%s AS {day}))", f"coalesce(m.valid_until, CAST(%s AS {day}))"
    later = f"CASE WHEN {since} > c.since THEN {since} ELSE c.since END"
    earlier = f"CASE WHEN {until} < c.until THEN {until} ELSE c.until END"
    sql = (
        "WITH RECURSIVE climb(id, since, until) AS ("  # noqa: S608 - names and operators are ours
        f"SELECT CAST(%s AS {_key_type()}), CAST(%s AS {day}), CAST(%s AS {day}) UNION "
        f"SELECT m.network_id, {later}, {earlier} FROM climb c "
        "JOIN organisations_membership m ON m.member_id = c.id "
        f"WHERE m.role IN ({_COUNTED}) AND m.superseded_at IS NULL AND {since} < c.until AND {until} > c.since"
        ") SELECT 1 FROM climb WHERE id = %s LIMIT 1"
    )
    bounds = [connection.ops.adapt_datefield_value(d) for d in (period.start or date.min, period.until or date.max)]
    member, network = stored([member_id, network_id])
    with connection.cursor() as cursor:
        cursor.execute(sql, [network, *bounds, first, first, last, last, first, last, member])
        return cursor.fetchone() is not None


def _key_type() -> str:
    return "uuid" if connection.vendor == "postgresql" else "char(32)"
