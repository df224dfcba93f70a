"""Words of a form are said once what they mean; the rows are looked at again, and the next file knows them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.memory import remember_words
from simpul.interop.models import ImportBatch, ImportRow, RowState
from simpul.interop.queries import recipe_of
from simpul.interop.recipes import Recipe
from simpul.interop.transitions import authorise, move
from simpul.interop.words import Chosen
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid


def teach_words(
    actor: Actor, batch: ImportBatch, *, meanings: Mapping[str, Mapping[str, str]], now: datetime
) -> ImportBatch:
    """`meanings`: column -> digest of a word -> its code, "" where it says nothing. The import waits to be checked.

    Invalid("unknown_column" | "unknown_choice"); Conflict("moved_on") where it is not in review.
    """
    authorise(actor, batch)
    recipe = recipe_of(batch)
    for column, taught in meanings.items():
        _check(recipe, column, taught)
    with transaction.atomic():
        move(batch, "check")
        remember_words(batch, meanings, now)
        ImportRow.objects.filter(batch=batch).update(state=RowState.STAGED, faults=[], twins=[], decision="", into="")
        audit.record(actor, "interop.teach_words", batch.ref, details={"columns": sorted(meanings)})
    return batch


def _check(recipe: Recipe, name: str, taught: Mapping[str, str]) -> None:
    column = recipe.column(name)
    if column is None or not isinstance(column.read, Chosen):
        raise Invalid("unknown_column", None, message=_("Choose what the column means from the list."))
    known = {"", *(code for code, _label in column.read.choices())}
    if set(taught.values()) - known:
        raise Invalid("unknown_choice", None, message=_("Choose from the list."))
