"""Long files are made by the worker, as whoever asked for them: a right that has ended stops it."""

from uuid import UUID

from django.utils import timezone, translation
from django_tasks import task

from simpul.access.queries import actor_for
from simpul.cases.queries.exports import export_for
from simpul.cases.services.exports import prepare_export


@task()
def make_export(export_id: str, user_id: str, language: str) -> None:
    """Ids alone travel in the queue. Started twice or again after a kill, the file is made once."""
    now = timezone.now()
    # The page that asked for this showed a second factor.
    actor = actor_for(UUID(user_id), now=now, second_factor=True)
    with translation.override(language):
        prepare_export(actor, export_for(actor, UUID(export_id), now=now), now=now)
