"""Certificates for many, given out by the worker as whoever asked for them: a right that has ended stops it."""

from typing import Final
from uuid import UUID

from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from simpul.access.queries import actor_for
from simpul.activities.models import Event
from simpul.activities.queries.events import event_for
from simpul.activities.services.certificates import issue_certificates
from simpul.kernel.errors import Conflict
from simpul.records.locks import let_others_write

AT_ONCE: Final = 50  # so few are given out while one waits; of more the worker does as many in a transaction


@task()
def give_out(event_id: str, user_id: str, language: str) -> None:
    """To everybody who earned one. Ids alone travel in the queue. Started twice or again after a kill, it goes on where
    it stopped, and nobody has two.
    """
    # The page that asked for this showed a second factor where a role needs one.
    actor = actor_for(UUID(user_id), now=timezone.now(), second_factor=True)
    event = event_for(actor, UUID(event_id))
    with translation.override(language):
        try:
            while issue_certificates(actor, event, now=timezone.now(), most=AT_ONCE):
                let_others_write()
        except Conflict:
            return  # called off, or taken back to a draft meanwhile: the page says so


def is_going_on(event: Event) -> bool:
    """Whether the worker is at it, or will be."""
    rows = DBTaskResult.objects.filter(task_path=give_out.module_path, args_kwargs__args__0=str(event.pk))
    return rows.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()
