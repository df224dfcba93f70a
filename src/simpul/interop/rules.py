"""Who sees an import, and what may be done with it when."""

from typing import Final

from django.db.models import Q

from simpul.interop.models import ImportBatch, State
from simpul.interop.recipes import Recipe, recipes
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.lifecycle import Lifecycle, Transition

KIND: Final = "interop.importbatch"
IMPORT: Final = "import"
# Names: state, act, state. Who may is asked of the recipe's own permission, at the organisation of the import.
LIFECYCLE: Final[Lifecycle[State]] = Lifecycle(
    State.RECEIVING,
    [
        Transition(State.RECEIVING, "receive", State.MAPPING, IMPORT),
        Transition(State.MAPPING, "check", State.CHECKING, IMPORT),
        Transition(State.CHECKING, "check", State.CHECKING, IMPORT),
        Transition(State.REVIEW, "check", State.CHECKING, IMPORT),
        Transition(State.CHECKING, "checked", State.REVIEW, IMPORT),
        Transition(State.CHECKING, "map", State.MAPPING, IMPORT),
        Transition(State.REVIEW, "map", State.MAPPING, IMPORT),
        Transition(State.MAPPING, "map", State.MAPPING, IMPORT),
        Transition(State.REVIEW, "confirm", State.APPLYING, IMPORT),
        Transition(State.APPLYING, "applied", State.DONE, IMPORT),
        Transition(State.DONE, "undo", State.UNDOING, IMPORT),
        Transition(State.UNDOING, "undone", State.UNDONE, IMPORT),
    ],
)


def visible_to(actor: Actor) -> Q:
    """The actor's own imports, and those of organisations where they hold the permission of that kind by a grant on it.

    A permission that reaches further (a network's members, the node) opens nobody else's rows. What is private is seen
    by whoever brought it in, while they hold the permission there.
    """
    seen = Q(pk__in=())
    for recipe in recipes().values():
        of_kind = Q(recipe=recipe.key)
        if isinstance(actor, System):
            seen |= of_kind
            continue
        scope = actor.scope(recipe.permission)
        if scope and recipe.private:
            seen |= of_kind & Q(imported_by=actor.user_id, organisation_id__in=scope.organisations())
        elif scope:
            seen |= of_kind & (Q(imported_by=actor.user_id) | Q(organisation_id__in=scope.organisations()))
    return seen


def require_import(actor: Actor, recipe: Recipe, organisation_id: object) -> None:
    """Denied where the actor may not import such things for that organisation; None: for nobody but themselves."""
    scope = actor.scope(recipe.permission)
    at_home = organisation_id in scope.organisations() or isinstance(actor, System)
    if not (at_home if organisation_id else bool(scope)):
        raise Denied(recipe.permission)


def require_sight(actor: Actor, batch: ImportBatch) -> None:
    if not ImportBatch.objects.filter(visible_to(actor), pk=batch.pk).exists():
        raise NotFound(KIND, batch.pk)
