"""Words of the form that Simpul does not know: what each means, once for all rows and for the next file."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from simpul.interop.going_on import is_short
from simpul.interop.models import ImportBatch
from simpul.interop.queries import strange_words
from simpul.interop.services.checking import check_rows
from simpul.interop.services.teaching import teach_words
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.imports.entry import back, opened, set_going, shown
from simpul.web.imports.forms import WordsForm


@signed_in
def words(request: Request, key: UUID) -> HttpResponse:
    batch, recipe = opened(request, key)
    form = WordsForm(sent(request), recipe=recipe, strange=strange_words(batch))
    if accepted(form, lambda: _taught(request, batch, form)):
        return back(batch)
    context: dict[str, Any] = {"form": form, "batch": batch, "rows": form.questions()}
    return shown(request, "words", recipe, context, status=422 if form.errors else 200)


def _taught(request: Request, batch: ImportBatch, form: WordsForm) -> None:
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    for column, digest, code in form.meanings():
        meanings[column][digest] = code
    teach_words(request.actor, batch, meanings=meanings, now=timezone.now())
    if is_short(batch):
        check_rows(request.actor, batch, now=timezone.now())
    else:
        set_going(request, batch)
