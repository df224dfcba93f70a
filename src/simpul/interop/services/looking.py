"""Opening an import: a look at what is private is noted, and what is hidden from its reader by now is no double."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from simpul.audit import services as audit
from simpul.interop.models import Decision, ImportBatch, RowState, State
from simpul.interop.queries import import_for, recipe_of, rows_of
from simpul.interop.rules import require_import
from simpul.interop.services.checking import ROW
from simpul.kernel.actor import Actor
from simpul.records.batches import update_all


def look_at_import(actor: Actor, batch_id: UUID, *, now: datetime) -> ImportBatch:
    """Before any page of it is made. Of a private one a row whose doubles have all gone out of sight has none.

    NotFound out of sight, Denied where the right to import has ended.
    """
    batch = import_for(actor, batch_id)
    recipe = recipe_of(batch)
    require_import(actor, recipe, batch.organisation_id)
    if recipe.private:
        if batch.state == State.REVIEW:
            _overlook(actor, batch, now)
        audit.record(actor, "interop.look_at_import", batch.ref)
    return batch


def _overlook(actor: Actor, batch: ImportBatch, now: datetime) -> None:
    rows = list(rows_of(batch).filter(state=RowState.ALIKE).defer("cells"))
    keys = {twin["key"] for row in rows for twin in row.twins if not twin["key"].startswith(ROW)}
    if not keys:
        return
    unseen = keys - recipe_of(batch).desk(actor, batch, now=now).in_sight(sorted(keys))
    changed = [row for row in rows if any(twin["key"] in unseen for twin in row.twins)]
    for row in changed:
        row.twins = [twin for twin in row.twins if twin["key"] not in unseen]
        if not row.twins:
            row.state, row.decision, row.into = RowState.READY, Decision.NONE, ""
    if changed:
        with transaction.atomic():
            update_all(changed, ("twins", "state", "decision", "into"))
