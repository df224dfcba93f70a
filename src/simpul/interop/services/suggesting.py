"""The form by which rows were written down says what its columns mean, and its answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.interop.memory import remember_words, write_names
from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import heads_of, reading_of, recipe_of
from simpul.interop.recipes import FormWords
from simpul.interop.tables import Book
from simpul.interop.transitions import authorise, moved
from simpul.interop.words import NOTHING, Chosen, word_digest
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid


def suggest_by_form(actor: Actor, batch: ImportBatch, form: Book, *, now: datetime) -> int:
    """Guess the columns anew by the questions of the form; how many it has a question for. Its answers are known from
    then on, as if each had been taught. What somebody named or taught before stays as it was; the form isn't kept.

    Invalid("no_form" | "other_form", "file"); Conflict("moved_on") once the columns were named.
    """
    authorise(actor, batch)
    recipe = recipe_of(batch)
    words = recipe.words_of_form(form)
    if words is None:
        message = _("This is no form. Choose the XLSForm itself, the Excel file with the sheets survey and choices.")
        raise Invalid("no_form", "file", message=message)
    heads = heads_of(batch)
    asked = [words.questions.get(head.strip().casefold(), "") for head in heads]
    if not any(asked):
        message = _("None of the columns of your file comes from this form. Choose the form it was written down with.")
        raise Invalid("other_form", "file", message=message)
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != State.MAPPING:
            raise moved()
        write_names(batch, heads, recipe.name_by_form(heads, asked))
        taught = _answers(batch, heads, words)
        remember_words(batch, taught, now)
        told = {"columns": sum(map(bool, asked)), "words": sum(map(len, taught.values()))}
        audit.record(actor, "interop.suggest_by_form", batch.ref, details=told)
    return sum(map(bool, asked))


def _answers(batch: ImportBatch, heads: Sequence[str], words: FormWords) -> Mapping[str, Mapping[str, str]]:
    """Column -> digest of the name of an answer -> its code, of those that its words tell and nobody taught yet."""
    recipe, known = recipe_of(batch), reading_of(batch).taught
    found: dict[str, dict[str, str]] = {}
    for place, name in batch.places.items():
        column = recipe.column(name)
        answers = words.answers.get(heads[place].strip().casefold(), {})
        if column is None or not isinstance(column.read, Chosen):
            continue
        for answer, label in answers.items():
            digest = word_digest(name, answer)
            code = column.read.code_of(label, NOTHING)
            if code is not None and digest not in known.get(name, NOTHING):
                found.setdefault(name, {})[digest] = code
    return found
