"""What is to be done with rows that may be there already."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.models import Decision, ImportBatch, ImportRow, Outcome, RowState, State
from simpul.interop.queries import count_rows, recipe_of, rows_of
from simpul.interop.transitions import authorise, move, moved
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid


def decide_row(
    actor: Actor, row: ImportRow, *, decision: str, into: str = "", winning: Collection[str] = ()
) -> ImportRow:
    """Merge the row into one of its twins, keep both, or leave it out; "" takes a decision back.

    `winning` are the columns whose words replace what is there; all others only fill what is empty.
    Invalid("decision" | "into" | "winning").
    """
    authorise(actor, row.batch)
    if decision not in _choices(row.batch):
        raise Invalid("decision", "decision", message=_("Choose what is to be done with this row."))
    keys = [twin["key"] for twin in row.twins]
    chosen = (into or (keys[0] if keys else "")) if decision == Decision.MERGE else ""
    if decision == Decision.MERGE and chosen not in keys:
        raise Invalid("into", "into", message=_("Choose which entry the row is merged into."))
    known = set(row.batch.mapping.values()) - {""}
    if unknown := set(winning) - known:
        raise Invalid("winning", "winning", params={"columns": sorted(unknown)}, message=_("Choose from the list."))
    with transaction.atomic():
        _require_review(row.batch)
        row.decision, row.into, row.winning = decision, chosen, sorted(winning) if chosen else []
        row.save(update_fields=["decision", "into", "winning"])
        audit.record(actor, "interop.decide_row", row.batch.ref, details={"row": row.number, "decision": decision})
    return row


def decide_all(actor: Actor, batch: ImportBatch, *, decision: str) -> int:
    """The same for every double that is not decided yet; how many. Merged into the likeliest twin, filling only."""
    authorise(actor, batch)
    if decision not in _choices(batch) or not decision:
        raise Invalid("decision", "decision", message=_("Choose what is to be done with these rows."))
    with transaction.atomic():
        _require_review(batch)
        rows = rows_of(batch).filter(state=RowState.ALIKE, decision=Decision.NONE)
        changed = list(rows.defer("cells"))
        for row in changed:
            row.decision, row.into = decision, row.twins[0]["key"] if decision == Decision.MERGE else ""
        ImportRow.objects.bulk_update(changed, ["decision", "into"], batch_size=200)
        audit.record(actor, "interop.decide_all", batch.ref, details={"rows": len(changed), "decision": decision})
    return len(changed)


def confirm_import(actor: Actor, batch: ImportBatch, *, now: datetime) -> ImportBatch:
    """From now on it is written. Rows that can't be read are left out. Again while it is written: nothing more.

    Conflict("undecided") while doubles wait for a decision; Conflict("nothing_to_write").
    """
    authorise(actor, batch)
    batch.refresh_from_db(fields=["state"])
    if batch.state in (State.APPLYING, State.DONE):
        return batch
    counts = count_rows(batch)
    if counts.undecided:
        message = _("Decide first what to do with %(n)s rows that may be there already.")
        raise Conflict("undecided", message=message % {"n": counts.undecided})
    if not counts.states.get(RowState.READY) and not counts.states.get(RowState.ALIKE):
        raise Conflict("nothing_to_write", message=_("No row can be imported yet. Mend at least one of them."))
    with transaction.atomic():
        move(batch, "confirm", confirmed_at=now)
        left = rows_of(batch).exclude(state=RowState.FAULTY).exclude(decision=Decision.SKIP)
        rows_of(batch).exclude(pk__in=left.values("pk")).order_by().update(outcome=Outcome.SKIPPED)
        audit.record(
            actor, "interop.confirm_import", batch.ref, details={"recipe": recipe_of(batch).key, "rows": left.count()}
        )
    return batch


def _choices(batch: ImportBatch) -> frozenset[str]:
    return frozenset(Decision.values) - (frozenset() if recipe_of(batch).mergeable else {Decision.MERGE})


def _require_review(batch: ImportBatch) -> None:
    if ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk) != State.REVIEW:
        raise moved()
