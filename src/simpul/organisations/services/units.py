"""The tree of units. A unit opens its records to those whose grant reaches down the tree, so both ends must agree."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.corrections import keeping, replace
from simpul.organisations.models import Organisation, UnitPlacement
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import lock_graph
from simpul.records.models import known_at

GRAPH = "organisations.units"
_ONE_PARENT = "organisations_unitplacement_one_parent"


def place_unit(
    actor: Actor, organisation: Organisation, *, parent: Organisation, now: datetime, since: date | None = None
) -> UnitPlacement:
    """Put `organisation` under `parent` from `since` on (None: always so). The same call twice gives the same row.

    Conflict("has_parent") where it belongs to another in that time, Conflict("circle") where `parent` is below it then.
    """
    authorise(actor, "unit.manage", parent)
    authorise(actor, "unit.manage", organisation)
    with transaction.atomic():
        lock_graph(GRAPH)
        known = UnitPlacement.objects.filter(known_at(None), organisation=organisation)
        if same := known.filter(parent=parent, valid_from=since, valid_until=None).first():
            return same
        placed = _append(organisation, parent, since, now)
        record(actor, "organisations.place_unit", organisation.ref, details={"parent": str(parent.pk)})
    return placed


def move_unit(
    actor: Actor, organisation: Organisation, *, parent: Organisation | None, since: date, now: datetime
) -> UnitPlacement | None:
    """From `since` on it belongs to `parent`, or to nobody (None); where it belonged until then stays on record.

    Errors as place_unit; Invalid("period_order") where its last placement began on that day or later.
    """
    authorise(actor, "unit.manage", organisation)
    if parent is not None:
        authorise(actor, "unit.manage", parent)
    with transaction.atomic():
        lock_graph(GRAPH)
        open_rows = UnitPlacement.objects.filter(known_at(None), organisation=organisation, valid_until=None)
        last = open_rows.first()
        if last and last.parent_id == (parent.pk if parent else None) and last.valid_from == since:
            return last
        if last:
            if last.valid_from and last.valid_from >= since:
                raise Invalid("period_order", "since", message=_("It was placed there later. Check the date."))
            replace(last, now, valid_until=since)
        moved = _append(organisation, parent, since, now) if parent else None
        record(
            actor, "organisations.move_unit", organisation.ref, details={"parent": str(parent.pk) if parent else None}
        )
    return moved


def _append(organisation: Organisation, parent: Organisation, since: date | None, now: datetime) -> UnitPlacement:
    if organisation.pk == parent.pk or _is_above(organisation, parent, since):
        raise Conflict("circle", message=_("That one is itself a unit of this organisation. Choose another."))
    taken = Conflict("has_parent", message=_("It is a unit of another organisation in that time. Move it instead."))
    with keeping(_ONE_PARENT, taken):
        return UnitPlacement.objects.create(organisation=organisation, parent=parent, valid_from=since, recorded_at=now)


def _is_above(organisation: Organisation, start: Organisation, since: date | None) -> bool:
    """Whether on some day from `since` on `organisation` stands above `start`.

    Climbs the placements known now, carrying the days on which the whole way up holds: a placement that ended before
    the next one began makes no circle.
    """
    postgresql = connection.vendor == "postgresql"
    latest, earliest, cast = ("greatest", "least", "::date") if postgresql else ("max", "min", "")
    sql = (
        f"WITH RECURSIVE up(id, starts, ends) AS (SELECT %s{'::uuid' if postgresql else ''}, "  # noqa: S608
        f"%s{cast}, '9999-12-31'{cast} "
        f"UNION SELECT p.parent_id, {latest}(u.starts, coalesce(p.valid_from, '0001-01-01'{cast})), "
        f"{earliest}(u.ends, coalesce(p.valid_until, '9999-12-31'{cast})) "
        "FROM up u JOIN organisations_unitplacement p ON p.organisation_id = u.id AND p.superseded_at IS NULL "
        f"AND {latest}(u.starts, coalesce(p.valid_from, '0001-01-01'{cast})) "
        f"< {earliest}(u.ends, coalesce(p.valid_until, '9999-12-31'{cast}))) "
        "SELECT 1 FROM up WHERE id = %s LIMIT 1"
    )
    key = UnitPlacement._meta.pk
    first = (since or date.min).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [key.get_db_prep_value(start.pk, connection), first, key.get_db_prep_value(organisation.pk, connection)],
        )
        return cursor.fetchone() is not None
