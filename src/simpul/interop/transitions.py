"""From one state of an import to the next, for one caller only."""

from datetime import datetime

from django.utils.translation import gettext as _

from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import recipe_of
from simpul.interop.rules import LIFECYCLE, require_import, require_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict


def moved() -> Conflict:
    message = _("This import has moved on meanwhile. Look at it again, then decide.")
    return Conflict("moved_on", message=message)


def authorise(actor: Actor, batch: ImportBatch) -> None:
    """NotFound out of sight; Denied where the permission has ended at the organisation it is for."""
    require_sight(actor, batch)
    require_import(actor, recipe_of(batch), batch.organisation_id)


def move(batch: ImportBatch, act: str, **changes: datetime | object) -> None:
    """Within the caller's transaction. Conflict("moved_on") where it is not in a state that `act` leads from."""
    current = ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk)
    try:
        step = LIFECYCLE.transition(State(current), act)
    except Conflict as refusal:
        raise moved() from refusal
    if not ImportBatch.objects.filter(pk=batch.pk, state=step.source).update(state=step.target, **changes):
        raise moved()
    batch.state = step.target
    for name, value in changes.items():
        setattr(batch, name, value)
