"""The directory: organisations by name, area, sector, kind, network; as fast for a million as for a thousand."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.queries import ways
from simpul.organisations.queries.walk import key
from simpul.organisations.queries.ways import Search, Walk
from simpul.organisations.rules.graph import Sql
from simpul.organisations.rules.organisations import visible_to

__all__ = ["Listing", "Search", "directory"]

PAGE: Final = 25
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page in order. `total` counts what the list holds, up to a limit; `next` continues, "" at the end.

    `active` is how many of them were found at work since the day asked about; None where that was not asked, or where
    the list is longer than what is counted.
    """

    rows: tuple[Organisation, ...]
    total: int
    more_than_total: bool
    next: str
    active: int | None = None


def directory(
    actor: Actor, search: Search, *, after: str = "", limit: int = PAGE, count_active_since: date | None = None
) -> Listing:
    """A page of what the actor may see. By name; with a text, by the words that match it. At most three queries.

    `after` is the `next` of the page before; one that is none of ours gives the first page.
    """
    if search.text.strip() and not search.phrase:
        return Listing((), 0, False, "", 0)
    walk = ways.walk(actor, search)
    page, total, active = _read(walk, _read_cursor(after), limit, count_active_since)
    shown = page[:limit]
    return Listing(
        rows=_rows(actor, shown),
        total=min(total, walk.most),
        more_than_total=total > walk.most,
        next=_cursor(shown[-1]) if len(page) > limit else "",
        active=active,
    )


def _read(walk: Walk, start: Key | None, limit: int, since: date | None) -> tuple[list[Key], int, int | None]:
    """One more than a page, how many there are up to one more than are counted, how many of these were at work.

    One query: what is counted is what the page is cut from.
    """
    found, params = _found(walk)
    page, page_params = _onward(walk, start, limit)
    active, active_params = _active(since, walk.most)
    sql = (
        f"WITH found(key, own) AS ({found}), page(key, own) AS ({page}), "  # noqa: S608 - the ORM's own, and our names
        f"counted(n) AS (SELECT count(*) FROM found) SELECT page.key, page.own, counted.n, {active} "
        "FROM counted LEFT JOIN page ON 1 = 1 ORDER BY page.key, page.own"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *page_params, *active_params])
        rows = cursor.fetchall()
    return [(name, key(uuid)) for name, uuid, *_ in rows if uuid], rows[0][2], rows[0][3]


def _found(walk: Walk) -> Sql:
    ordered = walk.rows.order_by("key", walk.own).values_list("key", walk.own)
    sql, params = ordered[: walk.most + 1].query.sql_with_params()
    return sql, list(params)


def _onward(walk: Walk, start: Key | None, limit: int) -> Sql:
    if start is None:
        return f"SELECT key, own FROM found ORDER BY key, own LIMIT {limit + 1}", []  # noqa: S608 - a number
    # The first condition is what the index begins at; the second skips what the last page showed of that key.
    rows = walk.rows.filter(Q(key__gte=start[0]), Q(key__gt=start[0]) | Q(**{f"{walk.own}__gt": start[1]}))
    sql, params = rows.order_by("key", walk.own).values_list("key", walk.own)[: limit + 1].query.sql_with_params()
    return sql, list(params)


def _active(since: date | None, most: int) -> Sql:
    """Of what was counted, who was found at work since that day; NULL where not all was counted."""
    if since is None:
        return "NULL", []
    seen = "SELECT 1 FROM organisations_confirmation c WHERE c.organisation_id = found.own AND c.confirmed_on >= %s"
    return (
        f"CASE WHEN counted.n <= {most} THEN (SELECT count(*) FROM found WHERE EXISTS ({seen})) END",  # noqa: S608
        [connection.ops.adapt_datefield_value(since)],
    )


def _rows(actor: Actor, keys: Sequence[Key]) -> tuple[Organisation, ...]:
    # Asked once more of the records themselves: what was hidden a moment ago is shown by no index.
    seen = Organisation.objects.filter(visible_to(actor)).select_related("seat")
    found = seen.in_bulk([uuid for _, uuid in keys])
    return tuple(found[uuid] for _, uuid in keys if uuid in found)


def _cursor(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps([key[0], key[1].hex]).encode()).decode()


def _read_cursor(text: str) -> Key | None:
    try:
        name, uuid = json.loads(base64.urlsafe_b64decode(text.encode()))
        return (str(name), UUID(hex=uuid))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return None
