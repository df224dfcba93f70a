"""The long steps of an import, done by the worker as whoever asked for them: a right that has ended stops them."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from simpul.access.queries import actor_for
from simpul.interop.going_on import move_on
from simpul.interop.models import ImportBatch, State
from simpul.interop.services.staging import drop_expired
from simpul.kernel.actor import Actor, System
from simpul.records.storage import is_full

_RECEIVED_IN: Final = timedelta(minutes=10)  # the longest that a request takes to put a file's rows aside


class NoRoom(RuntimeError):
    """The disk filled up: what was in hand is undone, what was written before stays, and it goes on when asked to."""


class Standing(StrEnum):
    """Whether anybody is at an import that waits for no person."""

    MOVING = "moving"
    STOPPED = "stopped"
    NO_ROOM = "no-room"


@task()
def move_import_on(batch_id: str, user_id: str, language: str) -> None:
    """Do what the import waits for, to its end. Started twice or again after a kill, it goes on where it stopped."""
    batch = ImportBatch.objects.filter(pk=UUID(batch_id)).first()
    if batch is None:
        return
    try:
        with translation.override(language):
            move_on(_actor(user_id, timezone.now()), batch, clock=timezone.now)
    except (DatabaseError, OSError) as error:
        if is_full(error):
            raise NoRoom from error
        raise


def _actor(user_id: str, now: datetime) -> Actor:
    # The page that asked for this showed a second factor where a role needs one.
    return actor_for(UUID(user_id), now=now, second_factor=True)


def standing_of(batch: ImportBatch, now: datetime) -> Standing:
    """What the queue says of it. A file on its way in has no task: somebody's request brings it, or has broken off."""
    if batch.state == State.RECEIVING:
        return Standing.MOVING if now - batch.received_at < _RECEIVED_IN else Standing.STOPPED
    rows = DBTaskResult.objects.filter(task_path=move_import_on.module_path, args_kwargs__args__0=str(batch.pk))
    found = dict(rows.order_by("enqueued_at").values_list("status", "exception_class_path"))
    if found.keys() & {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        return Standing.MOVING
    failed = found.get(TaskResultStatus.FAILED, "")
    return Standing.NO_ROOM if failed.endswith(f".{NoRoom.__name__}") else Standing.STOPPED


@task()
def drop_what_expired() -> None:
    """Files that nobody confirmed within seven days."""
    drop_expired(System("imports"), now=timezone.now())
