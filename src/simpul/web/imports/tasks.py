"""The long steps of an import, done by the worker as whoever asked for them: a right that has ended stops them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone, translation
from django_tasks import task

from simpul.access.queries import actor_for
from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import recipe_of
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.staging import drop_expired
from simpul.interop.services.undoing import undo_rows
from simpul.kernel.actor import Actor, System

_STEPS: Final = {State.APPLYING: apply_rows, State.UNDOING: undo_rows}


@task()
def move_import_on(batch_id: str, user_id: str, language: str) -> None:
    """Do what the import waits for, to its end. Started twice or again after a kill, it goes on where it stopped."""
    batch = ImportBatch.objects.filter(pk=UUID(batch_id)).first()
    if batch is None:
        return
    with translation.override(language):
        _move_on(_actor(user_id, timezone.now()), batch)


def _actor(user_id: str, now: datetime) -> Actor:
    # The page that asked for this showed a second factor where a role needs one.
    return actor_for(UUID(user_id), now=now, second_factor=True)


def _move_on(actor: Actor, batch: ImportBatch) -> None:
    if batch.state == State.CHECKING:
        check_rows(actor, batch, now=timezone.now())
        return
    step = _STEPS.get(State(batch.state))
    if step is None:
        return
    desk = recipe_of(batch).desk(actor, batch, now=timezone.now())
    while step(actor, batch, now=timezone.now(), desk=desk):
        pass


@task()
def drop_what_expired() -> None:
    """Files that nobody confirmed within seven days."""
    drop_expired(System("imports"), now=timezone.now())
