"""The long steps of an import that a program asked for, done by the worker with what its token may at that moment."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django_tasks import task

from simpul.access.queries.tokens import bearer_of
from simpul.accounts.models import ApiToken
from simpul.api.callers import Call, require_token
from simpul.interop.going_on import is_short, move_on
from simpul.interop.models import ImportBatch


def go_on(call: Call, batch: ImportBatch) -> None:
    """What is short is done at once, the rest by the worker once what was asked is saved."""
    batch.refresh_from_db()
    if is_short(batch):
        move_on(call.actor, batch, clock=timezone.now)
        batch.refresh_from_db()
        return
    asked = (str(batch.pk), str(require_token(call).token.pk), get_language() or "id")
    transaction.on_commit(lambda: move_import_on_by_token.enqueue(*asked))


@task()
def move_import_on_by_token(batch_id: str, token_id: str, language: str) -> None:
    """A token that was ended or has run out moves nothing on: its person does, on the page."""
    now = timezone.now()
    batch = ImportBatch.objects.filter(pk=UUID(batch_id)).first()
    token = ApiToken.objects.filter(pk=UUID(token_id), revoked_at=None, expires_at__gt=now).first()
    if batch is None or token is None:
        return
    with translation.override(language):
        move_on(bearer_of(token, now=now).actor, batch, clock=timezone.now)
