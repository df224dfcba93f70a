"""What every page of an import begins with: whose it is, where it stands, and what goes on in the background."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import recipe_of
from simpul.interop.recipes import Recipe, recipes
from simpul.interop.services.looking import look_at_import
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private
from simpul.web.http import Request
from simpul.web.imports.tasks import move_import_on


def opened(request: Request, key: UUID) -> tuple[ImportBatch, Recipe]:
    """NotFound out of sight, Denied where the right to import has ended. A look at what is private is noted."""
    batch = look_at_import(request.actor, key, now=timezone.now())
    return batch, recipe_of(batch)


def recipe_named(kind: str) -> Recipe:
    if kind not in recipes():
        raise NotFound("interop.recipe")
    return recipes()[kind]


def shown(
    request: Request, template: str, recipe: Recipe, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page in its room: aubergine where the rows are people. Never kept by the browser: it shows others' rows."""
    room = "base/confidential.html" if recipe.confidential else "base/work.html"
    page = render(request, f"imports/{template}.html", {"room": room, "recipe": recipe, **context}, status=status)
    return private(page)


def set_going(request: Request, batch: ImportBatch) -> None:
    """Have the worker do the rest, once what was asked is saved."""
    asked = (str(batch.pk), str(request.actor.user_id), get_language() or "id")
    transaction.on_commit(lambda: move_import_on.enqueue(*asked))


def back(batch: ImportBatch) -> HttpResponse:
    """To the page of the state it is in."""
    name = "imports:columns" if batch.state == State.MAPPING else "imports:batch"
    return redirect(name, batch.pk)
